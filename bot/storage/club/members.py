"""Members as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.loyalty.entry import AccountId
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.tiers import Standing
from bot.domain.messages import Address
from bot.storage.club.trade_tables import member_contacts, members
from bot.storage.contacts import Contacts
from bot.storage.statements import insert_or_update
from bot.storage.transaction import Transaction

_CREATE = insert(members).returning(*members.c)
_GET = select(members).where(members.c.id == bindparam("member"))
_STAND = (
    update(members)
    .where(members.c.id == bindparam("member"))
    .values(tier=bindparam("tier"), tier_since=bindparam("since"), tier_until=bindparam("until"))
)
_LINK = insert_or_update(member_contacts, unique=("contact_id",), update=("member_id",))
_WHO = (
    select(members)
    .join(member_contacts, member_contacts.c.member_id == members.c.id)
    .where(member_contacts.c.contact_id == bindparam("contact"))
)


class SqlMemberBook:
    """`MemberBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def create(self, account: AccountId, *, joined_at: datetime, invited_by: MemberId | None = None) -> Member:
        """Add a member with an account of their own."""
        await self._transaction.touch()
        row = {"account_id": account, "joined_at": joined_at, "invited_by_id": invited_by}
        return _read((await self._transaction.fetch(_CREATE, [row]))[0])

    async def get(self, member: MemberId) -> Member | None:
        """Return a member."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_GET, {"member": member})
        return _read(rows[0]) if rows else None

    async def link(self, address: Address, member: MemberId) -> None:
        """Note that a member writes from `address`."""
        await self._transaction.touch()
        await self._contacts.ensure([address])
        await self._transaction.write(_LINK, {"contact_id": self._contacts.known[address], "member_id": member})

    async def who(self, address: Address) -> Member | None:
        """Return the member who writes from `address`."""
        await self._transaction.touch()
        await self._contacts.find([address])
        if address not in self._contacts.known:
            return None
        rows = await self._transaction.fetch(_WHO, {"contact": self._contacts.known[address]})
        return _read(rows[0]) if rows else None

    async def stand(self, member: MemberId, standing: Standing) -> None:
        """Note the tier of a member."""
        await self._transaction.touch()
        values = {"member": member, "tier": standing.tier, "since": standing.since, "until": standing.until}
        await self._transaction.write(_STAND, values)


def _read(row: Row[Any]) -> Member:
    standing = None
    if row.tier is not None:
        standing = Standing(tier=row.tier, since=row.tier_since, until=row.tier_until)
    return Member(
        id=MemberId(row.id),
        account=AccountId(row.account_id),
        joined_at=row.joined_at,
        standing=standing,
        invited_by=None if row.invited_by_id is None else MemberId(row.invited_by_id),
    )
