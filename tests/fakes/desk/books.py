"""Tickets, seats, relays, rooms and notes in memory."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.desk.ticket import QUEUED, Ticket, TicketChange, TicketId, queue_order
from bot.domain.errors import ConflictError
from bot.domain.messages import Address, Said
from bot.services.desk.books import Note, Relay, Seat
from tests.fakes.desk.more import FakeBlockBook, FakeCannedBook, FakeProposalBook, FakeScoreBook
from tests.fakes.desk.tables import DeskTables
from tests.fakes.uow.tables import FakeTables


class FakeTicketBook:
    """`TicketBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._tables = tables
        self.is_touched = False

    async def add(self, ticket: Ticket) -> Ticket:
        """Number it."""
        self.is_touched = True
        if await self.open_of(ticket.customer) is not None and ticket.is_open:
            raise ConflictError("open already")
        number = TicketId(max(self._tables.tickets, default=0) + 1)
        return self._put(replace(ticket, id=number, version=1))

    async def keep(self, ticket: Ticket) -> Ticket:
        """Compare versions."""
        self.is_touched = True
        stored = self._tables.tickets.get(ticket.id)
        if stored is None or stored.version != ticket.version:
            raise ConflictError("changed")
        return self._put(replace(ticket, version=ticket.version + 1))

    async def log(self, change: TicketChange) -> None:
        """Append."""
        self.is_touched = True
        self._tables.changes.append(change)

    async def find(self, ticket: TicketId) -> Ticket | None:
        """Look it up."""
        return self._tables.tickets.get(ticket)

    async def open_of(self, customer: Address) -> Ticket | None:
        """Look at all."""
        return next((each for each in self._of(customer) if each.is_open), None)

    async def last_of(self, customer: Address) -> Ticket | None:
        """Look at all."""
        return max(self._of(customer), key=lambda ticket: ticket.id, default=None)

    async def of(self, customer: Address) -> Sequence[Ticket]:
        """Sort them."""
        return sorted(self._of(customer), key=lambda ticket: ticket.id)

    async def queue(self) -> Sequence[Ticket]:
        """Sort."""
        return sorted((each for each in self._tables.tickets.values() if each.state in QUEUED), key=queue_order)

    async def held(self, operator: Address | None = None) -> Sequence[Ticket]:
        """Look at all."""
        held = [each for each in self._tables.tickets.values() if each.is_held]
        return [each for each in held if operator is None or each.is_held_by(operator)]

    async def changes(self, ticket: TicketId) -> Sequence[TicketChange]:
        """Filter."""
        return [each for each in self._tables.changes if each.ticket == ticket]

    async def changes_since(self, at: datetime) -> Sequence[TicketChange]:
        """Filter."""
        return [each for each in self._tables.changes if each.at >= at]

    def _of(self, customer: Address) -> list[Ticket]:
        return [each for each in self._tables.tickets.values() if each.customer == customer]

    def _put(self, ticket: Ticket) -> Ticket:
        self._tables.tickets[ticket.id] = ticket
        return ticket


class FakeSeatBook:
    """`SeatBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._seats = tables.seats

    async def get(self, operator: Address) -> Seat | None:
        """Look it up."""
        return self._seats.get(operator)

    async def put(self, seat: Seat) -> None:
        """Keep it."""
        self._seats[seat.operator] = seat

    async def all(self) -> Sequence[Seat]:
        """Sort by address."""
        return [self._seats[address] for address in sorted(self._seats)]


class FakeRelayBook:
    """`RelayBook` in memory."""

    def __init__(self, tables: DeskTables, store: FakeTables) -> None:
        self._relays = tables.relays
        self._store = store

    async def add(self, relay: Relay) -> None:
        """Keep the first."""
        self._relays.setdefault((relay.event, relay.target), relay)

    async def of_message(self, source: Address, ref: str) -> Sequence[Relay]:
        """Look at all."""
        found = [each for each in self._relays.values() if ref and (each.source, each.ref) == (source, ref)]
        return sorted(found, key=lambda relay: relay.event)

    async def by_copy(self, target: Address, ref: str) -> Relay | None:
        """Look at all that was sent there."""
        for row in self._store.outbound.values():
            to = row.message.to
            relay = self._relays.get((row.message.answers, to))
            is_there = (to.channel, to.chat_id) == (target.channel, target.chat_id)
            if ref and is_there and row.reference == ref and relay is not None:
                return relay
        return None

    async def last_to(self, ticket: TicketId, customer: Address, *, since: datetime) -> Relay | None:
        """Look at all that was passed on."""
        passed = [each for each in self._relays.values() if (each.ticket, each.target) == (ticket, customer)]
        lately = [each for each in passed if self._store.inbound[each.event].event.at >= since]
        return max(lately, key=lambda relay: relay.event, default=None)

    async def last_exchange(self, ticket: TicketId, customer: Address) -> tuple[str, str]:
        """Look at all that was passed on, and at all that was said before."""
        texts = {
            number: row.event.text
            for number, row in self._store.inbound.items()
            if isinstance(row.event, Said) and row.event.text and not row.event.text.startswith("/")
        }
        passed = [each.event for each in self._relays.values() if (each.ticket, each.target) == (ticket, customer)]
        last = max((each for each in passed if each in texts), default=None)
        if last is None:
            return "", ""
        said = [each for each in texts if each < last and self._store.inbound[each].event.sender == customer]
        return (texts[max(said)] if said else ""), texts[last]

    async def copy_ref(self, relay: Relay) -> str:
        """Look at all that answers the event."""
        for row in self._store.outbound.values():
            if (row.message.answers, row.message.to) == (relay.event, relay.target):
                return row.reference or ""
        return ""


class FakeRoomBook:
    """`RoomBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._rooms = tables.rooms

    async def of(self, customer: Address, *, channel: str) -> Address | None:
        """Look it up."""
        return self._rooms.get((customer, channel))

    async def customer(self, room: Address) -> Address | None:
        """Look at all."""
        return next((whose for (whose, _), each in self._rooms.items() if each == room), None)

    async def keep(self, customer: Address, room: Address) -> None:
        """Put it there."""
        self._rooms[customer, room.channel] = room

    async def drop(self, room: Address) -> None:
        """Take it out."""
        for key in [key for key, each in self._rooms.items() if each == room]:
            del self._rooms[key]


class FakeNoteBook:
    """`NoteBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._notes = tables.notes

    async def add(self, note: Note) -> None:
        """Append."""
        self._notes.append(note)

    async def of(self, ticket: TicketId) -> Sequence[Note]:
        """Filter."""
        return [note for note in self._notes if note.ticket == ticket]


class FakeDeskBooks:
    """`DeskBooks` in memory."""

    def __init__(self, store: FakeTables) -> None:
        self.tickets = FakeTicketBook(store.desk)
        self.seats = FakeSeatBook(store.desk)
        self.relays = FakeRelayBook(store.desk, store)
        self.rooms = FakeRoomBook(store.desk)
        self.notes = FakeNoteBook(store.desk)
        self.scores = FakeScoreBook(store.desk)
        self.blocks = FakeBlockBook(store.desk)
        self.canned = FakeCannedBook(store.desk)
        self.proposals = FakeProposalBook(store.desk)
        self._store = store

    async def forget(self, customers: Sequence[Address]) -> int:
        """Blank tickets, notes, scores and copies."""
        desk = self._store.desk
        numbers = {each.id for each in desk.tickets.values() if each.customer in customers}
        for number in numbers:
            desk.tickets[number] = replace(desk.tickets[number], topic="", tags=(), reason="")
        desk.notes[:] = [replace(each, text="") if each.ticket in numbers else each for each in desk.notes]
        desk.scores.update({each: replace(desk.scores[each], comment="") for each in numbers & set(desk.scores)})
        for each in [each for each in desk.proposals.values() if each.ticket in numbers]:
            desk.proposals[each.id] = replace(each, question="", answer="")
        for key in [key for key in desk.rooms if key[0] in customers]:
            del desk.rooms[key]
        for customer in customers:
            desk.blocks.pop(customer, None)
        return self._blank(customers, numbers)

    def _blank(self, customers: Sequence[Address], numbers: Collection[TicketId]) -> int:
        passed = {each.event for each in self._store.desk.relays.values() if each.target in customers}
        said = {number for number, row in self._store.inbound.items() if row.event.sender in customers}
        of_staff = {address for address, _ in self._store.purchases.staff}
        blanked = 0
        for number, row in self._store.outbound.items():
            message = row.message
            is_shown = any(f"{mark}{each}" in message.text for each in numbers for mark in "№#")
            is_card = is_shown and (message.to in of_staff or not message.to.user_id)
            if message.answers in passed | said or is_card:
                self._store.outbound[number] = replace(row, message=replace(message, text=""))
                blanked += 1
        return blanked + len(passed)
