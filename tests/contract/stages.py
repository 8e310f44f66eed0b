"""Every channel with its audience: people to write to, what they see, and a way to make the platform fail."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from bot.channels.console.channel import ConsoleChannel
from bot.domain.errors import RefusedError, ThrottledError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage
from bot.services.channel import Channel, Pace
from tests.fakes.channel import FakeChannel
from tests.fakes.telegram import UNLIMITED, FakeTelegram, Http5xx, Http429
from tests.fakes.telegram.people import Person
from tests.fakes.vk import FakeVk
from tests.integration.channels.telegram.opened import opened
from tests.integration.channels.vk.harness import Club

FIRST_PERSON = 10_000_001


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message on somebody's screen."""

    text: str
    labels: tuple[str, ...] = ()


class Stage(Protocol):
    """A channel and who is in front of it."""

    @property
    def channel(self) -> Channel: ...

    @property
    def picture(self) -> str:
        """Address of a picture that the platform can get."""
        ...

    def meet(self, number: int = 0) -> Address:
        """Find somebody who can be written to; the same number is the same person."""
        ...

    def screen(self, to: Address) -> Sequence[Bubble]:
        """What they see of us, oldest first."""
        ...


class Platform(Stage, Protocol):
    """A stage on which things go wrong."""

    def block(self, to: Address) -> None:
        """Let somebody not want us any more."""
        ...

    def throttle(self) -> None:
        """Have the next message come too fast."""
        ...

    def refuse(self) -> None:
        """Have the platform refuse the next message for ever."""
        ...

    async def go_down(self) -> None:
        """Let nobody answer at the platform's address."""
        ...


@dataclass(slots=True)
class FakeStage:
    """The fake, with a batch and a bound for texts."""

    channel: FakeChannel = field(
        default_factory=lambda: FakeChannel(
            name="fake", pace=Pace(per_second=10_000, batch=10), knows_repeats=True, longest_text=1000
        )
    )
    picture: str = "https://store.example/a.jpg"

    def meet(self, number: int = 0) -> Address:
        return Address(self.channel.name, f"c{number}", f"u{number}")

    def screen(self, to: Address) -> Sequence[Bubble]:
        return [bubble(message) for message in self.channel.screen.values() if message.to == to]

    def block(self, to: Address) -> None:
        self.channel.blocked.add(to.chat_id)

    def throttle(self) -> None:
        self.channel.errors.append(ThrottledError(1))

    def refuse(self) -> None:
        self.channel.errors.append(RefusedError("strange"))

    async def go_down(self) -> None:
        self.channel.is_down = True


@dataclass(slots=True)
class ConsoleStage:
    """The console: there is nobody who could block us, and nothing that could break."""

    channel: ConsoleChannel = field(default_factory=ConsoleChannel)
    picture: str = "https://store.example/a.jpg"
    written: list[OutgoingMessage] = field(default_factory=list)

    def meet(self, number: int = 0) -> Address:
        return Address(self.channel.name, f"c{number}", f"u{number}")

    def screen(self, to: Address) -> Sequence[Bubble]:
        self.written += self.channel.take()
        return [bubble(message) for message in self.written if message.to == to]


@dataclass(slots=True)
class TelegramStage:
    """The channel of Telegram over HTTP."""

    fake: FakeTelegram
    channel: Channel
    picture: str = "https://store.example/a.jpg"
    people: dict[int, Person] = field(default_factory=dict)

    def meet(self, number: int = 0) -> Address:
        id_ = FIRST_PERSON + number
        if id_ not in self.people:
            self.people[id_] = self.fake.person(id_, has_started=True)
        return Address(self.channel.name, str(id_), str(id_))

    def screen(self, to: Address) -> Sequence[Bubble]:
        shown = self.people[int(to.chat_id)].messages
        return [Bubble(message.text, tuple(message.labels)) for message in shown if message.is_from_bot]

    def block(self, to: Address) -> None:
        self.people[int(to.chat_id)].block()

    def throttle(self) -> None:
        self.fake.faults.add(kind=Http429(retry_after=1), method="sendMessage")

    def refuse(self) -> None:
        self.fake.faults.add(kind=Http5xx(status=400, description="Bad Request: STRANGE"), method="sendMessage")

    async def go_down(self) -> None:
        await self.fake.stop()


@dataclass(slots=True)
class VkStage:
    """The channel of VK over HTTP."""

    fake: FakeVk
    channel: Channel

    @property
    def picture(self) -> str:
        return f"{self.fake.base_url}file/a.jpg"

    def meet(self, number: int = 0) -> Address:
        person = self.fake.person(FIRST_PERSON + number)
        person.profile.is_allowed = True
        return Address(self.channel.name, str(person.id), str(person.id))

    def screen(self, to: Address) -> Sequence[Bubble]:
        return [Bubble(message.text, tuple(message.labels)) for message in self.fake.messages(int(to.chat_id))]

    def block(self, to: Address) -> None:
        self.fake.person(int(to.chat_id)).deny()

    def throttle(self) -> None:
        self.fake.faults.add("messages.send", 9)

    def refuse(self) -> None:
        self.fake.faults.add("messages.send", 914)

    async def go_down(self) -> None:
        await self.fake.stop()


def bubble(message: OutgoingMessage) -> Bubble:
    """Show a message as it is."""
    return Bubble(message.text, tuple(button.label for row in message.buttons for button in row))


@asynccontextmanager
async def open_telegram() -> AsyncIterator[TelegramStage]:
    """Open the stage; in the end no request was one that a correct client never sends."""
    async with FakeTelegram(limits=UNLIMITED) as fake, opened(fake) as channel:
        yield TelegramStage(fake, channel)
        assert fake.violations == []


@asynccontextmanager
async def open_vk() -> AsyncIterator[VkStage]:
    """Open the stage; in the end no request was outside of VK's contract."""
    async with FakeVk() as fake:
        fake.requests_per_second = None
        async with Club(fake).open() as channel:
            yield VkStage(fake, channel)
        assert fake.violations == []


CHANNELS = tuple(map(ChannelName, ("fake", "console", "telegram", "vk")))
PLATFORMS = tuple(name for name in CHANNELS if name != "console")
