"""Scores and blocks as rows: what customers thought of the help, and who is not answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.domain.desk.ticket import TicketId
from bot.domain.messages import Address
from bot.services.desk.more_books import Block, Score
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.desk.tables import desk_blocks, desk_scores
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_PUT_SCORE = insert_or_update(desk_scores, unique=("ticket_id",), update=("stars", "at", "comment"))
_SCORE = select(desk_scores).where(desk_scores.c.ticket_id == bindparam("ticket"))
_SCORES = select(desk_scores).where(desk_scores.c.at >= bindparam("since")).order_by(desk_scores.c.at)
_PUT_BLOCK = insert_or_update(desk_blocks, unique=("contact_id",), update=("until", "reason", "by_id", "at"))
_BLOCK = (
    select(desk_blocks, contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
    .join(contacts, contacts.c.id == desk_blocks.c.by_id)
    .where(desk_blocks.c.contact_id == bindparam("whose"))
)
_LIFT = delete(desk_blocks).where(desk_blocks.c.contact_id == bindparam("whose")).returning(desk_blocks.c.contact_id)


class SqlScoreBook:
    """`ScoreBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, score: Score) -> None:
        """Store it in the place of the one before."""
        await self._transaction.touch()
        row = {"ticket_id": score.ticket, "stars": score.stars, "at": score.at, "comment": storable(score.comment)}
        await self._transaction.write(_PUT_SCORE, row)

    async def of(self, ticket: TicketId) -> Score | None:
        """Return that of a ticket."""
        rows = await self._transaction.fetch(_SCORE, {"ticket": ticket})
        return Score(ticket=ticket, stars=rows[0].stars, at=rows[0].at, comment=rows[0].comment) if rows else None

    async def since(self, at: datetime) -> Sequence[Score]:
        """Return those given from a moment on, in order."""
        rows = await self._transaction.fetch(_SCORES, {"since": at})
        return [Score(ticket=TicketId(row.ticket_id), stars=row.stars, at=row.at, comment=row.comment) for row in rows]


class SqlBlockBook:
    """`BlockBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def put(self, block: Block) -> None:
        """Store it in the place of the one before."""
        await self._transaction.touch()
        await self._contacts.ensure([block.customer, block.by])
        row = {
            "contact_id": self._contacts.known[block.customer],
            "until": block.until,
            "reason": storable(block.reason),
            "by_id": self._contacts.known[block.by],
            "at": block.at,
        }
        await self._transaction.write(_PUT_BLOCK, row)

    async def of(self, customer: Address) -> Block | None:
        """Return the block of somebody, be it over."""
        await self._contacts.find([customer])
        contact = self._contacts.known.get(customer)
        rows = await self._transaction.fetch(_BLOCK, {"whose": contact}) if contact is not None else []
        if not rows:
            return None
        (row,) = rows
        by = decode_address(row.channel, row.chat_id, row.user_id)
        return Block(customer=customer, until=row.until, reason=row.reason, by=by, at=row.at)

    async def lift(self, customer: Address) -> bool:
        """Forget it; False where there was none."""
        await self._transaction.touch()
        await self._contacts.find([customer])
        contact = self._contacts.known.get(customer)
        return contact is not None and bool(await self._transaction.fetch(_LIFT, {"whose": contact}))
