"""The transcript: inbox, outbox and interaction log in one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.logged import LoggedQuestion
from bot.domain.members.erasure import SaidLine
from bot.domain.messages import Address, Event, StoredEvent
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.ports import Backlog, DeadLetter, HandledTurn
from bot.storage.contacts import Contacts
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.outcomes import Outcomes
from bot.storage.questions import Questions
from bot.storage.tables import is_queued, is_waiting, transcript
from bot.storage.transaction import Transaction

_COUNT = select(transcript.c.direction, transcript.c.status, func.count().label("rows")).group_by(
    transcript.c.direction, transcript.c.status
)


WAIT = select(func.count().label("rows"), func.min(transcript.c.occurred_at).label("oldest_at")).where(
    is_waiting(transcript)
)
QUEUE = select(func.count().label("rows"), func.min(transcript.c.occurred_at).label("oldest_at")).where(
    is_queued(transcript)
)


class SqlTranscript:
    """`Transcript` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._inbox = Inbox(transaction, contacts)
        self._outbox = Outbox(transaction, contacts)
        self._outcomes = Outcomes(transaction, contacts)
        self._questions = Questions(transaction)

    async def accept(
        self, events: Sequence[Event], *, ready_at: Sequence[datetime | None] | None = None
    ) -> Sequence[bool]:
        """Store events as waiting, in order; False where stored before."""
        return await self._inbox.accept(events, ready_at or [None] * len(events))

    async def find(self, channel: ChannelName, event_id: str) -> TranscriptId | None:
        """Return the row of an event; None when it was never stored."""
        return await self._inbox.find(channel, event_id)

    async def event_id(self, event: TranscriptId) -> str | None:
        """Return the id by which its channel knows an event; None when the row is no event."""
        return await self._inbox.event_id(event)

    async def reference(self, channel: ChannelName, event_id: str) -> str:
        """Return the platform's reference of the last message that answered an event; empty where none is known."""
        return await self._outbox.reference(channel, event_id)

    async def message(self, answers: TranscriptId, number: int) -> OutgoingMessage | None:
        """Return a message by its name, whatever became of it."""
        return await self._outbox.message(answers, number)

    async def recent(self, address: Address, *, limit: int) -> Sequence[SaidLine]:
        """Return the latest lines said by and to somebody, as far as the newest part of the log has them."""
        return await self._outbox.recent(address, limit=limit)

    async def is_message(self, row: TranscriptId, to: Address) -> bool:
        """Whether `row` is a message of ours to the chat of `to`."""
        return await self._outbox.is_message(row, to)

    async def waiting(
        self, limit: int, *, now: datetime | None = None, patience: timedelta = timedelta()
    ) -> Sequence[StoredEvent]:
        """Return the oldest waiting event of each contact. Their names are the last ones known."""
        return await self._inbox.waiting(limit, now=now, patience=patience)

    async def following(self, events: Sequence[StoredEvent]) -> Mapping[TranscriptId, Sequence[StoredEvent]]:
        """Return the texts waiting right behind each of `events`, which were read in this unit of work."""
        return await self._inbox.following(events)

    async def record(self, turns: Sequence[HandledTurn]) -> Sequence[QueuedMessage]:
        """Mark events as handled and queue what is to be said."""
        await self._inbox.handle(turns)
        return await self._outbox.queue(turns)

    async def unsent(
        self,
        channels: Sequence[ChannelName],
        *,
        now: datetime,
        limit: int,
        answers: TranscriptId | None = None,
        after: int = 0,
    ) -> Sequence[QueuedMessage]:
        """Return messages to be sent now, oldest first."""
        return await self._outbox.unsent(channels, now=now, limit=limit, answers=answers, after=after)

    async def begin(self, messages: Sequence[TranscriptId], *, at: datetime) -> None:
        """Note that messages are on their way."""
        await self._outcomes.begin(messages, at=at)

    async def doubt_begun(self, channels: Sequence[ChannelName]) -> int:
        """Note what may have arrived before we died."""
        return await self._outcomes.doubt_begun(channels)

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note what the platform took."""
        await self._outcomes.mark_sent(sent, at=at)

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool = True
    ) -> None:
        """Note a failed try."""
        await self._outcomes.mark_failed(message, error=error, retry_at=retry_at, is_attempt=is_attempt)

    async def mark_unknown(self, message: TranscriptId, *, error: str, retry_at: datetime | None) -> None:
        """Note that a message may have arrived."""
        await self._outcomes.mark_unknown(message, error=error, retry_at=retry_at)

    async def mark_unreachable(self, message: TranscriptId, *, error: str) -> None:
        """Note that a person did not let a message through."""
        await self._outcomes.mark_unreachable(message, error=error)

    async def give_up(self, to: Address, *, error: str) -> int:
        """Give up everything queued to `to`, who cannot be reached."""
        return await self._outcomes.give_up(to, error=error)

    async def questions(self, *, after: int, limit: int) -> Sequence[LoggedQuestion]:
        """Return what was looked up for people, in order."""
        return await self._questions.read(after=after, limit=limit)

    async def backlog(self) -> Backlog:
        """Tell what waits, by the indexes of what waits."""
        (waiting,), (queued,) = await self._transaction.fetch(WAIT, {}), await self._transaction.fetch(QUEUE, {})
        return Backlog(
            waiting=waiting.rows,
            oldest_waiting_at=waiting.oldest_at,
            queued=queued.rows,
            oldest_queued_at=queued.oldest_at,
        )

    async def count_by_status(self, *, since: datetime | None = None) -> Mapping[str, int]:
        """Count rows by ``in:waiting`` and so on, those said before `since` left out. Not for a hot path."""
        counted = _COUNT if since is None else _COUNT.where(transcript.c.occurred_at >= since)
        rows = await self._transaction.fetch(counted, {})
        return {f"{row.direction}:{row.status}": row.rows for row in rows}

    async def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Return what was given up or may not have arrived. Reads the whole log: not for a hot path."""
        return await self._outcomes.dead_letters(limit)
