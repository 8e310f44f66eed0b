"""More books of the desk, as protocols of storage: scores, blocks, canned answers, proposed answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from bot.domain.desk.ticket import TicketId
from bot.domain.messages import Address

ProposalId = NewType("ProposalId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a customer found the help they got: 1 to 5 stars, and a word more if they liked to say it."""

    ticket: TicketId
    stars: int
    at: datetime
    comment: str = ""


class ScoreBook(Protocol):
    """Scores, one a ticket."""

    async def put(self, score: Score) -> None:
        """Store it in the place of the one before."""
        ...

    async def of(self, ticket: TicketId) -> Score | None:
        """Return that of a ticket."""
        ...

    async def since(self, at: datetime) -> Sequence[Score]:
        """Return those given from a moment on, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Somebody who is not answered any more, `until` a moment, or for good."""

    customer: Address
    until: datetime | None
    reason: str
    by: Address
    at: datetime


class BlockBook(Protocol):
    """Who is not answered."""

    async def put(self, block: Block) -> None:
        """Store it in the place of the one before."""
        ...

    async def of(self, customer: Address) -> Block | None:
        """Return the block of somebody, be it over."""
        ...

    async def lift(self, customer: Address) -> bool:
        """Forget it; False where there was none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """An answer that is given often, by its name; perhaps with a file, `reference` in the channel of who added it."""

    name: str
    text: str
    by: Address
    at: datetime
    kind: str = ""
    reference: str = ""


class CannedBook(Protocol):
    """Canned answers, by their folded names."""

    async def put(self, canned: Canned) -> None:
        """Store it in the place of the one of that name."""
        ...

    async def remove(self, name: str) -> bool:
        """Forget it; False where there was none."""
        ...

    async def all(self) -> Sequence[Canned]:
        """Return all, by name."""
        ...


class ProposalState(StrEnum):
    """What became of a proposed answer."""

    OPEN = "open"
    APPROVED = "approved"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An operator's answer that the bot might give itself next time. `id` 0 was never stored."""

    id: ProposalId
    ticket: TicketId
    question: str
    answer: str
    by: Address
    at: datetime
    state: ProposalState = ProposalState.OPEN


class ProposalBook(Protocol):
    """What operators would have the bot say."""

    async def add(self, proposal: Proposal) -> Proposal:
        """Store a new one; return it with its number."""
        ...

    async def get(self, proposal: ProposalId) -> Proposal | None:
        """Return one, locked until the commit."""
        ...

    async def keep(self, proposal: Proposal) -> None:
        """Store its words and its state."""
        ...

    async def open(self) -> Sequence[Proposal]:
        """Return those that nobody has decided, in order."""
        ...
