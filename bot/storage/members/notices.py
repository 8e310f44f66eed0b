"""What members want to hear of, as rows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Integer, and_, bindparam, func, literal_column, select

from bot.domain.loyalty.member import Member, MemberId
from bot.domain.members.notices import NoticeKind
from bot.storage.club.members import read_member
from bot.storage.club.trade_tables import members
from bot.storage.members.tables import member_notices
from bot.storage.statements import insert_or_update
from bot.storage.transaction import Transaction

_MUTED = select(member_notices.c.kind).where(
    member_notices.c.member_id == bindparam("member"), member_notices.c.is_muted.is_(True)
)
_MUTE = insert_or_update(member_notices, unique=("member_id", "kind"), update=("is_muted",))
_TELL = insert_or_update(member_notices, unique=("member_id", "kind"), update=("told",))
_told = func.coalesce(member_notices.c.told, literal_column("''"))
UNTOLD = (
    select(members, _told.label("told"))
    .select_from(members)
    .outerjoin(
        member_notices,
        and_(member_notices.c.member_id == members.c.id, member_notices.c.kind == literal_column("'tier'")),
    )
    .where(members.c.tier_since >= bindparam("since"), members.c.left_at.is_(None), _told != members.c.tier)
    .order_by(members.c.tier_since, members.c.id)
    .limit(bindparam("limit", type_=Integer))
)


class SqlNoticeBook:
    """`NoticeBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def muted(self, member: MemberId) -> frozenset[NoticeKind]:
        """Return what is switched off."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_MUTED, {"member": member})
        return frozenset(NoticeKind(row.kind) for row in rows)

    async def mute(self, member: MemberId, kind: NoticeKind, *, is_muted: bool) -> None:
        """Switch a kind off, or on again."""
        await self._transaction.touch()
        row = {"member_id": member, "kind": str(kind), "is_muted": is_muted}
        await self._transaction.write(_MUTE, row)

    async def tell(self, member: MemberId, kind: NoticeKind, told: str) -> None:
        """Note what was told last."""
        await self._transaction.touch()
        await self._transaction.write(_TELL, {"member_id": member, "kind": str(kind), "told": told})

    async def untold_tiers(self, *, since: date, limit: int) -> Sequence[tuple[Member, str]]:
        """Return members whose tier of `since` or later is not the one told last, with that one."""
        rows = await self._transaction.fetch(UNTOLD, {"since": since, "limit": limit})
        return [(read_member(row), row.told) for row in rows]
