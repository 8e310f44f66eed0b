"""`klubok chat` and `klubok demo`: the whole core, with the console as its channel."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr
from rich.console import Console

from bot.app import App, make_app
from bot.channels.console.channel import ConsoleChannel
from bot.cli.json_lines import JsonLines, utf8_output
from bot.cli.lines import LineReader
from bot.cli.progress import progress_bars
from bot.cli.staff import keep_staff, read_console_staff
from bot.cli.terminal import Terminal
from bot.domain.errors import ConfigurationError
from bot.domain.staff import StaffMember
from bot.knowing import Knowledge, open_knowledge
from bot.log import configure_logging
from bot.runtime.clock import MovableClock
from bot.settings import DEMO_PACK, Settings, load_settings

IN_MEMORY = "sqlite+aiosqlite:///:memory:"
_DEMO_NOTICE = "Demonstration data with invented prices, not connected with the brand."


class Front(Protocol):
    """Who talks to the core: a person at a terminal, or a script."""

    channel: ConsoleChannel

    async def run(self, app: App, knowledge: Knowledge) -> None: ...


def talk(
    *, pack: Path | None, is_json: bool, database_url: str | None, now: str | None, staff: Sequence[str] = ()
) -> None:
    """Talk until the input ends.

    Raises:
        ConfigurationError, StorageError: it cannot start.
    """
    settings = choose_settings(pack, database_url)
    clock, members = MovableClock(_read_time(now)), read_console_staff(staff)
    if not is_json:
        serve(settings, clock, Terminal(clock=clock, console=Console(highlight=False)), staff=members)
        return
    lines = JsonLines(clock=clock, lines=LineReader(sys.stdin.fileno()), out=utf8_output())
    serve(settings, clock, lines, staff=members)


def talk_demo() -> None:
    """Talk to the demonstration brand."""
    console = Console(highlight=False)
    console.print(_DEMO_NOTICE, style="dim")
    clock = MovableClock()
    serve(choose_settings(DEMO_PACK, None), clock, Terminal(clock=clock, console=console))


def serve(settings: Settings, clock: MovableClock, front: Front, *, staff: Sequence[StaffMember] = ()) -> None:
    """Open everything and let `front` have it; `staff` work for the brand."""
    configure_logging(settings.log_level if "log_level" in settings.model_fields_set else "WARNING")
    with progress_bars() as progress:
        knowledge = open_knowledge(settings, progress=progress)
    asyncio.run(_run(settings, clock, front, knowledge, staff=staff))


async def _run(
    settings: Settings, clock: MovableClock, front: Front, knowledge: Knowledge, *, staff: Sequence[StaffMember]
) -> None:
    async with make_app(settings, knowledge=knowledge, channels=[front.channel], clock=clock) as app:
        async with app.uow() as uow:
            await keep_staff(uow, staff)
            await uow.commit()
        await front.run(app, knowledge)


def choose_settings(pack: Path | None, database_url: str | None) -> Settings:
    """The environment's settings, with what the command line says instead. A chat keeps nothing unless told to."""
    settings = load_settings()
    return settings.model_copy(
        update={"pack": pack or settings.pack, "database_url": SecretStr(database_url or IN_MEMORY)}
    )


def _read_time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"--now takes a time such as 2026-11-23T12:00:00+03:00, not {text!r}") from error
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
