"""Feedback as rows."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.domain.feedback import Feedback
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
        return [
            Feedback(
                sender=decode_address(row.channel, row.chat_id, row.user_id),
                begun_by=row.begun_by,
                rating=row.rating,
                comment=row.comment,
                given_at=row.given_at,
            )
            for row in await self._transaction.fetch(_ALL, {})
        ]
