"""The transcript: inbox, outbox and interaction log in one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Event, StoredEvent
from bot.domain.replies import QueuedMessage
from bot.services.ports import HandledTurn
from bot.storage.contacts import Contacts
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.tables import transcript
from bot.storage.transaction import Transaction

_COUNT = select(transcript.c.direction, transcript.c.status, func.count().label("rows")).group_by(
    transcript.c.direction, transcript.c.status
)


class SqlTranscript:
    """`Transcript` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._inbox = Inbox(transaction, contacts)
        self._outbox = Outbox(transaction, contacts)

    async def accept(self, events: Sequence[Event]) -> Sequence[bool]:
        """Store events as waiting, in order; False where stored before."""
        return await self._inbox.accept(events)

    async def find(self, channel: ChannelName, event_id: str) -> TranscriptId | None:
        """Return the row of an event; None when it was never stored."""
        return await self._inbox.find(channel, event_id)

    async def event_id(self, event: TranscriptId) -> str | None:
        """Return the id by which its channel knows an event; None when the row is no event."""
        return await self._inbox.event_id(event)

    async def waiting(self, limit: int) -> Sequence[StoredEvent]:
        """Return the oldest waiting event of each contact. Their names are the last ones known."""
        return await self._inbox.waiting(limit)

    async def record(self, turns: Sequence[HandledTurn]) -> None:
        """Mark events as handled and queue what is to be said."""
        await self._inbox.handle(turns)
        await self._outbox.queue(turns)

    async def unsent(
        self, channels: Sequence[ChannelName], *, now: datetime, limit: int, answers: TranscriptId | None = None
    ) -> Sequence[QueuedMessage]:
        """Return messages to be sent now, oldest first."""
        return await self._outbox.unsent(channels, now=now, limit=limit, answers=answers)

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note what the platform took."""
        await self._outbox.mark_sent(sent, at=at)

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool = True
    ) -> None:
        """Note a failed try."""
        await self._outbox.mark_failed(message, error=error, retry_at=retry_at, is_attempt=is_attempt)

    async def count_by_status(self) -> Mapping[str, int]:
        """Count rows by ``in:waiting`` and so on. Reads the whole log: not for a hot path."""
        rows = await self._transaction.fetch(_COUNT, {})
        return {f"{row.direction}:{row.status}": row.rows for row in rows}
