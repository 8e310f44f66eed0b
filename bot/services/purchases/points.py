"""Purchase points: what a purchase gives, and what goes back with what was returned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.loyalty.earning import Line, Purchase
from bot.domain.members.member import Member
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """Goods of a counted purchase came back: `lines` are kopecks by line now, `returned` all so far, these included."""

    source: str
    purchase: Purchase
    lines: Mapping[int, int]
    returned: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Points that were given; `from_at` is when they can be spent, None where they can be at once."""

    points: int
    from_at: datetime | None = None


class PurchasePoints(Protocol):
    """Counts by the brand's rules. Each thing is counted once, however often it is told. Never commits."""

    async def bought(self, uow: UnitOfWork, member: Member, purchase: Purchase, *, now: datetime) -> Given:
        """Give the points of a purchase; they wait while goods can be returned. Locks the account."""
        ...

    async def came_back(self, uow: UnitOfWork, member: Member, back: CameBack, *, now: datetime) -> int:
        """Take back in proportion, and return how many points. Locks the account."""
        ...

    async def registered(self, uow: UnitOfWork, member: Member, *, serial: str, product: Line, now: datetime) -> Given:
        """Give what the registration of a device gives. Locks the account."""
        ...
