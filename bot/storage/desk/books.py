"""SqlDeskBooks: the desk's books in one transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from bot.domain.desk.ticket import TicketId
from bot.domain.messages import Address
from bot.services.desk.books import Note, Seat
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.desk.customers import SqlBlockBook, SqlScoreBook
from bot.storage.desk.forgetting import forget_customers
from bot.storage.desk.relays import SqlRelayBook
from bot.storage.desk.tables import desk_rooms, desk_seats, ticket_notes
from bot.storage.desk.texts import SqlCannedBook, SqlProposalBook
from bot.storage.desk.tickets import SqlTicketBook
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_WHO = (contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
_SEATS = select(desk_seats, *_WHO).join(contacts, contacts.c.id == desk_seats.c.contact_id).order_by(*_WHO)
_SEAT = _SEATS.where(desk_seats.c.contact_id == bindparam("whose"))
_PUT_SEAT = insert_or_update(desk_seats, unique=("contact_id",), update=("is_online", "current_id", "since"))
_ROOM_OF = (
    select(*_WHO)
    .select_from(desk_rooms.join(contacts, contacts.c.id == desk_rooms.c.room_id))
    .where(desk_rooms.c.customer_id == bindparam("whose"), desk_rooms.c.channel == bindparam("of_channel"))
)
_OWNER_OF = (
    select(*_WHO)
    .select_from(desk_rooms.join(contacts, contacts.c.id == desk_rooms.c.customer_id))
    .where(desk_rooms.c.room_id == bindparam("room"))
)
_KEEP_ROOM = insert_or_update(desk_rooms, unique=("customer_id", "channel"), update=("room_id",))
_DROP_ROOM = delete(desk_rooms).where(desk_rooms.c.room_id == bindparam("room"))
_ADD_NOTE = insert(ticket_notes)
_NOTES = (
    select(ticket_notes, *_WHO)
    .join(contacts, contacts.c.id == ticket_notes.c.by_id)
    .where(ticket_notes.c.ticket_id == bindparam("ticket"))
    .order_by(ticket_notes.c.id)
)


class SqlDeskBooks:
    """`DeskBooks` of one unit of work."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self.tickets = SqlTicketBook(transaction, contacts)
        self.relays = SqlRelayBook(transaction, contacts)
        self.seats = SqlSeatBook(transaction, contacts)
        self.rooms = SqlRoomBook(transaction, contacts)
        self.notes = SqlNoteBook(transaction, contacts)
        self.scores = SqlScoreBook(transaction)
        self.blocks = SqlBlockBook(transaction, contacts)
        self.canned = SqlCannedBook(transaction, contacts)
        self.proposals = SqlProposalBook(transaction, contacts)
        self._transaction = transaction
        self._contacts = contacts

    async def forget(self, customers: Sequence[Address]) -> int:
        """Blank what was written of customers, and shown of them to the staff; return how many lines were."""
        return await forget_customers(self._transaction, self._contacts, customers)


class SqlSeatBook:
    """`SeatBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def get(self, operator: Address) -> Seat | None:
        """Return the seat of a private chat."""
        await self._contacts.find([operator])
        contact = self._contacts.known.get(operator)
        rows = await self._transaction.fetch(_SEAT, {"whose": contact}) if contact is not None else []
        return _seat(rows[0]) if rows else None

    async def put(self, seat: Seat) -> None:
        """Store it in the place of what was there."""
        await self._transaction.touch()
        await self._contacts.ensure([seat.operator])
        row = {
            "contact_id": self._contacts.known[seat.operator],
            "is_online": seat.is_online,
            "current_id": seat.current,
            "since": seat.since,
        }
        await self._transaction.write(_PUT_SEAT, row)

    async def all(self) -> Sequence[Seat]:
        """Return all, by address."""
        return [_seat(row) for row in await self._transaction.fetch(_SEATS, {})]


class SqlRoomBook:
    """`RoomBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def of(self, customer: Address, *, channel: str) -> Address | None:
        """Return the room of a customer on a platform."""
        return await self._look(_ROOM_OF, "whose", customer, of_channel=channel)

    async def customer(self, room: Address) -> Address | None:
        """Return whose room it is."""
        return await self._look(_OWNER_OF, "room", room)

    async def keep(self, customer: Address, room: Address) -> None:
        """Note a room."""
        await self._transaction.touch()
        await self._contacts.ensure([customer, room])
        known = self._contacts.known
        row = {"customer_id": known[customer], "channel": storable(room.channel), "room_id": known[room]}
        await self._transaction.write(_KEEP_ROOM, row)

    async def drop(self, room: Address) -> None:
        """Forget a room that is gone."""
        await self._transaction.touch()
        await self._contacts.find([room])
        if room in self._contacts.known:
            await self._transaction.write(_DROP_ROOM, {"room": self._contacts.known[room]})

    async def _look(self, statement: Any, name: str, address: Address, **more: str) -> Address | None:
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        rows = await self._transaction.fetch(statement, {name: contact, **more}) if contact is not None else []
        return decode_address(rows[0].channel, rows[0].chat_id, rows[0].user_id) if rows else None


class SqlNoteBook:
    """`NoteBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, note: Note) -> None:
        """Store it."""
        await self._transaction.touch()
        await self._contacts.ensure([note.by])
        row = {
            "ticket_id": note.ticket,
            "at": note.at,
            "by_id": self._contacts.known[note.by],
            "text": storable(note.text),
        }
        await self._transaction.write(_ADD_NOTE, [row])

    async def of(self, ticket: TicketId) -> Sequence[Note]:
        """Return those of a ticket, in order."""
        rows = await self._transaction.fetch(_NOTES, {"ticket": ticket})
        return [
            Note(ticket=ticket, at=row.at, by=decode_address(row.channel, row.chat_id, row.user_id), text=row.text)
            for row in rows
        ]


def _seat(row: Any) -> Seat:
    return Seat(
        operator=decode_address(row.channel, row.chat_id, row.user_id),
        is_online=row.is_online,
        current=None if row.current_id is None else TicketId(row.current_id),
        since=row.since,
    )
