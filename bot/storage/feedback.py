"""Feedback as rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.domain.feedback import Feedback
from bot.domain.messages import Address
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.statements import insert_new
from bot.storage.tables import contacts, feedback
from bot.storage.transaction import Transaction

_ADD = insert_new(feedback, unique=("contact_id", "begun_by"), returning=(feedback.c.contact_id,))
_ALL = (
    select(
        feedback.c.begun_by,
        feedback.c.rating,
        feedback.c.comment,
        feedback.c.given_at,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
    )
    .join(contacts, contacts.c.id == feedback.c.contact_id)
    .order_by(feedback.c.given_at, feedback.c.contact_id, feedback.c.begun_by)
)

_OF = _ALL.where(feedback.c.contact_id == bindparam("contact"))


class SqlFeedbackBook:
    """`FeedbackBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, feedback: Feedback) -> bool:
        """Store it; False when what this sender began at this time was stored before."""
        await self._transaction.touch()
        await self._contacts.ensure([feedback.sender])
        row = {
            "contact_id": self._contacts.known[feedback.sender],
            "begun_by": feedback.begun_by,
            "rating": feedback.rating,
            "comment": storable(feedback.comment),
            "given_at": feedback.given_at,
        }
        return bool(await self._transaction.fetch(_ADD, [row]))

    async def all(self) -> Sequence[Feedback]:
        """Return everything given, oldest first."""
        await self._transaction.touch()
        return [_feedback(row) for row in await self._transaction.fetch(_ALL, {})]

    async def of(self, sender: Address) -> Sequence[Feedback]:
        """Return what somebody gave, oldest first."""
        await self._contacts.find([sender])
        contact = self._contacts.known.get(sender)
        rows = await self._transaction.fetch(_OF, {"contact": contact}) if contact is not None else []
        return [_feedback(row) for row in rows]


def _feedback(row: Row[Any]) -> Feedback:
    return Feedback(
        sender=decode_address(row.channel, row.chat_id, row.user_id),
        begun_by=row.begun_by,
        rating=row.rating,
        comment=row.comment,
        given_at=row.given_at,
    )
