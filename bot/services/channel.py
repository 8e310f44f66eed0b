"""Channel: what a platform adapter is to the core, and what it may ask of the core."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.domain.errors import ChannelError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Event
from bot.domain.replies import OutgoingMessage, QueuedMessage

Accept: TypeAlias = Callable[[Sequence[Event]], Awaitable[Sequence[bool]]]
"""Stores events durably, in order, before their platform is told that we have them; False where one was stored before.
Raises StorageError: nothing was stored, so nothing may be confirmed."""

SendResult: TypeAlias = str | ChannelError
"""The platform's reference of a message that arrived, or why it did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a platform takes messages.

    `per_second` counts requests; one request carries up to `batch` messages, of different chats. `chat_seconds` is the
    least time between two messages of one chat; `group_per_minute` the most messages of one group, None for no bound.
    While few chats wait, only `most_in_doubt` messages are on their way at a time, None for no bound: so many may come
    twice after a crash, where the platform does not know repeats.
    """

    per_second: float
    batch: int = 1
    chat_seconds: float = 0.0
    group_per_minute: int | None = None
    most_in_doubt: int | None = None


class Channel(Protocol):
    """A platform: takes messages out. Texts and buttons are in the reader's language already."""

    @property
    def name(self) -> ChannelName: ...

    @property
    def pace(self) -> Pace | None:
        """How fast to send; None for as fast as it goes, one message at a time."""
        ...

    @property
    def knows_repeats(self) -> bool:
        """Whether a message sent twice under one id is shown once, so that it may be sent again without fear."""
        ...

    def fit(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        """Divide `message` into what the platform takes in one call each, in order; at least one. Pure.

        The first part says what is answered, the others are notices, so that the log counts an answer once.
        """
        ...

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        """Deliver at most `pace.batch` messages of different chats; one result each, in order. Never raises on purpose.

        Results may be an UnreachableError (the person is gone), a ThrottledError (wait), a FloodError (wait with all),
        a RefusedError (this message never), an UnknownOutcomeError (it may have arrived), another ChannelError (try
        again).
        """
        ...

    async def is_up(self) -> bool:
        """Whether the platform answers: asked while it counts as down, before one more message is risked.

        True where a message may be sent twice without fear. Never raises on purpose.
        """
        ...

    async def show_typing(self, to: Address) -> None:
        """Let the person see that an answer is coming. Best effort: never raises on purpose."""
        ...


class Intake(Protocol):
    """The other half of a platform: takes updates in."""

    @property
    def name(self) -> ChannelName: ...

    async def receive(self, accept: Accept) -> None:
        """Take updates in until cancelled. Survives the platform's and the network's faults by itself.

        Raises:
            ConfigurationError: it can never work: the token is wrong, the community does not exist.
        """
        ...


class Trouble:
    """What keeps a platform's updates from coming in, for whoever watches: `text` is empty while they come."""

    def __init__(self) -> None:
        self.text = "not started"

    def begin(self, text: str) -> None:
        """Note what went wrong."""
        self.text = text

    def end(self) -> None:
        """Note that updates come in."""
        self.text = ""


class Bookmarks(Protocol):
    """Small notes that survive a restart: where a long poll was, the salt of ids."""

    async def read(self, key: str) -> str | None:
        """Return what was noted under `key`; None when nothing was."""
        ...

    async def write(self, key: str, value: str) -> None:
        """Note `value` under `key`, durably."""
        ...


class Meter(Protocol):
    """Counts what happens, for whoever watches. Never raises, never blocks."""

    def heard(self, channel: str, kind: str) -> None:
        """Count an event that was stored."""
        ...

    def ignored(self, channel: str, kind: str) -> None:
        """Count an update that is no event: of a kind unknown to us, or broken (kind ``broken``)."""
        ...

    def handled(self, channel: str, *, kind: str, skill: str, outcome: str, took_ms: int) -> None:
        """Count a turn; `kind` is that of its first reply, empty where nothing was said."""
        ...

    def sent(self, channel: str, *, outcome: str, took_ms: float) -> None:
        """Count a try to send: ``sent``, ``throttled``, ``unreachable``, ``refused``, ``unknown``, ``failed``."""
        ...


class NoMeter:
    """Counts nothing."""

    def heard(self, channel: str, kind: str) -> None:
        """Do nothing."""

    def ignored(self, channel: str, kind: str) -> None:
        """Do nothing."""

    def handled(self, channel: str, *, kind: str, skill: str, outcome: str, took_ms: int) -> None:
        """Do nothing."""

    def sent(self, channel: str, *, outcome: str, took_ms: float) -> None:
        """Do nothing."""
