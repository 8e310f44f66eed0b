"""Canned and proposed answers as rows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.desk.ticket import TicketId
from bot.domain.messages import Address
from bot.services.desk.more_books import Canned, Proposal, ProposalId, ProposalState
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.desk.tables import canned_answers, proposed_answers
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_WHO = (contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
_PUT = insert_or_update(canned_answers, unique=("name",), update=("text", "by_id", "at", "kind", "reference"))
_REMOVE = delete(canned_answers).where(canned_answers.c.name == bindparam("called")).returning(canned_answers.c.name)
_CANNED = (
    select(canned_answers, *_WHO)
    .join(contacts, contacts.c.id == canned_answers.c.by_id)
    .order_by(canned_answers.c.name)
)
_ADD = insert(proposed_answers).returning(proposed_answers.c.id)
_PROPOSED = (
    select(proposed_answers, *_WHO)
    .join(contacts, contacts.c.id == proposed_answers.c.by_id)
    .order_by(proposed_answers.c.id)
)
_ONE = _PROPOSED.where(proposed_answers.c.id == bindparam("proposal")).with_for_update(of=proposed_answers)
_OPEN = _PROPOSED.where(proposed_answers.c.state == str(ProposalState.OPEN))
_KEEP = (
    update(proposed_answers)
    .where(proposed_answers.c.id == bindparam("proposal"))
    .values(question=bindparam("asked"), answer=bindparam("said"), state=bindparam("becomes"))
)


class SqlCannedBook:
    """`CannedBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def put(self, canned: Canned) -> None:
        """Store it in the place of the one of that name."""
        await self._transaction.touch()
        await self._contacts.ensure([canned.by])
        row = {
            "name": storable(canned.name),
            "text": storable(canned.text),
            "by_id": self._contacts.known[canned.by],
            "at": canned.at,
            "kind": storable(canned.kind),
            "reference": storable(canned.reference),
        }
        await self._transaction.write(_PUT, row)

    async def remove(self, name: str) -> bool:
        """Forget it; False where there was none."""
        await self._transaction.touch()
        return bool(await self._transaction.fetch(_REMOVE, {"called": name}))

    async def all(self) -> Sequence[Canned]:
        """Return all, by name."""
        rows = await self._transaction.fetch(_CANNED, {})
        return [
            Canned(name=row.name, text=row.text, by=_by(row), at=row.at, kind=row.kind, reference=row.reference)
            for row in rows
        ]


class SqlProposalBook:
    """`ProposalBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, proposal: Proposal) -> Proposal:
        """Store a new one; return it with its number."""
        await self._transaction.touch()
        await self._contacts.ensure([proposal.by])
        row = {
            "ticket_id": proposal.ticket,
            "question": storable(proposal.question),
            "answer": storable(proposal.answer),
            "by_id": self._contacts.known[proposal.by],
            "at": proposal.at,
            "state": str(proposal.state),
        }
        stored = await self._transaction.fetch(_ADD, [row])
        return replace(proposal, id=ProposalId(stored[0].id))

    async def get(self, proposal: ProposalId) -> Proposal | None:
        """Return one, locked until the commit."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_ONE, {"proposal": proposal})
        return _read(rows[0]) if rows else None

    async def keep(self, proposal: Proposal) -> None:
        """Store its words and its state."""
        await self._transaction.touch()
        values = {
            "proposal": proposal.id,
            "asked": storable(proposal.question),
            "said": storable(proposal.answer),
            "becomes": str(proposal.state),
        }
        await self._transaction.write(_KEEP, values)

    async def open(self) -> Sequence[Proposal]:
        """Return those that nobody has decided, in order."""
        return [_read(row) for row in await self._transaction.fetch(_OPEN, {})]


def _by(row: Any) -> Address:
    return decode_address(row.channel, row.chat_id, row.user_id)


def _read(row: Any) -> Proposal:
    return Proposal(
        id=ProposalId(row.id),
        ticket=TicketId(row.ticket_id),
        question=row.question,
        answer=row.answer,
        by=_by(row),
        at=row.at,
        state=ProposalState(row.state),
    )
