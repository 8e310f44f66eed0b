"""The channel against the fake: opened, receiving, with a store that can fail."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.telegram.channel import TelegramChannel, open_telegram
from bot.channels.telegram.options import Pauses, TelegramOptions
from bot.domain.errors import StorageError
from bot.domain.messages import Event
from bot.runtime.clock import SystemClock
from bot.services.channel import NoMeter
from tests.fakes.telegram import FakeTelegram

QUICK = Pauses(first=0.01, longest=0.05, conflict=0.05)


class CountingMeter(NoMeter):
    """Counts what was ignored, by kind."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()

    def ignored(self, channel: str, kind: str) -> None:
        """Count it."""
        assert channel == "telegram"
        self.kinds[kind] += 1


class Store:
    """Takes each event once; fails once for each of `errors`, and for ever on ids in `poison`."""

    def __init__(self, *errors: StorageError) -> None:
        self.errors = list(errors)
        self.poison: dict[str, StorageError] = {}
        self.events: list[Event] = []
        self.repeats: list[Event] = []
        self.may_store = asyncio.Event()
        self.may_store.set()
        self._changed = asyncio.Condition()

    async def accept(self, events: Sequence[Event]) -> Sequence[bool]:
        """Store them, all or none."""
        await self.may_store.wait()
        if self.errors:
            raise self.errors.pop(0)
        for event in events:
            if event.id in self.poison:
                raise self.poison[event.id]
        return [await self._store(event) for event in events]

    async def _store(self, event: Event) -> bool:
        is_new = event.id not in {known.id for known in self.events}
        (self.events if is_new else self.repeats).append(event)
        async with self._changed:
            self._changed.notify_all()
        return is_new

    async def wait(self, count: int, *, seconds: float = 5.0) -> list[Event]:
        """Return the events when there are so many."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.events) >= count)
        return self.events

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [getattr(event, "text", type(event).__name__) for event in self.events]


@asynccontextmanager
async def opened(fake: FakeTelegram, *, meter: NoMeter | None = None, **options: Any) -> AsyncIterator[TelegramChannel]:
    """Open the channel with short pauses."""
    usual: dict[str, Any] = {
        "token": fake.token,
        "api_url": fake.base_url,
        "poll_seconds": 1,
        "timeout_seconds": 2.0,
        "pauses": QUICK,
    }
    async with open_telegram(
        TelegramOptions(**{**usual, **options}), meter=meter or NoMeter(), clock=SystemClock()
    ) as channel:
        yield channel


@asynccontextmanager
async def receiving(channel: TelegramChannel, store: Store) -> AsyncIterator["asyncio.Future[None]"]:
    """Receive in the background, until the end."""
    task = asyncio.ensure_future(channel.receive(store.accept))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])
