"""Ratings as rows."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.domain.ids import TranscriptId
from bot.domain.rating import Fault, Rating, Thumb
from bot.storage.codec import decode_address
from bot.storage.contacts import Contacts
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts, ratings
from bot.storage.transaction import Transaction

_PUT = insert_or_update(ratings, unique=("answers_id", "number", "contact_id"), update=("thumb", "fault", "given_at"))
_ALL = (
    select(
        ratings.c.answers_id,
        ratings.c.number,
        ratings.c.thumb,
        ratings.c.fault,
        ratings.c.given_at,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
    )
    .join(contacts, contacts.c.id == ratings.c.contact_id)
    .order_by(ratings.c.answers_id, ratings.c.number, contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
)


class SqlRatingBook:
    """`RatingBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def put(self, rating: Rating) -> None:
        """Store it in the place of what the same person said of the same message."""
        await self._transaction.touch()
        await self._contacts.ensure([rating.sender])
        row = {
            "answers_id": rating.answers,
            "number": rating.number,
            "contact_id": self._contacts.known[rating.sender],
            "thumb": rating.thumb,
            "fault": rating.fault,
            "given_at": rating.given_at,
        }
        await self._transaction.write(_PUT, row)

    async def all(self) -> Sequence[Rating]:
        """Return them all, by the message rated."""
        await self._transaction.touch()
        return [
            Rating(
                sender=decode_address(row.channel, row.chat_id, row.user_id),
                answers=TranscriptId(row.answers_id),
                number=row.number,
                thumb=Thumb(row.thumb),
                given_at=row.given_at,
                fault=None if row.fault is None else Fault(row.fault),
            )
            for row in await self._transaction.fetch(_ALL, {})
        ]
