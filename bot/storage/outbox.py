"""The outbound half of the transcript: messages that wait to be sent, and what became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, exists, insert, null, select, update

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.ports import HandledTurn
from bot.storage.codec import Content, UnreadableRowError, decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.message_codec import Envelope, decode_message, encode_message, encode_sources
from bot.storage.tables import contacts, is_queued, transcript
from bot.storage.transaction import Transaction

_held = transcript.alias("held")
UNSENT = (
    select(
        transcript.c.id,
        transcript.c.contact_id,
        transcript.c.answers_id,
        transcript.c.number,
        transcript.c.kind,
        transcript.c.confidence,
        transcript.c.sources,
        transcript.c.attempts,
        transcript.c.text,
        transcript.c.body,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
    )
    .join(contacts, contacts.c.id == transcript.c.contact_id)
    .where(
        is_queued(transcript),
        transcript.c.channel.in_(bindparam("channels", expanding=True)),
        ~exists().where(
            _held.c.contact_id == transcript.c.contact_id,
            _held.c.id <= transcript.c.id,
            _held.c.retry_at > bindparam("now"),
        ),
    )
    .order_by(transcript.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(of=transcript, skip_locked=True)
)
"""On PostgreSQL the rows stay locked until the end, and other processes look past them."""
_of_event = transcript.c.answers_id == bindparam("answered")
UNSENT_OF_EVENT = UNSENT.where(_of_event)
AHEAD = select(transcript.c.id, transcript.c.contact_id).where(
    is_queued(transcript), transcript.c.id < bindparam("last")
)
_AHEAD_OF_EVENT = AHEAD.where(_of_event)
_SENT = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status="sent",
        sent_at=bindparam("at"),
        platform_ref=bindparam("reference"),
        attempts=transcript.c.attempts + 1,
        retry_at=null(),
        error=null(),
    )
)
_FAILED = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status=bindparam("becomes"),
        error=bindparam("why"),
        retry_at=bindparam("again_at"),
        attempts=transcript.c.attempts + bindparam("tries", type_=Integer),
    )
)


class Outbox:
    """Messages as rows of the transcript."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def queue(self, turns: Sequence[HandledTurn]) -> None:
        """Store the messages of `turns`, in order. Who was never written to becomes a contact."""
        await self._contacts.ensure(message.to for turn in turns for message in turn.messages)
        rows = [self._row(turn, message) for turn in turns for message in turn.messages]
        await self._transaction.write(insert(transcript), rows)

    async def unsent(
        self, channels: Sequence[ChannelName], *, now: datetime, limit: int, answers: TranscriptId | None
    ) -> Sequence[QueuedMessage]:
        """Return messages to be sent now, oldest first; one that waits for its next try holds back its contact.

        A row that cannot be read is given up.
        """
        statement = UNSENT if answers is None else UNSENT_OF_EVENT
        values = {"channels": list(channels), "now": now, "limit": limit, "answered": answers}
        while True:
            rows = await self._transaction.fetch(statement, values)
            messages, failures = _decode(await self._in_order(rows, answers))
            if not failures:
                return messages
            await self._transaction.write(_FAILED, failures)

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note the platform's reference of each message."""
        rows = [{"message_id": id_, "reference": storable(reference), "at": at} for id_, reference in sent.items()]
        await self._transaction.write(_SENT, rows)

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool
    ) -> None:
        """Note a failed try; without `retry_at` it was the last."""
        await self._transaction.write(_FAILED, [_failure(message, error, retry_at, tries=int(is_attempt))])

    async def _in_order(self, rows: Sequence[Any], answers: TranscriptId | None) -> Sequence[Any]:
        """Leave out what comes after a message that another process is sending to the same contact."""
        if not rows or not self._transaction.has_row_locks:
            return rows
        statement = AHEAD if answers is None else _AHEAD_OF_EVENT
        ahead = await self._transaction.fetch(statement, {"last": rows[-1].id, "answered": answers})
        ours = {row.id for row in rows}
        taken = {row.contact_id for row in ahead if row.id not in ours}
        return [row for row in rows if row.contact_id not in taken]

    def _row(self, turn: HandledTurn, message: OutgoingMessage) -> dict[str, object]:
        content = encode_message(message)
        return {
            "contact_id": self._contacts.known[message.to],
            "channel": storable(message.to.channel),
            "direction": "out",
            "status": "queued",
            "answers_id": message.answers,
            "number": message.number,
            "kind": content.kind,
            "skill": turn.skill,
            "confidence": message.answer.confidence,
            "sources": encode_sources(message.answer),
            "text": content.text,
            "body": content.body,
            "occurred_at": turn.handled_at,
        }


def _failure(message: int, error: str, retry_at: datetime | None, *, tries: int) -> dict[str, object]:
    becomes = "failed" if retry_at is None else "queued"
    return {"message_id": message, "becomes": becomes, "why": storable(error), "again_at": retry_at, "tries": tries}


def _decode(rows: Sequence[Any]) -> tuple[list[QueuedMessage], list[dict[str, object]]]:
    messages: list[QueuedMessage] = []
    failures: list[dict[str, object]] = []
    for row in rows:
        to = decode_address(row.channel, row.chat_id, row.user_id)
        envelope = Envelope(to, TranscriptId(row.answers_id), row.number, row.confidence, row.sources)
        try:
            message = decode_message(envelope, Content(row.kind, row.text, row.body))
        except UnreadableRowError as error:
            failures.append(_failure(row.id, str(error), None, tries=1))
        else:
            messages.append(QueuedMessage(id=TranscriptId(row.id), message=message, attempts=row.attempts))
    return messages, failures
