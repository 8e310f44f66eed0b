"""Feedback as rows."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.domain.feedback import Feedback
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.statements import insert_new
from bot.storage.tables import contacts, feedback
from bot.storage.transaction import Transaction

_ADD = insert_new(feedback, unique=("key",), returning=(feedback.c.key,))
_ALL = (
    select(
        feedback.c.key,
        feedback.c.rating,
        feedback.c.comment,
        feedback.c.given_at,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
    )
    .join(contacts, contacts.c.id == feedback.c.contact_id)
    .order_by(feedback.c.given_at, feedback.c.key)
)


class SqlFeedbackBook:
    """`FeedbackBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, feedback: Feedback) -> bool:
        """Store it; False when its key was stored before."""
        await self._transaction.touch()
        await self._contacts.ensure([feedback.sender])
        row = {
            "key": storable(feedback.key),
            "contact_id": self._contacts.known[feedback.sender],
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
                key=row.key,
                sender=decode_address(row.channel, row.chat_id, row.user_id),
                rating=row.rating,
                comment=row.comment,
                given_at=row.given_at,
            )
            for row in await self._transaction.fetch(_ALL, {})
        ]
