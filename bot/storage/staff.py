"""The brand's own people as rows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.domain.messages import Address
from bot.domain.staff import Role, StaffMember
from bot.storage.codec import decode_address, encode_address
from bot.storage.contacts import Contacts
from bot.storage.purchases.tables import staff
from bot.storage.statements import insert_new
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_ADD = insert_new(staff, unique=("contact_id", "role"), returning=(staff.c.role,))
_ACCOUNT = (contacts.c.channel == bindparam("channel"), contacts.c.user_id == bindparam("user"))
_WHO = (
    select(contacts.c.channel, contacts.c.chat_id, contacts.c.user_id, staff.c.contact_id, staff.c.role)
    .join(contacts, contacts.c.id == staff.c.contact_id)
    .order_by(contacts.c.channel, contacts.c.user_id, contacts.c.chat_id, staff.c.role)
)
_ROLES = _WHO.where(*_ACCOUNT)
_REMOVE = delete(staff).where(staff.c.contact_id == bindparam("contact"), staff.c.role == bindparam("taken"))


class SqlStaffBook:
    """`StaffBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, member: StaffMember, *, at: datetime) -> bool:
        """Give somebody a role; False when they had it."""
        await self._transaction.touch()
        await self._contacts.ensure([member.address])
        row = {"contact_id": self._contacts.known[member.address], "role": str(member.role), "added_at": at}
        return bool(await self._transaction.fetch(_ADD, [row]))

    async def remove(self, address: Address, role: Role | None = None) -> int:
        """Take a role, or all of them; return how many were taken."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_ROLES, _account(address))
        taken = [{"contact": row.contact_id, "taken": row.role} for row in rows if role in {None, Role(row.role)}]
        await self._transaction.write(_REMOVE, taken)
        return len(taken)

    async def all(self) -> Sequence[StaffMember]:
        """Return everybody, by platform, account and role."""
        rows = await self._transaction.fetch(_WHO, {})
        return [
            StaffMember(address=decode_address(row.channel, row.chat_id, row.user_id), role=Role(row.role))
            for row in rows
        ]

    async def roles(self, address: Address) -> Collection[Role]:
        """Return what somebody may do; nothing for a customer."""
        return {Role(row.role) for row in await self._transaction.fetch(_ROLES, _account(address))}


def _account(address: Address) -> dict[str, str]:
    channel, _, user = encode_address(address)
    return {"channel": channel, "user": user}
