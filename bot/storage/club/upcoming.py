"""Upcoming: what will happen to points by itself, found by the index of what is due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, literal_column, or_, select

from bot.domain.loyalty.entry import AccountId
from bot.services.club.ports import Expiring
from bot.storage.club.rows import NEVER
from bot.storage.club.tables import holds, lots
from bot.storage.transaction import Transaction

_live = lots.c.remaining > lots.c.held
NEXT_LOT = select(lots.c.due_at).where(_live).order_by(lots.c.due_at, lots.c.account_id).limit(1)
NEXT_HOLD = (
    select(holds.c.expires_at)
    .where(holds.c.captured + holds.c.released == literal_column("0"))
    .order_by(holds.c.expires_at, holds.c.account_id)
    .limit(1)
)
EXPIRING = (
    select(lots.c.due_at, lots.c.account_id, func.sum(lots.c.remaining - lots.c.held).label("points"))
    .where(
        _live,
        ~lots.c.is_pending,
        lots.c.due_at >= bindparam("since"),
        lots.c.due_at <= bindparam("until"),
        or_(lots.c.due_at > bindparam("since"), lots.c.account_id > bindparam("after")),
    )
    .group_by(lots.c.due_at, lots.c.account_id)
    .order_by(lots.c.due_at, lots.c.account_id)
    .limit(bindparam("limit", type_=Integer))
)
"""What is not pending is due when it expires."""


class Upcoming:
    """Looks ahead on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def next_due_at(self) -> datetime | None:
        """Tell when something is due next; None when nothing ever is."""
        await self._transaction.touch()
        found = [row.due_at for row in await self._transaction.fetch(NEXT_LOT, {})]
        found += [row.expires_at for row in await self._transaction.fetch(NEXT_HOLD, {})]
        return min((at for at in found if at < NEVER), default=None)

    async def expiring(self, *, since: datetime, after: AccountId, until: datetime, limit: int) -> Sequence[Expiring]:
        """Return available points that expire from `since` to `until`, by moment and account."""
        await self._transaction.touch()
        values = {"since": since, "after": after, "until": until, "limit": limit}
        return [
            Expiring(account=AccountId(row.account_id), at=row.due_at, points=int(row.points))
            for row in await self._transaction.fetch(EXPIRING, values)
        ]
