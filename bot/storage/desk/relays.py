"""What was passed on between customers and the desk, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.desk.ticket import TicketId
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.services.desk.books import Relay
from bot.storage.codec import decode_address, encode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.desk.tables import relays
from bot.storage.statements import insert_new
from bot.storage.tables import contacts, transcript
from bot.storage.transaction import Transaction

_source = contacts.alias("source")
_target = contacts.alias("target")
_RELAY = (
    select(
        relays.c.event_id,
        relays.c.ticket_id,
        relays.c.ref,
        *(
            side.c[part].label(f"{side.name}_{part}")
            for side in (_source, _target)
            for part in ("channel", "chat_id", "user_id")
        ),
    )
    .join(_source, _source.c.id == relays.c.source_id)
    .join(_target, _target.c.id == relays.c.target_id)
)
OF_MESSAGE = _RELAY.where(relays.c.source_id == bindparam("whose"), relays.c.ref == bindparam("of_ref")).order_by(
    relays.c.event_id, relays.c.target_id
)
BY_COPY = (
    _RELAY.join(
        transcript,
        (transcript.c.answers_id == relays.c.event_id) & (transcript.c.contact_id == relays.c.target_id),
    )
    .where(
        _target.c.channel == bindparam("of_channel"),
        _target.c.chat_id == bindparam("in_chat"),
        transcript.c.platform_ref == bindparam("of_ref"),
    )
    .order_by(relays.c.event_id.desc())
    .limit(1)
)
_COPY_REF = (
    select(transcript.c.platform_ref)
    .where(transcript.c.answers_id == bindparam("event"), transcript.c.contact_id == bindparam("target"))
    .order_by(transcript.c.number)
    .limit(1)
)
_LAST_TO = (
    _RELAY.join(transcript, transcript.c.id == relays.c.event_id)
    .where(
        relays.c.ticket_id == bindparam("ticket"),
        relays.c.target_id == bindparam("whose"),
        transcript.c.occurred_at >= bindparam("since"),
    )
    .order_by(relays.c.event_id.desc())
    .limit(1)
)
_LAST_ANSWER = (
    select(transcript.c.id, transcript.c.text)
    .join(relays, relays.c.event_id == transcript.c.id)
    .where(
        relays.c.ticket_id == bindparam("ticket"),
        relays.c.target_id == bindparam("target"),
        transcript.c.text != "",
        ~transcript.c.text.startswith("/"),
    )
    .order_by(transcript.c.id.desc())
    .limit(1)
)
_SAID_BEFORE = (
    select(transcript.c.text)
    .where(
        transcript.c.contact_id == bindparam("target"),
        transcript.c.direction == "in",
        transcript.c.id < bindparam("before"),
        transcript.c.text != "",
        ~transcript.c.text.startswith("/"),
    )
    .order_by(transcript.c.id.desc())
    .limit(1)
)
_ADD = insert_new(relays, unique=("event_id", "target_id"), returning=(relays.c.event_id,))


class SqlRelayBook:
    """`RelayBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, relay: Relay) -> None:
        """Note it once."""
        await self._transaction.touch()
        await self._contacts.ensure([relay.source, relay.target])
        known = self._contacts.known
        row = {
            "event_id": relay.event,
            "target_id": known[relay.target],
            "ticket_id": relay.ticket,
            "source_id": known[relay.source],
            "ref": storable(relay.ref),
        }
        await self._transaction.fetch(_ADD, [row])

    async def of_message(self, source: Address, ref: str) -> Sequence[Relay]:
        """Return where a message was passed on to."""
        return await self._look(OF_MESSAGE, source, ref)

    async def by_copy(self, target: Address, ref: str) -> Relay | None:
        """Return what a message of ours is the copy of."""
        channel, chat, _ = encode_address(target)
        values = {"of_channel": channel, "in_chat": chat, "of_ref": storable(ref)}
        rows = await self._transaction.fetch(BY_COPY, values) if ref else []
        return _relay(rows[0]) if rows else None

    async def last_to(self, ticket: TicketId, customer: Address, *, since: datetime) -> Relay | None:
        """Return what was passed on to a customer last, of what was said from `since` on."""
        await self._contacts.find([customer])
        values = {"ticket": ticket, "whose": self._contacts.known.get(customer), "since": since}
        rows = await self._transaction.fetch(_LAST_TO, values)
        return _relay(rows[0]) if rows else None

    async def last_exchange(self, ticket: TicketId, customer: Address) -> tuple[str, str]:
        """Return what a customer said before they were answered last, and that answer; both empty where none was."""
        await self._contacts.find([customer])
        target = self._contacts.known.get(customer)
        answers = await self._transaction.fetch(_LAST_ANSWER, {"ticket": ticket, "target": target})
        if not answers:
            return "", ""
        asked = await self._transaction.fetch(_SAID_BEFORE, {"target": target, "before": answers[0].id})
        return (asked[0].text if asked else ""), answers[0].text

    async def copy_ref(self, relay: Relay) -> str:
        """Return the platform's reference of the first copy; empty while it was not sent."""
        await self._contacts.find([relay.target])
        values = {"event": relay.event, "target": self._contacts.known[relay.target]}
        rows = await self._transaction.fetch(_COPY_REF, values)
        return (rows[0].platform_ref or "") if rows else ""

    async def _look(self, statement: Any, address: Address, ref: str) -> list[Relay]:
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        if contact is None or not ref:
            return []
        rows = await self._transaction.fetch(statement, {"whose": contact, "of_ref": storable(ref)})
        return [_relay(row) for row in rows]


def _relay(row: Any) -> Relay:
    return Relay(
        event=TranscriptId(row.event_id),
        ticket=TicketId(row.ticket_id),
        source=decode_address(row.source_channel, row.source_chat_id, row.source_user_id),
        ref=row.ref,
        target=decode_address(row.target_channel, row.target_chat_id, row.target_user_id),
    )
