"""People: who can be written to."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.domain.messages import Address
from bot.storage.codec import storable
from bot.storage.contacts import Contacts
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_MARK = (
    update(contacts)
    .where(contacts.c.id == bindparam("contact"))
    .values(unreachable_at=bindparam("since"), unreachable_reason=bindparam("why"))
)
_FIND = select(contacts.c.unreachable_at).where(contacts.c.id == bindparam("contact"))


class SqlPeople:
    """`People` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def mark_unreachable(self, address: Address, *, reason: str, at: datetime) -> None:
        """Note that a platform does not let us write to `address` any more."""
        await self._transaction.touch()
        await self._contacts.ensure([address])
        values = {"contact": self._contacts.known[address], "since": at, "why": storable(reason)}
        await self._transaction.write(_MARK, values)

    async def is_reachable(self, address: Address) -> bool:
        """Whether nothing speaks against writing to `address`."""
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        rows = await self._transaction.fetch(_FIND, {"contact": contact}) if contact is not None else []
        return not rows or rows[0].unreachable_at is None
