"""The outbound half of the transcript: messages that wait to be sent, and what became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, exists, insert, null, or_, select, update

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.ports import DeadLetter, HandledTurn
from bot.storage.codec import Content, UnreadableRowError, decode_address, encode_address, storable
from bot.storage.columns import RowId
from bot.storage.contacts import Contacts
from bot.storage.message_codec import Envelope, decode_message, encode_message, encode_sources
from bot.storage.tables import contacts, is_queued, transcript
from bot.storage.transaction import Transaction

UNKNOWN = "unknown"
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
        transcript.c.outcome,
        transcript.c.text,
        transcript.c.body,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
        contacts.c.unreachable_at,
    )
    .join(contacts, contacts.c.id == transcript.c.contact_id)
    .where(
        is_queued(transcript),
        transcript.c.id > bindparam("after", type_=RowId),
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
    is_queued(transcript),
    transcript.c.id > bindparam("after", type_=RowId),
    transcript.c.id < bindparam("last", type_=RowId),
)
_AHEAD_OF_EVENT = AHEAD.where(_of_event)
_INSERT = insert(transcript).inline()  # it need not tell the ids
_SENT = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status="sent",
        sent_at=bindparam("at"),
        platform_ref=bindparam("reference"),
        attempts=transcript.c.attempts + 1,
        begun_at=null(),
        retry_at=null(),
        error=null(),
    )
)
_BEGIN = update(transcript).where(transcript.c.id == bindparam("message_id")).values(begun_at=bindparam("at"))
_DOUBT = (
    update(transcript)
    .where(
        is_queued(transcript),
        transcript.c.begun_at.is_not(None),
        transcript.c.channel.in_(bindparam("channels", expanding=True)),
    )
    .values(outcome=UNKNOWN, begun_at=null(), error="it was on its way when the program ended")
    .returning(transcript.c.id)
)
_UNKNOWN = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status=bindparam("becomes"),
        outcome=UNKNOWN,
        error=bindparam("why"),
        retry_at=bindparam("again_at"),
        begun_at=null(),
        attempts=transcript.c.attempts + 1,
    )
)
_GIVE_UP = (
    update(transcript)
    .where(transcript.c.contact_id == bindparam("contact"), is_queued(transcript))
    .values(status="failed", error=bindparam("why"), retry_at=null(), begun_at=null())
    .returning(transcript.c.id)
)
_ENVELOPE = (
    transcript.c.id,
    transcript.c.answers_id,
    transcript.c.number,
    transcript.c.kind,
    transcript.c.confidence,
    transcript.c.sources,
    transcript.c.text,
    transcript.c.body,
    contacts.c.channel,
    contacts.c.chat_id,
    contacts.c.user_id,
)
_MESSAGE = (
    select(*_ENVELOPE)
    .join(contacts, contacts.c.id == transcript.c.contact_id)
    .where(transcript.c.answers_id == bindparam("answered"), transcript.c.number == bindparam("numbered"))
)
_IS_MESSAGE = (
    select(transcript.c.id)
    .join(contacts, contacts.c.id == transcript.c.contact_id)
    .where(
        transcript.c.id == bindparam("row_id", type_=RowId),
        transcript.c.direction == "out",
        contacts.c.channel == bindparam("of_channel"),
        contacts.c.chat_id == bindparam("in_chat"),
    )
)
_DEAD = (
    select(transcript.c.channel, transcript.c.status, transcript.c.occurred_at, transcript.c.error)
    .where(
        transcript.c.direction == "out",
        or_(transcript.c.status.in_(("failed", UNKNOWN)), transcript.c.outcome == UNKNOWN),
    )
    .order_by(transcript.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_FAILED = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status=bindparam("becomes"),
        error=bindparam("why"),
        retry_at=bindparam("again_at"),
        begun_at=null(),
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
        await self._transaction.write(_INSERT, rows)

    async def message(self, answers: TranscriptId, number: int) -> OutgoingMessage | None:
        """Return a message by its name; None when there is none or it cannot be read."""
        rows = await self._transaction.fetch(_MESSAGE, {"answered": answers, "numbered": number})
        messages, _ = _decode_messages(rows)
        return messages[0][1] if messages else None

    async def is_message(self, row: TranscriptId, to: Address) -> bool:
        """Whether `row` is a message of ours to the chat of `to`."""
        channel, chat_id, _ = encode_address(to)
        values = {"row_id": row, "of_channel": channel, "in_chat": chat_id}
        return bool(await self._transaction.fetch(_IS_MESSAGE, values))

    async def unsent(
        self, channels: Sequence[ChannelName], *, now: datetime, limit: int, answers: TranscriptId | None, after: int
    ) -> Sequence[QueuedMessage]:
        """Return messages to be sent now, oldest first; one that waits for its next try holds back its contact.

        A row that cannot be read is given up.
        """
        statement = UNSENT if answers is None else UNSENT_OF_EVENT
        values = {"channels": list(channels), "now": now, "limit": limit, "answered": answers, "after": after}
        while True:
            rows = await self._transaction.fetch(statement, values)
            messages, failures = _decode(await self._in_order(rows, answers, after))
            if not failures:
                return messages
            await self._transaction.write(_FAILED, failures)

    async def begin(self, messages: Sequence[TranscriptId], *, at: datetime) -> None:
        """Note that messages are on their way."""
        await self._transaction.write(_BEGIN, [{"message_id": message, "at": at} for message in messages])

    async def doubt_begun(self, channels: Sequence[ChannelName]) -> int:
        """Note of all messages that were on their way that they may have arrived; they stay queued."""
        return len(await self._transaction.fetch(_DOUBT, {"channels": list(channels)})) if channels else 0

    async def mark_unknown(self, message: TranscriptId, *, error: str, retry_at: datetime | None) -> None:
        """Note that a message may have arrived; without `retry_at` that was its last try."""
        becomes = UNKNOWN if retry_at is None else "queued"
        values = {"message_id": message, "becomes": becomes, "why": storable(error), "again_at": retry_at}
        await self._transaction.write(_UNKNOWN, [values])

    async def give_up(self, to: Address, *, error: str) -> int:
        """Give up everything queued to `to`."""
        await self._contacts.find([to])
        contact = self._contacts.known.get(to)
        if contact is None:
            return 0
        return len(await self._transaction.fetch(_GIVE_UP, {"contact": contact, "why": storable(error)}))

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note the platform's reference of each message."""
        rows = [{"message_id": id_, "reference": storable(reference), "at": at} for id_, reference in sent.items()]
        await self._transaction.write(_SENT, rows)

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool
    ) -> None:
        """Note a failed try; without `retry_at` it was the last."""
        await self._transaction.write(_FAILED, [_failure(message, error, retry_at, tries=int(is_attempt))])

    async def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Return what was given up or may not have arrived, the latest first."""
        return [
            DeadLetter(
                channel=ChannelName(row.channel), status=row.status, said_at=row.occurred_at, error=row.error or ""
            )
            for row in await self._transaction.fetch(_DEAD, {"limit": limit})
        ]

    async def _in_order(self, rows: Sequence[Any], answers: TranscriptId | None, after: int) -> Sequence[Any]:
        """Leave out what comes after a message that another process is sending to the same contact."""
        if not rows or not self._transaction.has_row_locks:
            return rows
        statement = AHEAD if answers is None else _AHEAD_OF_EVENT
        ahead = await self._transaction.fetch(statement, {"last": rows[-1].id, "answered": answers, "after": after})
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
    messages, failures = _decode_messages(rows)
    queued = [
        QueuedMessage(
            id=TranscriptId(row.id),
            message=message,
            attempts=row.attempts,
            is_unreachable=row.unreachable_at is not None,
            was_unknown=row.outcome == UNKNOWN,
        )
        for row, message in messages
    ]
    return queued, failures


def _decode_messages(rows: Sequence[Any]) -> tuple[list[tuple[Any, OutgoingMessage]], list[dict[str, object]]]:
    messages: list[tuple[Any, OutgoingMessage]] = []
    failures: list[dict[str, object]] = []
    for row in rows:
        to = decode_address(row.channel, row.chat_id, row.user_id)
        envelope = Envelope(to, TranscriptId(row.answers_id), row.number, row.confidence, row.sources)
        try:
            messages.append((row, decode_message(envelope, Content(row.kind, row.text, row.body))))
        except UnreadableRowError as error:
            failures.append(_failure(row.id, str(error), None, tries=1))
    return messages, failures
