"""FakeUnitOfWork: everything remembered, in dictionaries. Passes the contract suite of the real one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.conversation import Conversation
from bot.domain.errors import RejectedError
from bot.domain.feedback import BEST_RATING, Feedback
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address, Event, StoredEvent
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.domain.timer import Timer
from bot.services.ports import HandledTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundRow:
    """An event heard; `turn` is what came of it."""

    event: Event
    turn: HandledTurn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundRow:
    """A message said; `status` is queued, sent or failed."""

    message: OutgoingMessage
    status: str = "queued"
    attempts: int = 0
    retry_at: datetime | None = None
    reference: str | None = None
    error: str | None = None


@dataclass(slots=True)
class FakeTables:
    """What is remembered. Rows are never changed in place, so that a shallow copy is a snapshot."""

    inbound: dict[TranscriptId, InboundRow] = field(default_factory=dict)
    outbound: dict[TranscriptId, OutboundRow] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    names: dict[Address, str] = field(default_factory=dict)
    conversations: dict[Address, Conversation] = field(default_factory=dict)
    feedback: dict[tuple[Address, str], Feedback] = field(default_factory=dict)
    timers: dict[tuple[Address, str], Timer] = field(default_factory=dict)
    last_id: int = 0

    def copy(self) -> "FakeTables":
        """Take a snapshot."""
        return FakeTables(
            inbound=dict(self.inbound),
            outbound=dict(self.outbound),
            seen=set(self.seen),
            names=dict(self.names),
            conversations=dict(self.conversations),
            feedback=dict(self.feedback),
            timers=dict(self.timers),
            last_id=self.last_id,
        )

    def next_id(self) -> TranscriptId:
        """Number a row."""
        self.last_id += 1
        return TranscriptId(self.last_id)


class FakeTranscript:
    """`Transcript` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def accept(self, events: Sequence[Event]) -> Sequence[bool]:
        """Store what is new."""
        return [self._accept(event) for event in events]

    async def find(self, channel: ChannelName, event_id: str) -> TranscriptId | None:
        """Look through everything."""
        rows = self._tables.inbound.items()
        return next((id_ for id_, row in rows if (row.event.sender.channel, row.event.id) == (channel, event_id)), None)

    async def event_id(self, event: TranscriptId) -> str | None:
        """Look the row up."""
        row = self._tables.inbound.get(event)
        return row.event.id if row else None

    async def waiting(self, limit: int) -> Sequence[StoredEvent]:
        """Find the oldest of each sender."""
        oldest: dict[Address, StoredEvent] = {}
        for id_, row in self._tables.inbound.items():
            if row.turn is None and row.event.sender not in oldest:
                name = self._tables.names.get(row.event.sender)
                oldest[row.event.sender] = StoredEvent(id=id_, event=replace(row.event, name=name))
        return list(oldest.values())[:limit]

    async def record(self, turns: Sequence[HandledTurn]) -> None:
        """Keep the turns and queue their messages."""
        for turn in turns:
            self._tables.inbound[turn.event.id] = InboundRow(event=turn.event.event, turn=turn)
            for message in turn.messages:
                self._check(message)
                self._tables.outbound[self._tables.next_id()] = OutboundRow(message=message)

    async def unsent(
        self, channels: Sequence[ChannelName], *, now: datetime, limit: int, answers: TranscriptId | None = None
    ) -> Sequence[QueuedMessage]:
        """Find queued messages that nothing holds back."""
        held: set[Address] = set()
        found: list[QueuedMessage] = []
        for id_, row in self._tables.outbound.items():
            if row.status != "queued" or row.message.to.channel not in channels:
                continue
            if row.retry_at is not None and row.retry_at > now:
                held.add(row.message.to)
            if row.message.to not in held and answers in {None, row.message.answers}:
                found.append(QueuedMessage(id=id_, message=row.message, attempts=row.attempts))
        return found[:limit]

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note what the platform took."""
        for id_, reference in sent.items():
            self._try(id_, status="sent", reference=reference)

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool = True
    ) -> None:
        """Note a failed try."""
        status = "failed" if retry_at is None else "queued"
        self._try(message, status=status, error=error, retry_at=retry_at, tries=int(is_attempt))

    async def count_by_status(self) -> Mapping[str, int]:
        """Count rows."""
        heard = ("in:waiting" if row.turn is None else "in:handled" for row in self._tables.inbound.values())
        said = (f"out:{row.status}" for row in self._tables.outbound.values())
        return Counter([*heard, *said])

    def _check(self, message: OutgoingMessage) -> None:
        """Refuse what the constraints of a database refuse."""
        confidence = message.answer.confidence
        if message.answers not in self._tables.inbound or not 0 <= (confidence or 0) <= 1:
            raise RejectedError("the database refuses these values")

    def _accept(self, event: Event) -> bool:
        key = (event.sender.channel, event.id)
        if key in self._tables.seen:
            return False
        self._tables.seen.add(key)
        self._tables.inbound[self._tables.next_id()] = InboundRow(event=event)
        if event.name is not None:
            self._tables.names[event.sender] = event.name
        return True

    def _try(
        self,
        id_: TranscriptId,
        *,
        status: str,
        reference: str | None = None,
        error: str | None = None,
        retry_at: datetime | None = None,
        tries: int = 1,
    ) -> None:
        row = self._tables.outbound[id_]
        if row.status == "queued":
            self._tables.outbound[id_] = OutboundRow(
                message=row.message,
                status=status,
                attempts=row.attempts + tries,
                retry_at=retry_at,
                reference=reference,
                error=error,
            )


class FakeConversations:
    """`Conversations` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def load(self, addresses: Sequence[Address], *, language: str) -> Mapping[Address, Conversation]:
        """Copy what is stored: a turn changes conversations in place."""
        stored = self._tables.conversations
        return {
            address: replace(stored[address]) if address in stored else Conversation(address=address, language=language)
            for address in addresses
        }

    async def save(self, conversations: Iterable[Conversation]) -> None:
        """Keep copies."""
        for conversation in conversations:
            self._tables.conversations[conversation.address] = replace(conversation)


class FakeFeedbackBook:
    """`FeedbackBook` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def add(self, feedback: Feedback) -> bool:
        """Keep it once."""
        if not 1 <= feedback.rating <= BEST_RATING:
            raise RejectedError("the database refuses these values")
        return self._tables.feedback.setdefault((feedback.sender, feedback.begun_by), feedback) is feedback

    async def all(self) -> Sequence[Feedback]:
        """Sort by time."""
        return sorted(self._tables.feedback.values(), key=lambda given: given.given_at)


class FakeTimers:
    """`Timers` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def set(self, timer: Timer) -> None:
        """Add or move it."""
        self._tables.timers[timer.address, timer.key] = timer

    async def cancel(self, address: Address, key: str) -> None:
        """Forget it."""
        self._tables.timers.pop((address, key), None)

    async def take_due(self, now: datetime, *, limit: int) -> Sequence[Timer]:
        """Take the earliest."""
        due = sorted((timer for timer in self._tables.timers.values() if timer.due_at <= now), key=_by_time)[:limit]
        for timer in due:
            del self._tables.timers[timer.address, timer.key]
        return due

    async def next_due_at(self) -> datetime | None:
        """Find the earliest."""
        return min((timer.due_at for timer in self._tables.timers.values()), default=None)


def _by_time(timer: Timer) -> datetime:
    return timer.due_at


class FakeUnitOfWork:
    """`UnitOfWork` on a snapshot of the store; commit puts the snapshot in its place."""

    def __init__(self, store: "FakeDatabase") -> None:
        self._store = store
        self.tables = store.tables.copy()
        self.transcript = FakeTranscript(self.tables)
        self.conversations = FakeConversations(self.tables)
        self.feedback = FakeFeedbackBook(self.tables)
        self.timers = FakeTimers(self.tables)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Undo feedback and timers when the block ends with an exception."""
        feedback, timers = dict(self.tables.feedback), dict(self.tables.timers)
        try:
            yield
        except BaseException:
            self.tables.feedback, self.tables.timers = feedback, timers
            raise

    async def commit(self) -> None:
        """Keep everything."""
        self._store.tables = self.tables.copy()


class FakeDatabase:
    """A database in memory: `unit_of_work` is a `UnitOfWorkFactory`, one at a time."""

    def __init__(self) -> None:
        self.tables = FakeTables()
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[FakeUnitOfWork]:
        """Open a unit of work; leaving without `commit` rolls back."""
        async with self._lock:
            yield FakeUnitOfWork(self)


class ForgetfulUnitOfWork(FakeUnitOfWork):
    """Keeps only what waits: for benches that ask what the rest costs. Repeats are not recognised."""

    async def commit(self) -> None:
        """Drop what is done, then keep the rest."""
        tables = self.tables
        tables.inbound = {id_: row for id_, row in tables.inbound.items() if row.turn is None}
        tables.outbound = {id_: row for id_, row in tables.outbound.items() if row.status == "queued"}
        tables.seen.clear()
        await super().commit()


class ForgetfulDatabase(FakeDatabase):
    """A store that keeps nothing but work to do and conversations."""

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[FakeUnitOfWork]:
        """Open a unit of work that forgets."""
        async with self._lock:
            yield ForgetfulUnitOfWork(self)
