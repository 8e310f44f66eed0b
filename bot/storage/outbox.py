"""The outbound half of the transcript: messages that wait to be sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, exists, func, insert, select

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.members.erasure import SaidLine
from bot.domain.messages import Address
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.ports import HandledTurn
from bot.storage.codec import Content, UnreadableRowError, decode_address, encode_address, storable
from bot.storage.columns import RowId
from bot.storage.contacts import Contacts
from bot.storage.message_codec import Envelope, decode_message, encode_message, encode_sources
from bot.storage.outcomes import FAILED, UNKNOWN, failure
from bot.storage.tables import contacts, is_queued, transcript
from bot.storage.transaction import Transaction

_held = transcript.alias("held")
_any = transcript.alias("newest")
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
        select(func.max(_any.c.id)).scalar_subquery().label("read_after"),
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
_INSERT = insert(transcript).returning(transcript.c.id, transcript.c.answers_id, transcript.c.number)
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
_REFERENCE = (
    select(transcript.c.platform_ref)
    .join(_any, _any.c.id == transcript.c.answers_id)
    .where(_any.c.update_id == bindparam("event_id"), _any.c.channel == bindparam("of_channel"))
    .order_by(transcript.c.number.desc())
    .limit(1)
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


RECENT_ROWS = 20_000
"""How far back the latest lines of somebody are looked for: it bounds the time, and older ones are no news."""
RECENT = (
    select(transcript.c.occurred_at, transcript.c.direction, transcript.c.text)
    .where(
        transcript.c.id > select(func.max(_any.c.id)).scalar_subquery() - RECENT_ROWS,
        transcript.c.contact_id == bindparam("whose", type_=RowId),
        transcript.c.text != "",
    )
    .order_by(transcript.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)


class Outbox:
    """Messages as rows of the transcript."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def queue(self, turns: Sequence[HandledTurn]) -> Sequence[QueuedMessage]:
        """Store the messages of `turns`, in order, and return them. Who was never written to becomes a contact."""
        messages = [message for turn in turns for message in turn.messages]
        await self._contacts.ensure(message.to for message in messages)
        rows = [self._row(turn, message) for turn in turns for message in turn.messages]
        stored = await self._transaction.fetch(_INSERT, rows)
        ids = {(row.answers_id, row.number): TranscriptId(row.id) for row in stored}
        newest = max(ids.values(), default=TranscriptId(0))
        return [
            QueuedMessage(id=ids[message.answers, message.number], message=message, read_after=newest)
            for message in messages
        ]

    async def reference(self, channel: ChannelName, event_id: str) -> str:
        """Return the platform's reference of the last message that answered an event; empty where none is known."""
        rows = await self._transaction.fetch(_REFERENCE, {"of_channel": channel, "event_id": storable(event_id)})
        return (rows[0].platform_ref or "") if rows else ""

    async def message(self, answers: TranscriptId, number: int) -> OutgoingMessage | None:
        """Return a message by its name; None when there is none or it cannot be read."""
        rows = await self._transaction.fetch(_MESSAGE, {"answered": answers, "numbered": number})
        messages, _ = _decode_messages(rows)
        return messages[0][1] if messages else None

    async def recent(self, address: Address, *, limit: int) -> Sequence[SaidLine]:
        """Return the latest lines of somebody, oldest first."""
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        rows = await self._transaction.fetch(RECENT, {"whose": contact, "limit": limit}) if contact is not None else []
        return [SaidLine(at=row.occurred_at, is_ours=row.direction == "out", text=row.text) for row in reversed(rows)]

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
            await self._transaction.write(FAILED, failures)

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


def _decode(rows: Sequence[Any]) -> tuple[list[QueuedMessage], list[dict[str, object]]]:
    messages, failures = _decode_messages(rows)
    queued = [
        QueuedMessage(
            id=TranscriptId(row.id),
            message=message,
            attempts=row.attempts,
            is_unreachable=row.unreachable_at is not None,
            was_unknown=row.outcome == UNKNOWN,
            read_after=TranscriptId(row.read_after),
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
            failures.append(failure(row.id, str(error), None, tries=1))
    return messages, failures
