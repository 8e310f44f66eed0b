"""Members as rows, and whose address it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.entry import AccountId
from bot.domain.members.member import Member, MemberId
from bot.domain.messages import Address
from bot.services.club.members import Candidate
from bot.storage.codec import decode_address
from bot.storage.contacts import Contacts
from bot.storage.members.tables import member_contacts, members
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_ADD = insert(members).returning(members.c.id)
_ADD_CONTACT = insert(member_contacts).returning(member_contacts.c.contact_id)
_LINK = insert_or_update(member_contacts, unique=("contact_id",), update=("member_id", "linked_at"))
_GET = select(members).where(members.c.id == bindparam("member"))
_BY_CARD = select(members).where(members.c.card == bindparam("card"))
OF_CONTACT = (
    select(members)
    .join(member_contacts, member_contacts.c.member_id == members.c.id)
    .where(member_contacts.c.contact_id == bindparam("contact"))
)
_ADDRESSES = (
    select(contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
    .join(member_contacts, member_contacts.c.contact_id == contacts.c.id)
    .where(member_contacts.c.member_id == bindparam("member"))
    .order_by(member_contacts.c.linked_at.desc(), contacts.c.id.desc())
)
_UNLINK = delete(member_contacts).where(member_contacts.c.contact_id == bindparam("contact"))
_LEAVE = update(members).where(members.c.id == bindparam("member")).values(left_at=bindparam("at"))


class SqlMemberBook:
    """`MemberBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, candidate: Candidate, address: Address, *, at: datetime) -> Member:
        """Let somebody join with their first address.

        Raises:
            ConflictError: somebody has this card, or the address is a member's already.
        """
        await self._transaction.touch()
        await self._contacts.ensure([address])
        row = {
            "card": candidate.card,
            "account_id": candidate.account,
            "joined_at": at,
            "age_confirmed": candidate.age_confirmed,
        }
        member = MemberId((await self._transaction.fetch(_ADD, [row]))[0].id)
        contact = {"contact_id": self._contacts.known[address], "member_id": member, "linked_at": at}
        await self._transaction.fetch(_ADD_CONTACT, [contact])
        return Member(
            id=member,
            account=candidate.account,
            card=candidate.card,
            joined_at=at,
            age_confirmed=candidate.age_confirmed,
        )

    async def find(self, address: Address) -> Member | None:
        """Return whose address it is; one who left is returned too."""
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        if contact is None:
            return None
        return _member(await self._transaction.fetch(OF_CONTACT, {"contact": contact}))

    async def get(self, member: MemberId) -> Member | None:
        """Return a member."""
        return _member(await self._transaction.fetch(_GET, {"member": member}))

    async def by_card(self, card: CardNumber) -> Member | None:
        """Return whose card it is."""
        return _member(await self._transaction.fetch(_BY_CARD, {"card": card}))

    async def addresses(self, member: MemberId) -> Sequence[Address]:
        """Return where a member is reached, the latest linked first."""
        rows = await self._transaction.fetch(_ADDRESSES, {"member": member})
        return [decode_address(row.channel, row.chat_id, row.user_id) for row in rows]

    async def link(self, member: MemberId, address: Address, *, at: datetime) -> None:
        """Let an address belong to a member, whoever had it before."""
        await self._transaction.touch()
        await self._contacts.ensure([address])
        row = {"contact_id": self._contacts.known[address], "member_id": member, "linked_at": at}
        await self._transaction.write(_LINK, row)

    async def unlink(self, address: Address) -> None:
        """Let an address belong to nobody."""
        await self._transaction.touch()
        await self._contacts.find([address])
        if address in self._contacts.known:
            await self._transaction.write(_UNLINK, {"contact": self._contacts.known[address]})

    async def leave(self, member: MemberId, *, at: datetime | None) -> None:
        """Note that a member left; None for one who is back."""
        await self._transaction.touch()
        await self._transaction.write(_LEAVE, {"member": member, "at": at})


def _member(rows: Sequence[Row[Any]]) -> Member | None:
    if not rows:
        return None
    (row,) = rows
    return Member(
        id=MemberId(row.id),
        account=AccountId(row.account_id),
        card=CardNumber(row.card),
        joined_at=row.joined_at,
        age_confirmed=row.age_confirmed,
        left_at=row.left_at,
    )
