"""LiveBot: all of `klubok run` in the test's own loop, and its log to read along."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Select, func, select

from bot.knowing import Knowledge
from bot.live import open_live
from bot.runtime.lifecycle import Lifecycle
from bot.settings import Settings, TelegramSettings, VkSettings, WebSettings
from bot.storage.database import Database
from bot.storage.tables import transcript

MERGE_SECONDS = 0.4
PATIENCE_SECONDS = 20.0
_LOOK_SECONDS = 0.02


class LiveBot:
    """Starts, ends, starts again over the same database."""

    def __init__(self, settings: Settings, knowledge: Knowledge, log: Database) -> None:
        """Connect it; `log` is another connection to the bot's own database."""
        self._settings = settings
        self._knowledge = knowledge
        self._log = log
        self._running: asyncio.Future[None] | None = None
        self._lifecycle: Lifecycle | None = None
        self._heard = 0
        self._last_row = 0

    async def begin(self) -> None:
        """Start, and return when the web server listens."""
        is_open = asyncio.Event()
        self._running = asyncio.ensure_future(self._run(is_open))
        opening = asyncio.ensure_future(is_open.wait())
        await asyncio.wait([self._running, opening], return_when=asyncio.FIRST_COMPLETED)
        opening.cancel()
        if self._running.done():
            self._running.result()

    async def end(self) -> None:
        """End as SIGTERM does."""
        assert self._lifecycle is not None
        assert self._running is not None
        self._lifecycle.stop()
        await self._running

    async def _run(self, is_open: asyncio.Event) -> None:
        async with open_live(self._settings, self._knowledge) as lifecycle:
            self._lifecycle = lifecycle
            is_open.set()
            await lifecycle.run()

    async def answer(self, events: int) -> Sequence[str]:
        """Wait until so many more events are answered and all is sent; return the kinds of what was said, in order."""
        self._heard += events
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self._is_done():  # noqa: ASYNC110 - it happens in the database
                await asyncio.sleep(_LOOK_SECONDS)
        rows = await self._read(
            select(transcript.c.id, transcript.c.kind, transcript.c.status)
            .where(transcript.c.direction == "out", transcript.c.id > self._last_row)
            .order_by(transcript.c.id)
        )
        self._last_row = max([self._last_row, *(row.id for row in rows)])
        assert {row.status for row in rows} <= {"sent"}, rows
        return [row.kind for row in rows]

    async def _is_done(self) -> bool:
        counts = select(transcript.c.status, func.count().label("rows")).group_by(transcript.c.status)
        by_status = {row.status: row.rows for row in await self._read(counts)}
        assert by_status.get("handled", 0) <= self._heard, "more was heard than was done"
        return by_status.get("handled", 0) == self._heard and not {"waiting", "queued"} & by_status.keys()

    async def _read(self, statement: Select[Any]) -> Sequence[Any]:
        async with self._log.engine.connect() as connection:
            rows: Sequence[Any] = (await connection.execute(statement)).all()
        return rows


def live_settings(
    folder: Path,
    pack: Path,
    *,
    telegram: TelegramSettings | None = None,
    vk: VkSettings | None = None,
    port: int = 0,
) -> Settings:
    """The settings of a bot on one platform, whatever the environment says."""
    return Settings(
        pack=pack,
        database_url=SecretStr(f"sqlite+aiosqlite:///{folder / 'klubok.db'}"),
        telegram=telegram or TelegramSettings(),
        vk=vk or VkSettings(),
        web=WebSettings(port=port),
        merge_seconds=MERGE_SECONDS,
        drain_seconds=5.0,
    )
