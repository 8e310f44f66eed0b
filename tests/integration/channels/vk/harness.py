"""A channel of VK over real HTTP, with everything it needs of the core in memory."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.channels.vk.channel import VkChannel, open_vk
from bot.channels.vk.options import VK, VkOptions
from bot.domain.actions import Action
from bot.domain.errors import StorageError
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, Event
from bot.domain.replies import OutgoingButton, OutgoingMessage, QueuedMessage
from bot.runtime.clock import SystemClock
from bot.services.channel import NoMeter, SendResult
from tests.fakes.vk import FakeVk


@dataclass
class FakeBookmarks:
    """Notes in memory; `is_away` makes the storage refuse."""

    notes: dict[str, str] = field(default_factory=dict)
    is_away: bool = False

    async def read(self, key: str) -> str | None:
        if self.is_away:
            raise StorageError("away")
        return self.notes.get(key)

    async def write(self, key: str, value: str) -> None:
        if self.is_away:
            raise StorageError("away")
        self.notes[key] = value


@dataclass
class FakeInbox:
    """Keeps each id once, as the inbox does; fails as often as told."""

    events: list[Event] = field(default_factory=list)
    failures: list[StorageError] = field(default_factory=list)

    async def accept(self, events: Sequence[Event]) -> Sequence[bool]:
        if self.failures:
            raise self.failures.pop(0)
        news = []
        for event in events:
            is_new = event.id not in {known.id for known in self.events}
            news.append(is_new)
            self.events += [event] if is_new else []
        return news

    @property
    def texts(self) -> list[str]:
        return [str(getattr(event, "text", "")) for event in self.events]


class CountingMeter(NoMeter):
    """Counts what was ignored."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def ignored(self, channel: str, kind: str) -> None:
        self.kinds.append(kind)


@dataclass
class Club:
    """A fake community and the core's side of it; `ours` are the messages that were queued."""

    fake: FakeVk
    bookmarks: FakeBookmarks = field(default_factory=FakeBookmarks)
    inbox: FakeInbox = field(default_factory=FakeInbox)
    meter: CountingMeter = field(default_factory=CountingMeter)
    ours: dict[TranscriptId, Address] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 100_000)))

    def options(self, **changes: object) -> VkOptions:
        options = VkOptions(
            token=self.fake.token,
            group_id=self.fake.group_id,
            api_url=self.fake.base_url,
            requests_per_second=200,
            connect_timeout=1,
            read_timeout=0.5,
            poll_wait=2,
            longest_pause=0.3,
            slow_seconds=0.3,
            flood_seconds=7,
            private_pictures=True,
        )
        return replace(options, **changes)  # type: ignore[arg-type]

    @asynccontextmanager
    async def open(self, **changes: object) -> AsyncIterator[VkChannel]:
        """Open the channel, taking nothing in."""

        async def is_ours(message: TranscriptId, to: Address) -> bool:
            return self.ours.get(message) == to

        async with open_vk(
            self.options(**changes),
            meter=self.meter,
            bookmarks=self.bookmarks,
            is_ours=is_ours,
            clock=SystemClock(),
        ) as channel:
            yield channel

    @asynccontextmanager
    async def listen(self, **changes: object) -> AsyncIterator[VkChannel]:
        """Open the channel and take updates in."""
        async with self.open(**changes) as channel, asyncio.TaskGroup() as group:
            receiving = group.create_task(channel.receive(self.inbox.accept))
            if not changes.get("callback_url"):
                await self.fake.until(lambda: self.fake.calls_of("longpoll") or receiving.done())
            yield channel
            receiving.cancel()

    def queue(self, text: str, to: int | Address = 7, **changes: object) -> QueuedMessage:
        """Queue a message as the outbox does."""
        number = TranscriptId(next(self.numbers))
        address = Address(VK, str(to), str(to)) if isinstance(to, int) else to
        self.ours[number] = address
        message = OutgoingMessage(to=address, answers=TranscriptId(number), number=0, text=text)
        return QueuedMessage(id=number, message=replace(message, **changes))  # type: ignore[arg-type]


async def send_one(channel: VkChannel, item: QueuedMessage) -> SendResult:
    [result] = await channel.send([item])
    return result


def button(label: str, name: str = "help.show") -> OutgoingButton:
    return OutgoingButton(label, Action(name))
