"""Members as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, delete, func, insert, select, update

from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.entry import AccountId
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.tiers import Standing
from bot.domain.messages import Address
from bot.storage.club.trade_tables import member_contacts, members
from bot.storage.codec import decode_address
from bot.storage.contacts import Contacts
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_CREATE = insert(members).returning(*members.c)
_GET = select(members).where(members.c.id == bindparam("member"))
_STAND = (
    update(members)
    .where(members.c.id == bindparam("member"))
    .values(tier=bindparam("tier"), tier_since=bindparam("since"), tier_until=bindparam("until"))
)
_LINK = insert_or_update(member_contacts, unique=("contact_id",), update=("member_id", "linked_at"))
_BY_CARD = select(members).where(members.c.card == bindparam("number"))
_UNLINK = delete(member_contacts).where(member_contacts.c.contact_id == bindparam("contact"))
_LEAVE = update(members).where(members.c.id == bindparam("member")).values(left_at=bindparam("at"))
_WHO = (
    select(members)
    .join(member_contacts, member_contacts.c.member_id == members.c.id)
    .where(member_contacts.c.contact_id == bindparam("contact"))
)

_ADDRESSES = (
    select(contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
    .select_from(member_contacts.join(contacts, contacts.c.id == member_contacts.c.contact_id))
    .where(member_contacts.c.member_id == bindparam("member"))
    .order_by(member_contacts.c.linked_at.desc(), contacts.c.id.desc())
)
BY_ACCOUNTS = select(members).where(members.c.account_id.in_(bindparam("accounts", expanding=True)))
ACTIVE = (
    select(members)
    .where(members.c.id > bindparam("after"), members.c.left_at.is_(None))
    .order_by(members.c.id)
    .limit(bindparam("limit", type_=Integer))
)
COUNT_FRIENDS = select(func.count()).select_from(members).where(members.c.invited_by_id == bindparam("member"))


class SqlMemberBook:
    """`MemberBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def create(
        self,
        account: AccountId,
        *,
        card: CardNumber,
        joined_at: datetime,
        age_confirmed: int = 0,
        invited_by: MemberId | None = None,
    ) -> Member:
        """Add a member with an account and a card of their own.

        Raises:
            ConflictError: somebody else has one of them.
        """
        await self._transaction.touch()
        row = {
            "account_id": account,
            "card": card,
            "joined_at": joined_at,
            "age_confirmed": age_confirmed,
            "invited_by_id": invited_by,
        }
        return read_member((await self._transaction.fetch(_CREATE, [row]))[0])

    async def get(self, member: MemberId) -> Member | None:
        """Return a member."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_GET, {"member": member})
        return read_member(rows[0]) if rows else None

    async def by_card(self, card: CardNumber) -> Member | None:
        """Return whose card it is."""
        rows = await self._transaction.fetch(_BY_CARD, {"number": card})
        return read_member(rows[0]) if rows else None

    async def link(self, address: Address, member: MemberId, *, at: datetime) -> None:
        """Note that a member writes from `address`, in the place of who wrote from there before."""
        await self._transaction.touch()
        await self._contacts.ensure([address])
        row = {"contact_id": self._contacts.known[address], "member_id": member, "linked_at": at}
        await self._transaction.write(_LINK, row)

    async def unlink(self, address: Address) -> None:
        """Note that no member writes from `address` any more."""
        await self._transaction.touch()
        await self._contacts.find([address])
        if address in self._contacts.known:
            await self._transaction.write(_UNLINK, {"contact": self._contacts.known[address]})

    async def addresses(self, member: MemberId) -> Sequence[Address]:
        """Return where a member is reached, the latest linked first."""
        rows = await self._transaction.fetch(_ADDRESSES, {"member": member})
        return [decode_address(row.channel, row.chat_id, row.user_id) for row in rows]

    async def leave(self, member: MemberId, *, at: datetime | None) -> None:
        """Note that a member left; None for one who is back."""
        await self._transaction.touch()
        await self._transaction.write(_LEAVE, {"member": member, "at": at})

    async def who(self, address: Address) -> Member | None:
        """Return the member who writes from `address`; one who left is returned too."""
        await self._contacts.find([address])
        if address not in self._contacts.known:
            return None
        rows = await self._transaction.fetch(_WHO, {"contact": self._contacts.known[address]})
        return read_member(rows[0]) if rows else None

    async def stand(self, member: MemberId, standing: Standing) -> None:
        """Note the tier of a member."""
        await self._transaction.touch()
        values = {"member": member, "tier": standing.tier, "since": standing.since, "until": standing.until}
        await self._transaction.write(_STAND, values)

    async def by_accounts(self, accounts: Sequence[AccountId]) -> Mapping[AccountId, Member]:
        """Return the members whose accounts these are."""
        rows = await self._transaction.fetch(BY_ACCOUNTS, {"accounts": list(accounts)}) if accounts else []
        return {AccountId(row.account_id): read_member(row) for row in rows}

    async def active(self, *, after: MemberId, limit: int) -> Sequence[Member]:
        """Return the members who did not leave, those behind `after`, by id."""
        return [read_member(row) for row in await self._transaction.fetch(ACTIVE, {"after": after, "limit": limit})]

    async def count_friends(self, member: MemberId) -> int:
        """Count who joined by the invitation of a member."""
        await self._transaction.touch()
        return int((await self._transaction.fetch(COUNT_FRIENDS, {"member": member}))[0][0])


def read_member(row: Row[Any]) -> Member:
    """Read a row of members."""
    standing = None
    if row.tier is not None:
        standing = Standing(tier=row.tier, since=row.tier_since, until=row.tier_until)
    return Member(
        id=MemberId(row.id),
        account=AccountId(row.account_id),
        card=CardNumber(row.card),
        joined_at=row.joined_at,
        age_confirmed=row.age_confirmed,
        left_at=row.left_at,
        standing=standing,
        invited_by=None if row.invited_by_id is None else MemberId(row.invited_by_id),
    )
