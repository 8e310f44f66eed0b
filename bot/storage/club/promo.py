"""Promo codes as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.loyalty.member import MemberId
from bot.domain.loyalty.promo import PromoCode
from bot.storage.club.trade_tables import promo_codes, promo_uses
from bot.storage.statements import insert_new
from bot.storage.transaction import Transaction

_ADD = insert_new(promo_codes, unique=("code",), returning=(promo_codes.c.code,))
_FIND = (
    select(promo_codes)
    .where(promo_codes.c.code.in_(bindparam("codes", expanding=True)))
    .order_by(promo_codes.c.code)
    .with_for_update()
)
_HAS_USED = select(promo_uses.c.code).where(
    promo_uses.c.code == bindparam("code"), promo_uses.c.member_id == bindparam("member")
)
_USE = insert(promo_uses)
_COUNT_USE = update(promo_codes).where(promo_codes.c.code == bindparam("name")).values(uses=promo_codes.c.uses + 1)
_waiting = (promo_uses.c.member_id == bindparam("member"), promo_uses.c.is_waiting)
_WAITING = (
    select(promo_codes)
    .join(promo_uses, promo_uses.c.code == promo_codes.c.code)
    .where(*_waiting)
    .order_by(promo_codes.c.code)
)
_WAIT_NO_MORE = update(promo_uses).where(*_waiting).values(is_waiting=False)


class SqlPromoBook:
    """`PromoBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, codes: Sequence[PromoCode]) -> int:
        """Store codes in normal form; return how many were new."""
        await self._transaction.touch()
        rows = [
            {
                "code": promo.code,
                "campaign": promo.campaign,
                "points": promo.points,
                "since": promo.since,
                "until": promo.until,
                "uses_limit": promo.limit,
                "uses": promo.uses,
                "member_id": promo.member,
                "is_first_purchase": promo.is_first_purchase,
            }
            for promo in {promo.code: promo for promo in reversed(codes)}.values()
        ]
        return len(await self._transaction.fetch(_ADD, rows))

    async def find(self, codes: Sequence[str]) -> PromoCode | None:
        """Return the first of `codes` that there is, locked until the commit."""
        await self._transaction.touch()
        rows = {row.code: row for row in await self._transaction.fetch(_FIND, {"codes": list(codes)})}
        return next((_read(rows[code]) for code in codes if code in rows), None)

    async def has_used(self, code: str, member: MemberId) -> bool:
        """Whether a member used a code."""
        await self._transaction.touch()
        return bool(await self._transaction.fetch(_HAS_USED, {"code": code, "member": member}))

    async def use(self, code: str, member: MemberId, *, at: datetime, is_waiting: bool) -> None:
        """Count one more use."""
        await self._transaction.touch()
        row = {"code": code, "member_id": member, "used_at": at, "is_waiting": is_waiting}
        await self._transaction.write(_USE, row)
        await self._transaction.write(_COUNT_USE, {"name": code})

    async def take_waiting(self, member: MemberId) -> Sequence[PromoCode]:
        """Return the codes whose points wait for the first purchase of a member; they wait no more."""
        await self._transaction.touch()
        found = [_read(row) for row in await self._transaction.fetch(_WAITING, {"member": member})]
        if found:
            await self._transaction.write(_WAIT_NO_MORE, {"member": member})
        return found


def _read(row: Row[Any]) -> PromoCode:
    return PromoCode(
        code=row.code,
        campaign=row.campaign,
        points=row.points,
        since=row.since,
        until=row.until,
        limit=row.uses_limit,
        uses=row.uses,
        member=None if row.member_id is None else MemberId(row.member_id),
        is_first_purchase=row.is_first_purchase,
    )
