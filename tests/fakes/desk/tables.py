"""What is remembered of the desk, in dictionaries and lists."""

from copy import copy
from dataclasses import dataclass, field, fields

from bot.domain.desk.ticket import Ticket, TicketChange, TicketId
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.services.desk.books import Note, Relay, Seat
from bot.services.desk.more_books import Block, Canned, Proposal, ProposalId, Score


@dataclass(slots=True)
class DeskTables:
    """Rows are never changed in place."""

    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    changes: list[TicketChange] = field(default_factory=list)
    seats: dict[Address, Seat] = field(default_factory=dict)
    relays: dict[tuple[TranscriptId, Address], Relay] = field(default_factory=dict)
    rooms: dict[tuple[Address, str], Address] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    scores: dict[TicketId, Score] = field(default_factory=dict)
    blocks: dict[Address, Block] = field(default_factory=dict)
    canned: dict[str, Canned] = field(default_factory=dict)
    proposals: dict[ProposalId, Proposal] = field(default_factory=dict)

    def copy(self) -> "DeskTables":
        """Take a snapshot."""
        return DeskTables(**{each.name: copy(getattr(self, each.name)) for each in fields(self)})
