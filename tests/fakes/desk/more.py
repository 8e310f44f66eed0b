"""Scores, blocks, canned and proposed answers in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.desk.ticket import TicketId
from bot.domain.messages import Address
from bot.services.desk.more_books import Block, Canned, Proposal, ProposalId, ProposalState, Score
from tests.fakes.desk.tables import DeskTables


class FakeScoreBook:
    """`ScoreBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._scores = tables.scores

    async def put(self, score: Score) -> None:
        """Keep the last."""
        self._scores[score.ticket] = score

    async def of(self, ticket: TicketId) -> Score | None:
        """Look it up."""
        return self._scores.get(ticket)

    async def since(self, at: datetime) -> Sequence[Score]:
        """Look at all."""
        return sorted((each for each in self._scores.values() if each.at >= at), key=lambda score: score.at)


class FakeBlockBook:
    """`BlockBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._blocks = tables.blocks

    async def put(self, block: Block) -> None:
        """Keep the last."""
        self._blocks[block.customer] = block

    async def of(self, customer: Address) -> Block | None:
        """Look it up."""
        return self._blocks.get(customer)

    async def lift(self, customer: Address) -> bool:
        """Take it out."""
        return self._blocks.pop(customer, None) is not None


class FakeCannedBook:
    """`CannedBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._canned = tables.canned

    async def put(self, canned: Canned) -> None:
        """Keep the last."""
        self._canned[canned.name] = canned

    async def remove(self, name: str) -> bool:
        """Take it out."""
        return self._canned.pop(name, None) is not None

    async def all(self) -> Sequence[Canned]:
        """Sort by name."""
        return [self._canned[name] for name in sorted(self._canned)]


class FakeProposalBook:
    """`ProposalBook` in memory."""

    def __init__(self, tables: DeskTables) -> None:
        self._proposals = tables.proposals

    async def add(self, proposal: Proposal) -> Proposal:
        """Number it."""
        numbered = replace(proposal, id=ProposalId(len(self._proposals) + 1))
        self._proposals[numbered.id] = numbered
        return numbered

    async def get(self, proposal: ProposalId) -> Proposal | None:
        """Look it up."""
        return self._proposals.get(proposal)

    async def keep(self, proposal: Proposal) -> None:
        """Keep words and state."""
        self._proposals[proposal.id] = proposal

    async def open(self) -> Sequence[Proposal]:
        """Filter."""
        return [each for each in self._proposals.values() if each.state is ProposalState.OPEN]
