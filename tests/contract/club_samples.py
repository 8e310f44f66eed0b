"""A club to try things in: a program, people, purchases; what does not matter filled in."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count

from bot.domain.loyalty.account import Balance
from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.earning import Line, Purchase
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.period import Period
from bot.domain.loyalty.program import CodeOrigin, Program, Referral, Reward, Rule, RuleKind, Tier, Words
from bot.domain.loyalty.voucher import Voucher, voucher_code
from bot.services.club.accruals import Accruals
from bot.services.club.points import Points
from bot.services.club.promo import PromoCodes
from bot.services.club.purchases import Purchases, Recorded
from bot.services.club.rewards import Rewards
from bot.services.ports import UnitOfWorkFactory

NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NAME = Words(default="A")


def rule(id_: str, kind: RuleKind = RuleKind.PURCHASE, **more: object) -> Rule:
    """A rule in its first version."""
    return Rule(id=id_, version="1", kind=kind, is_qualifying=kind is RuleKind.PURCHASE, **more)  # type: ignore[arg-type]


CLUB = Program(
    name=NAME,
    pending=Period(days=14),
    points_expire=Period(months=12),
    tiers=(
        Tier(id="friend", name=NAME, start=0),
        Tier(id="expert", name=NAME, start=100, multiplier=Fraction(2)),
    ),
    rules=(
        rule("basic", per_100_roubles=5),
        rule("weekend", multiplier=Fraction(2), products=frozenset({"tv"}), budget=60),
        rule("first", RuleKind.FIRST_PURCHASE, points=300),
        rule("review", RuleKind.REVIEW, points=50, cap_per_month=120),
        rule("joining", RuleKind.REGISTRATION, points=1000),
    ),
    rewards=(
        Reward(id="mug", name=NAME, cost=400, stock=1, valid=Period(months=3)),
        Reward(id="coupon", name=NAME, cost=100, limit_per_year=2),
        Reward(id="cinema", name=NAME, cost=100, codes=CodeOrigin.IMPORTED),
        Reward(id="trip", name=NAME, cost=100, tier="expert"),
    ),
    referral=Referral(inviter=300, friend=200, cap_per_year=1),
)


def bought(source: str, *roubles: int, product: str = "camera", at: datetime = NOON) -> Purchase:
    """Something for so many roubles, a line each."""
    lines = (
        Line(number=number, paid_kopecks=paid * 100, product=product, categories=frozenset({"10"}))
        for number, paid in enumerate(roubles, start=1)
    )
    return Purchase(source=f"order:{source}", kind=RuleKind.PURCHASE, at=at, lines=tuple(lines))


@dataclass(slots=True)
class Club:
    """Services on a store; every call is a unit of work of its own, in a turn."""

    open_uow: UnitOfWorkFactory
    program: Program = CLUB
    now: datetime = NOON
    points: Points = field(default_factory=Points)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def accruals(self) -> Accruals:
        return Accruals(self.points)

    @property
    def purchases(self) -> Purchases:
        return Purchases(self.points, self.accruals)

    @property
    def promo(self) -> PromoCodes:
        return PromoCodes(self.points)

    @property
    def rewards(self) -> Rewards:
        return Rewards(self.points, new_code=lambda: voucher_code(next(self.numbers) << 20))

    async def join(self, *, invited_by: MemberId | None = None, points: int = 0) -> Member:
        """Have somebody join, perhaps with something to spend."""
        async with self.open_uow() as uow:
            account = await uow.club.ledger.create()
            card = card_number("27", next(self.numbers))
            member = await uow.club.members.create(account, card=card, joined_at=self.now, invited_by=invited_by)
            for number in range(points // 1000):
                await self.accruals.happened(
                    uow, self.program, member, kind=RuleKind.REGISTRATION, occasion=str(number), now=self.now
                )
            await uow.commit()
        return member

    async def buy(self, member: Member, purchase: Purchase) -> Recorded:
        """Have somebody buy something."""
        async with self.open_uow() as uow:
            async with uow.turn():
                recorded = await self.purchases.record(uow, self.program, member.id, purchase, now=self.now)
            await uow.commit()
        return recorded

    async def give_back(self, source: str, of: str, **lines: int) -> Recorded | None:
        """Return roubles of lines: ``line_1=500``."""
        kopecks = {int(name.removeprefix("line_")): roubles * 100 for name, roubles in lines.items()}
        async with self.open_uow() as uow:
            async with uow.turn():
                recorded = await self.purchases.give_back(
                    uow, source=source, of=f"order:{of}", lines=kopecks, now=self.now
                )
            await uow.commit()
        return recorded

    async def redeem(self, member: Member, reward: str, *, key: str) -> Voucher:
        """Spend points; what fails leaves nothing behind."""
        async with self.open_uow() as uow:
            async with uow.turn():
                voucher = await self.rewards.redeem(uow, self.program, member, reward_id=reward, key=key, now=self.now)
            await uow.commit()
        return voucher

    async def balance(self, member: Member) -> Balance:
        """Look at what somebody has."""
        async with self.open_uow() as uow:
            return await self.points.balance(uow, member.account, now=self.now)

    async def available(self, member: Member) -> int:
        """Look at what somebody can spend."""
        return (await self.balance(member)).available
