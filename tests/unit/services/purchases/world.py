"""A club with a few members and rules, over a store in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from bot.domain.ids import ChannelName
from bot.domain.loyalty.account import Balance
from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.period import Period
from bot.domain.loyalty.program import Program, Rule, RuleKind, Tier, Words
from bot.domain.messages import Address
from bot.domain.purchases.claim import Claim, ClaimId
from bot.domain.purchases.order import Order, OrderKey, OrderLine, OrderReturn
from bot.domain.receipts.receipt import Receipt
from bot.runtime.clock import MovableClock
from bot.services.club.accruals import Accruals
from bot.services.club.points import Points
from bot.services.club.purchases import Purchases
from bot.services.purchases.devices import Devices
from bot.services.purchases.intake import Intake, Told, Totals
from bot.services.purchases.orders import Orders
from bot.services.purchases.receipts import Receipts
from tests.fakes.uow import FakeDatabase

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Twelve o'clock in Moscow."""

PROGRAM = Program(
    name=Words(default="Клуб"),
    pending=Period(days=14),
    points_expire=Period(months=12),
    tiers=(Tier(id="friend", name=Words(default="Друг"), start=0, multiplier=Fraction(1)),),
    rules=(
        Rule(id="purchase", version="1", kind=RuleKind.PURCHASE, per_100_roubles=5, is_qualifying=True),
        Rule(id="lenses", version="1", kind=RuleKind.PURCHASE, per_100_roubles=10, categories=frozenset({"12"})),
        Rule(id="receipt", version="1", kind=RuleKind.RECEIPT, per_100_roubles=3, cap_per_month=200),
        Rule(id="first", version="1", kind=RuleKind.FIRST_PURCHASE, points=300),
        Rule(
            id="device",
            version="1",
            kind=RuleKind.PRODUCT_REGISTRATION,
            points=150,
            categories=frozenset({"10"}),
        ),
    ),
)
CATEGORIES: Mapping[str, frozenset[str]] = {"camera": frozenset({"10"}), "lens": frozenset({"12"})}
RECEIPT = Receipt(
    day=date(2026, 11, 20),
    clock=time(13, 42),
    total_kopecks=485_000,
    drive="9287440300634471",
    document=13571,
    sign=3_730_902_192,
)
ANN = Address(ChannelName("console"), "ann", "ann")
BOB = Address(ChannelName("console"), "bob", "bob")
OPERATOR = Address(ChannelName("console"), "op1", "op1")


def make_order(
    number: str = "A-1",
    *,
    card: str = "",
    receipt: Receipt | None = RECEIPT,
    prices: tuple[int, ...] = (400_000, 85_000),
) -> Order:
    """An order of a camera and a lens, in the forms that matter here."""
    products = ("camera", "lens", "", "")
    return Order(
        key=OrderKey("online", number),
        bought_at=NOON - timedelta(days=3),
        lines=tuple(
            OrderLine(number=place, product=products[place - 1], paid_kopecks=kopecks)
            for place, kopecks in enumerate(prices, 1)
        ),
        card=card,
        receipt=receipt.key if receipt else None,
    )


def make_return(number: str = "r1", *, lines: Mapping[int, int] | None = None) -> OrderReturn:
    """A return of the order above."""
    return OrderReturn(key=OrderKey("online", "A-1"), number=number, returned_at=NOON, lines=lines or {})


def other_receipt(number: int) -> Receipt:
    """Another paper altogether."""
    return replace(RECEIPT, document=20_000 + number, sign=100_000 + number)


@dataclass
class World:
    """Everything that is needed; `program` may be changed."""

    program: Program = PROGRAM
    database: FakeDatabase = field(default_factory=FakeDatabase)
    clock: MovableClock = field(default_factory=lambda: MovableClock(NOON))

    def __post_init__(self) -> None:
        rules: Callable[[], Program] = lambda: self.program  # noqa: E731 - a closure over what may be changed
        self.points = Points()
        self.accruals = Accruals(self.points)
        purchases = Purchases(self.points, self.accruals)
        self.orders = Orders(purchases, lambda product: CATEGORIES.get(product, frozenset()), rules)
        self.devices = Devices(self.accruals, lambda product: CATEGORIES.get(product, frozenset()), rules)
        self.receipts = Receipts(self.orders, rules)
        self.intake = Intake(
            uow=self.database.unit_of_work, orders=self.orders, receipts=self.receipts, clock=self.clock
        )

    @property
    def now(self) -> datetime:
        """What the clock says."""
        return self.clock.now()

    async def join(self, address: Address = ANN, serial: int = 1) -> Member:
        """Let somebody in."""
        async with self.database.unit_of_work() as uow:
            members = uow.club.members
            account = await uow.club.ledger.create()
            member = await members.create(account, card=card_number("27", serial), joined_at=self.now)
            await members.link(address, member.id, at=self.now)
            await uow.commit()
        return member

    async def register(self, member: Member, receipt: Receipt = RECEIPT) -> Claim:
        """Register a receipt."""
        async with self.database.unit_of_work() as uow:
            claim = await self.receipts.register(uow, member, receipt, now=self.now)
            await uow.commit()
        return claim

    async def take(self, *told: Told) -> Totals:
        """Take orders and returns in."""
        return await self.intake.take(told)

    async def balance(self, member: Member) -> Balance:
        """What somebody has."""
        async with self.database.unit_of_work() as uow:
            return await self.points.balance(uow, member.account, now=self.now)

    async def claim(self, number: ClaimId) -> Claim:
        """Read a claim again."""
        async with self.database.unit_of_work() as uow:
            claim = await uow.purchases.claims.get(number)
        assert claim is not None
        return claim
