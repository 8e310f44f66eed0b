"""Overview: what a member sees of the club at a glance."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.loyalty.account import Balance
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program, Tier
from bot.domain.loyalty.tiers import NextTier, next_tier, review, window_start
from bot.services.club.points import Points
from bot.services.club.ports import ClubUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """`tier` is None where the club has none, `next` at the top. `qualifying` counts for the tier, in its period."""

    balance: Balance
    tier: Tier | None
    next: NextTier | None
    qualifying: int


async def overview(unit: ClubUnit, program: Program, member: Member, *, points: Points, now: datetime) -> Overview:
    """Tell balance, tier and what is missing to the next. Writes and locks nothing; as quick for a long past."""
    day = now.astimezone(program.zone).date()
    qualifying = await points.qualifying(unit, member.account, since=window_start(program, day))
    standing = review(program, member.standing, qualifying=qualifying, day=day)
    return Overview(
        balance=await points.balance(unit, member.account, now=now),
        tier=program.tier(standing.tier) if standing is not None else None,
        next=next_tier(program, standing, qualifying=qualifying),
        qualifying=qualifying,
    )
