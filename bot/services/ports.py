"""Everything the core needs from outside, as protocols."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.answer import Answer, Hit, Question, Source
from bot.domain.brand import Brand
from bot.domain.catalogue import Offer, Param
from bot.domain.conversation import Conversation
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.logged import LoggedQuestion
from bot.domain.messages import Address, Event, StoredEvent
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.domain.wishes import Shown
from bot.services.books import BookmarkBook, FeedbackBook, IgnoredBook, JobBook, People, RatingBook, Timers
from bot.services.club.membership import MembershipBooks
from bot.services.club.ports import ClubBooks
from bot.services.desk.books import DeskBooks
from bot.services.purchases.books import PurchaseBooks
from bot.services.said import SaidMessages
from bot.services.staff import StaffBook


class Clock(Protocol):
    """The time, so that tests and the console can move it."""

    def now(self) -> datetime:
        """Current time, aware, UTC."""
        ...

    def ticks(self) -> float:
        """Seconds of a steady clock, for durations only."""
        ...


class Answers(Protocol):
    """The brand's knowledge, as loaded now; a changed pack takes effect between two calls."""

    @property
    def brand(self) -> Brand:
        """Whose bot we are."""
        ...

    async def answer(self, question: Question) -> Answer:
        """Find the best answer, or say that there is none. Never raises on what people type."""
        ...

    def is_about_own(self, text: str) -> bool:
        """Whether a question speaks of what the asker has: then `Question.owned` helps. Quick."""
        ...

    def more(self, shown: Shown) -> Answer | None:
        """Show more goods like those shown; None where nothing of it is left in the catalogue."""
        ...

    def find(self, source: Source) -> Hit | None:
        """Return the place of the pack that `source` names; None when the pack no longer has it."""
        ...

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """Return the three params, or fewer, that tell `offer` best from its neighbours on the shelf."""
        ...

    def examples(self, language: str) -> Sequence[str]:
        """Return what may be asked, in people's words: a few short lines that we can answer; perhaps none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledTurn:
    """What the log keeps of a finished turn, with what is to be said. `took_ms` is the time of thinking.

    `merged` are earlier events of the same sender that were answered together with `event`, the last of them.
    What was typed in a turn that `is_private` is not kept.
    """

    event: StoredEvent
    skill: str
    outcome: str
    took_ms: int
    handled_at: datetime
    messages: tuple[OutgoingMessage, ...] = ()
    merged: tuple[TranscriptId, ...] = ()
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits: events for their turn, messages to be sent, and since when the oldest of each."""

    waiting: int = 0
    oldest_waiting_at: datetime | None = None
    queued: int = 0
    oldest_queued_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message that did not arrive, or of which nobody knows: no text, and nobody's name.

    `status` is ``failed`` for one that was given up, ``unknown`` for one that may have arrived; for one that may have
    and was to be sent once more it is ``queued``, ``sent``, or ``unreachable`` where its person did not let it through.
    `error` is the platform's own, empty after it was sent.
    """

    channel: ChannelName
    status: str
    said_at: datetime
    error: str = ""


class Transcript(SaidMessages, Protocol):
    """The log of everything heard and said, which is also the inbox and the outbox."""

    async def accept(
        self, events: Sequence[Event], *, ready_at: Sequence[datetime | None] | None = None
    ) -> Sequence[bool]:
        """Store `events` as waiting, in order; False where the channel's id was stored before.

        `ready_at` is for each event until when it waits for more of the same; None to be answered at once.
        """
        ...

    async def find(self, channel: ChannelName, event_id: str) -> TranscriptId | None:
        """Return the row of the event that `channel` knows as `event_id`; None when it was never stored."""
        ...

    async def event_id(self, event: TranscriptId) -> str | None:
        """Return the id by which its channel knows an event; None when the row is no event."""
        ...

    async def waiting(
        self, limit: int, *, now: datetime | None = None, patience: timedelta = timedelta()
    ) -> Sequence[StoredEvent]:
        """Return the oldest waiting event of each conversation, oldest first, at most `limit`.

        With `now`, a conversation with a text that waits for more is left out until the last such text is ready, but
        not longer than `patience` after the oldest one was.
        """
        ...

    async def following(self, events: Sequence[StoredEvent]) -> Mapping[TranscriptId, Sequence[StoredEvent]]:
        """Return for each of `events` the texts waiting right behind it that were stored to wait for more, in order."""
        ...

    async def record(self, turns: Sequence[HandledTurn]) -> Sequence[QueuedMessage]:
        """Mark the events of `turns` as handled and queue their messages, in bulk; return these in order."""
        ...

    async def unsent(
        self,
        channels: Sequence[ChannelName],
        *,
        now: datetime,
        limit: int,
        answers: TranscriptId | None = None,
        after: int = 0,
    ) -> Sequence[QueuedMessage]:
        """Return queued messages in the order of each chat, oldest first, those to be tried at `now`.

        A message that waits for its next try holds back the later ones of its chat. With `answers` only those that
        answer this event are returned, whatever else is queued before them; with `after` only rows behind that one.
        """
        ...

    async def begin(self, messages: Sequence[TranscriptId], *, at: datetime) -> None:
        """Note that messages are on their way, before they are sent: if we die now, they may have arrived."""
        ...

    async def doubt_begun(self, channels: Sequence[ChannelName]) -> int:
        """Note of all messages that were on their way when we died that they may have arrived; return how many."""
        ...

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note that messages were taken by the platform, with the platform's reference of each."""
        ...

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool = True
    ) -> None:
        """Note a failed try; None for `retry_at` gives the message up.

        One that is no attempt (the platform asked us to wait) does not add to the attempts.
        """
        ...

    async def mark_unknown(self, message: TranscriptId, *, error: str, retry_at: datetime | None) -> None:
        """Note that a message may have arrived; None for `retry_at` leaves it at that, in the state ``unknown``."""
        ...

    async def mark_unreachable(self, message: TranscriptId, *, error: str) -> None:
        """Note that a message was refused because of its person: given up, in the state ``unreachable``."""
        ...

    async def give_up(self, to: Address, *, error: str) -> int:
        """Give up everything queued to `to`, in the state ``unreachable``; return how many messages."""
        ...

    async def questions(self, *, after: int, limit: int) -> Sequence[LoggedQuestion]:
        """Return what was looked up for people in rows behind `after`, in order, at most `limit`.

        Who said “none of these” is among them. For reports, not for a hot path.
        """
        ...

    async def backlog(self) -> Backlog:
        """Tell what waits. Cheap."""
        ...

    async def count_by_status(self, *, since: datetime | None = None) -> Mapping[str, int]:
        """Count rows by ``in:waiting``, ``out:queued`` and so on."""
        ...

    async def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Return the messages that were given up or may not have arrived, the latest first, at most `limit`.

        Those that people did not want are not among them: nobody has to look.
        """
        ...


class Conversations(Protocol):
    """What we remember of each conversation."""

    async def load(self, addresses: Sequence[Address], *, language: str) -> Mapping[Address, Conversation]:
        """Return a conversation for each address, a new one in `language` where there is none yet."""
        ...

    async def save(self, conversations: Sequence[Conversation]) -> None:
        """Store them all, in bulk."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving without `commit` rolls back.

    Any method may raise these; a ConflictError is no StorageError, so catch both. Outside `turn` nothing more can be
    done in this unit of work after one of them: leave it. What a method writes outside `turn` may be refused only by a
    later one, at the latest by `commit`.

    Raises:
        ConflictError: someone else changed the same first; take everything again in a new unit of work.
        RejectedError: a StorageError that comes again with the same values; give up what they belong to.
        StorageError: the database does not take part; everything waits as before, try later.
    """

    @property
    def transcript(self) -> Transcript: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def feedback(self) -> FeedbackBook: ...
    @property
    def ratings(self) -> RatingBook: ...
    @property
    def ignored(self) -> IgnoredBook: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def people(self) -> People: ...
    @property
    def bookmarks(self) -> BookmarkBook: ...
    @property
    def jobs(self) -> JobBook: ...
    @property
    def membership(self) -> MembershipBooks: ...
    @property
    def club(self) -> ClubBooks: ...
    @property
    def purchases(self) -> PurchaseBooks: ...
    @property
    def staff(self) -> StaffBook: ...
    @property
    def desk(self) -> DeskBooks: ...

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Open a turn: what all but `transcript` and `conversations` change inside is undone after an exception."""
        ...

    async def commit(self) -> None:
        """Keep everything."""
        ...


UnitOfWorkFactory = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
