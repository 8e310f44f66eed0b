"""Invitations as rows."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.storage.contacts import Contacts
from bot.storage.members.tables import invitations, invitees
from bot.storage.statements import insert_or_update
from bot.storage.transaction import Transaction

_CODE = select(invitations.c.code).where(invitations.c.member_id == bindparam("member"))
_KEEP = insert(invitations)
_WHOSE = select(invitations.c.member_id).where(invitations.c.code == bindparam("typed"))
_FOLLOW = insert_or_update(invitees, unique=("contact_id",), update=("member_id", "invited_at"))
_INVITER = select(invitees.c.member_id).where(invitees.c.contact_id == bindparam("contact"))
_CLOSE = delete(invitees).where(invitees.c.contact_id == bindparam("contact"))


class SqlInvitationBook:
    """`InvitationBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def code_of(self, member: MemberId) -> str | None:
        """Return the code of a member."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_CODE, {"member": member})
        return rows[0].code if rows else None

    async def keep(self, member: MemberId, code: str) -> None:
        """Give a member a code.

        Raises:
            ConflictError: somebody has it, or they have one; here or by the commit.
        """
        await self._transaction.touch()
        await self._transaction.write(_KEEP, {"member_id": member, "code": code})

    async def whose(self, code: str) -> MemberId | None:
        """Return the member who invites by `code`."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_WHOSE, {"typed": code})
        return MemberId(rows[0].member_id) if rows else None

    async def follow(self, address: Address, inviter: MemberId, *, at: datetime) -> None:
        """Note whose invitation somebody followed, in the place of an earlier one."""
        await self._transaction.touch()
        await self._contacts.ensure([address])
        row = {"contact_id": self._contacts.known[address], "member_id": inviter, "invited_at": at}
        await self._transaction.write(_FOLLOW, row)

    async def inviter(self, address: Address) -> MemberId | None:
        """Return whose invitation somebody followed last and has not used."""
        await self._transaction.touch()
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        rows = [] if contact is None else await self._transaction.fetch(_INVITER, {"contact": contact})
        return MemberId(rows[0].member_id) if rows else None

    async def close(self, address: Address) -> None:
        """Forget whose invitation somebody followed."""
        await self._transaction.touch()
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        if contact is not None:
            await self._transaction.write(_CLOSE, {"contact": contact})
