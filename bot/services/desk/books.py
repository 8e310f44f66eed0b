"""Books of the desk, as protocols of storage: tickets, who sits where, what was passed on, rooms and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.desk.ticket import Ticket, TicketChange, TicketId
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.services.desk.more_books import BlockBook, CannedBook, ProposalBook, ScoreBook


class TicketBook(Protocol):
    """Tickets and their log. A customer has at most one that is open."""

    async def add(self, ticket: Ticket) -> Ticket:
        """Store a new one, whatever its id; return it with its number.

        Raises:
            ConflictError: the customer has an open one, of somebody who was faster.
        """
        ...

    async def keep(self, ticket: Ticket) -> Ticket:
        """Store what became of one, which was read at its `version`; return it at the next one.

        Raises:
            ConflictError: somebody else changed it since.
        """
        ...

    async def log(self, change: TicketChange) -> None:
        """Add a line to the log of a ticket, for ever."""
        ...

    async def find(self, ticket: TicketId) -> Ticket | None:
        """Return one by its number."""
        ...

    async def open_of(self, customer: Address) -> Ticket | None:
        """Return the open ticket of a customer."""
        ...

    async def last_of(self, customer: Address) -> Ticket | None:
        """Return the latest ticket of a customer, open or not."""
        ...

    async def of(self, customer: Address) -> Sequence[Ticket]:
        """Return every ticket of a customer, by number."""
        ...

    async def queue(self) -> Sequence[Ticket]:
        """Return those that nobody has, the first to be taken first. Those left to the bot are among them."""
        ...

    async def held(self, operator: Address | None = None) -> Sequence[Ticket]:
        """Return those that an account has, or that anybody has, by number."""
        ...

    async def changes(self, ticket: TicketId) -> Sequence[TicketChange]:
        """Return the log of one, in order."""
        ...

    async def changes_since(self, at: datetime) -> Sequence[TicketChange]:
        """Return the log of all from a moment on, in order. For reports."""
        ...

    @property
    def is_touched(self) -> bool:
        """Whether tickets were changed in this unit of work: what was read of them before may be older."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """How one of the staff works: `operator` is their private chat, `current` what they type answers to there."""

    operator: Address
    is_online: bool
    current: TicketId | None = None
    since: datetime


class SeatBook(Protocol):
    """Who of the staff is there, and on what."""

    async def get(self, operator: Address) -> Seat | None:
        """Return the seat of a private chat; None for who never said anything of it."""
        ...

    async def put(self, seat: Seat) -> None:
        """Store it in the place of what was there."""
        ...

    async def all(self) -> Sequence[Seat]:
        """Return all, by address."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A message that was passed on: `event` of `source`, which its platform calls `ref`, went to `target`."""

    event: TranscriptId
    ticket: TicketId
    source: Address
    ref: str
    target: Address


class RelayBook(Protocol):
    """What was passed on between customers and the desk."""

    async def add(self, relay: Relay) -> None:
        """Note it; a second one of the same event and target changes nothing."""
        ...

    async def of_message(self, source: Address, ref: str) -> Sequence[Relay]:
        """Return where a message was passed on to, found by the platform's reference in the chat it was written in."""
        ...

    async def by_copy(self, target: Address, ref: str) -> Relay | None:
        """Return what a message of ours in the chat of `target` is the copy of, by the platform's reference of it."""
        ...

    async def last_to(self, ticket: TicketId, customer: Address, *, since: datetime) -> Relay | None:
        """Return what was passed on to a customer last, of what was said from `since` on."""
        ...

    async def last_exchange(self, ticket: TicketId, customer: Address) -> tuple[str, str]:
        """Return what a customer said before they were answered last, and that answer; both empty where none was."""
        ...

    async def copy_ref(self, relay: Relay) -> str:
        """Return the platform's reference of the first copy of what was passed on; empty while it was not sent."""
        ...


class RoomBook(Protocol):
    """Which chat of the desk belongs to which customer: topics of a group."""

    async def of(self, customer: Address, *, channel: str) -> Address | None:
        """Return the room of a customer on a platform."""
        ...

    async def customer(self, room: Address) -> Address | None:
        """Return whose room it is."""
        ...

    async def keep(self, customer: Address, room: Address) -> None:
        """Note a room, in the place of the one on the same platform."""
        ...

    async def drop(self, room: Address) -> None:
        """Forget a room that is gone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What one of the staff wrote for the others."""

    ticket: TicketId
    at: datetime
    by: Address
    text: str


class NoteBook(Protocol):
    """Notes of the staff; customers never see them."""

    async def add(self, note: Note) -> None:
        """Store it."""
        ...

    async def of(self, ticket: TicketId) -> Sequence[Note]:
        """Return those of a ticket, in order."""
        ...


class DeskBooks(Protocol):
    """All of the desk's books in one unit of work."""

    @property
    def tickets(self) -> TicketBook: ...
    @property
    def seats(self) -> SeatBook: ...
    @property
    def relays(self) -> RelayBook: ...
    @property
    def rooms(self) -> RoomBook: ...
    @property
    def notes(self) -> NoteBook: ...
    @property
    def scores(self) -> ScoreBook: ...
    @property
    def blocks(self) -> BlockBook: ...
    @property
    def canned(self) -> CannedBook: ...
    @property
    def proposals(self) -> ProposalBook: ...

    async def forget(self, customers: Sequence[Address]) -> int:
        """Blank what was written of customers, and shown of them to the staff; return how many lines were."""
        ...
