"""Tickets and their log as rows."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Executable, bindparam, insert, literal_column, select, update

from bot.domain.desk.ticket import (
    HELD,
    QUEUED,
    Cause,
    Priority,
    Ticket,
    TicketChange,
    TicketEvent,
    TicketId,
    TicketState,
    queue_order,
)
from bot.domain.errors import ConflictError
from bot.domain.messages import Address
from bot.storage.codec import decode_address, encode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.desk.tables import is_open, ticket_events, tickets
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_PEOPLE = {"customer": contacts.alias("customer"), "operator": contacts.alias("operator")} | {
    name: contacts.alias(name) for name in ("last_operator", "seat")
}


def _among(states: frozenset[TicketState]) -> ColumnElement[bool]:
    return tickets.c.state.in_([literal_column(f"'{state}'") for state in sorted(states)])


_TICKET = select(
    tickets,
    *(
        person.c[part].label(f"{name}_{part}")
        for name, person in _PEOPLE.items()
        for part in ("channel", "chat_id", "user_id")
    ),
)
for _name, _person in _PEOPLE.items():
    _TICKET = _TICKET.outerjoin(_person, _person.c.id == tickets.c[f"{_name}_id"])
_FIND = _TICKET.where(tickets.c.id == bindparam("ticket"))
OPEN_OF = _TICKET.where(tickets.c.customer_id == bindparam("whose"), is_open(tickets))
_EVERY_OF = _TICKET.where(tickets.c.customer_id == bindparam("whose")).order_by(tickets.c.id)
_LAST_OF = _TICKET.where(tickets.c.customer_id == bindparam("whose")).order_by(tickets.c.id.desc()).limit(1)
QUEUE = _TICKET.where(is_open(tickets), _among(QUEUED))
_HELD = _TICKET.where(is_open(tickets), _among(HELD)).order_by(tickets.c.id)
_operator = _PEOPLE["operator"]
_HELD_BY = _HELD.where(_operator.c.channel == bindparam("of_channel"), _operator.c.user_id == bindparam("of_user"))
_ADD = insert(tickets).returning(tickets.c.id)
_KEEP = (
    update(tickets)
    .where(tickets.c.id == bindparam("ticket"), tickets.c.version == bindparam("read_version"))
    .returning(tickets.c.id)
)
_LOG = insert(ticket_events)
_by = contacts.alias("by")
_CHANGES = select(ticket_events, _by.c.channel, _by.c.chat_id, _by.c.user_id).outerjoin(
    _by, _by.c.id == ticket_events.c.by_id
)
_CHANGES_OF = _CHANGES.where(ticket_events.c.ticket_id == bindparam("ticket")).order_by(ticket_events.c.id)
_CHANGES_SINCE = _CHANGES.where(ticket_events.c.at >= bindparam("since")).order_by(ticket_events.c.id)


class SqlTicketBook:
    """`TicketBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts
        self.is_touched = False
        """Whether tickets were changed in this unit of work."""

    async def add(self, ticket: Ticket) -> Ticket:
        """Store a new one; return it with its number.

        Raises:
            ConflictError: the customer has an open one.
        """
        await self._touch()
        row = await self._row(ticket, version=1)
        stored = await self._transaction.fetch(_ADD, [row])
        return _numbered(ticket, TicketId(stored[0].id), version=1)

    async def keep(self, ticket: Ticket) -> Ticket:
        """Store what became of one.

        Raises:
            ConflictError: somebody else changed it since it was read.
        """
        await self._touch()
        row = await self._row(ticket, version=ticket.version + 1)
        values = {**row, "ticket": ticket.id, "read_version": ticket.version}
        if not await self._transaction.fetch(_KEEP, values):
            raise ConflictError(f"ticket {ticket.id} was changed by somebody else")
        return _numbered(ticket, ticket.id, version=ticket.version + 1)

    async def log(self, change: TicketChange) -> None:
        """Add a line to the log."""
        await self._touch()
        row = {
            "ticket_id": change.ticket,
            "at": change.at,
            "event": str(change.event),
            "state": str(change.state),
            "by_id": await self._contact(change.by),
            "note": storable(change.note),
        }
        await self._transaction.write(_LOG, [row])

    async def find(self, ticket: TicketId) -> Ticket | None:
        """Return one by its number."""
        rows = await self._transaction.fetch(_FIND, {"ticket": ticket})
        return _ticket(rows[0]) if rows else None

    async def open_of(self, customer: Address) -> Ticket | None:
        """Return the open ticket of a customer."""
        return next(iter(await self._of(OPEN_OF, customer)), None)

    async def last_of(self, customer: Address) -> Ticket | None:
        """Return the latest ticket of a customer."""
        return next(iter(await self._of(_LAST_OF, customer)), None)

    async def of(self, customer: Address) -> Sequence[Ticket]:
        """Return every ticket of a customer, by number."""
        return await self._of(_EVERY_OF, customer)

    async def queue(self) -> Sequence[Ticket]:
        """Return those that nobody has, the first to be taken first."""
        return sorted(map(_ticket, await self._transaction.fetch(QUEUE, {})), key=queue_order)

    async def held(self, operator: Address | None = None) -> Sequence[Ticket]:
        """Return those that an account has, or that anybody has."""
        if operator is None:
            return [_ticket(row) for row in await self._transaction.fetch(_HELD, {})]
        channel, _, user = encode_address(operator)
        rows = await self._transaction.fetch(_HELD_BY, {"of_channel": channel, "of_user": user})
        return [_ticket(row) for row in rows]

    async def changes(self, ticket: TicketId) -> Sequence[TicketChange]:
        """Return the log of one."""
        return [_change(row) for row in await self._transaction.fetch(_CHANGES_OF, {"ticket": ticket})]

    async def changes_since(self, at: datetime) -> Sequence[TicketChange]:
        """Return the log of all from a moment on."""
        return [_change(row) for row in await self._transaction.fetch(_CHANGES_SINCE, {"since": at})]

    async def _touch(self) -> None:
        await self._transaction.touch()
        self.is_touched = True

    async def _of(self, statement: Executable, customer: Address) -> Sequence[Ticket]:
        await self._contacts.find([customer])
        contact = self._contacts.known.get(customer)
        rows = await self._transaction.fetch(statement, {"whose": contact}) if contact is not None else []
        return [_ticket(row) for row in rows]

    async def _contact(self, address: Address | None) -> int | None:
        if address is None:
            return None
        await self._contacts.ensure([address])
        return self._contacts.known[address]

    async def _row(self, ticket: Ticket, *, version: int) -> dict[str, object]:
        return {
            "customer_id": await self._contact(ticket.customer),
            "operator_id": await self._contact(ticket.operator),
            "last_operator_id": await self._contact(ticket.last_operator),
            "seat_id": await self._contact(ticket.seat),
            "state": str(ticket.state),
            "cause": str(ticket.cause),
            "priority": str(ticket.priority),
            "topic": storable(ticket.topic),
            "tags": json.dumps(ticket.tags),
            "reason": storable(ticket.reason),
            "is_bot_on": ticket.is_bot_on,
            "version": version,
            **{name: getattr(ticket, name) for name in _TIMES},
        }


_TIMES = (
    "opened_at",
    "owed_since",
    "promised_at",
    "lease_until",
    "snoozed_until",
    "answered_at",
    "resolved_at",
)


def _numbered(ticket: Ticket, number: TicketId, *, version: int) -> Ticket:
    return replace(ticket, id=number, version=version)


def _ticket(row: Any) -> Ticket:
    return Ticket(
        id=TicketId(row.id),
        customer=cast("Address", _person_of(row, "customer")),
        operator=_person_of(row, "operator"),
        last_operator=_person_of(row, "last_operator"),
        seat=_person_of(row, "seat"),
        state=TicketState(row.state),
        cause=Cause(row.cause),
        priority=Priority(row.priority),
        topic=row.topic,
        tags=tuple(json.loads(row.tags)),
        reason=row.reason,
        is_bot_on=row.is_bot_on,
        version=row.version,
        **{name: getattr(row, name) for name in _TIMES},
    )


def _person_of(row: Any, name: str) -> Address | None:
    channel, chat, user = (getattr(row, f"{name}_{part}") for part in ("channel", "chat_id", "user_id"))
    return None if channel is None else decode_address(channel, chat, user)


def _change(row: Any) -> TicketChange:
    return TicketChange(
        ticket=TicketId(row.ticket_id),
        at=row.at,
        event=TicketEvent(row.event),
        state=TicketState(row.state),
        by=None if row.channel is None else decode_address(row.channel, row.chat_id, row.user_id),
        note=row.note,
    )
