"""What rules would have given for purchases of the past."""

from datetime import date, datetime
from fractions import Fraction

from bot.domain.loyalty.earning import Line, Purchase
from bot.domain.loyalty.program import Program, Rule, RuleKind, Tier, Words
from bot.domain.loyalty.simulation import PastPurchase, simulate, without_dates

NAME = Words(default="A")
BASIC = Rule(id="basic", version="1", kind=RuleKind.PURCHASE, per_100_roubles=5, is_qualifying=True, cap_per_month=120)
LATER = Rule(
    id="later", version="1", kind=RuleKind.PURCHASE, multiplier=Fraction(3), since=date(2027, 1, 1), budget=150
)
FIRST = Rule(id="first", version="1", kind=RuleKind.FIRST_PURCHASE, points=10)
CLUB = Program(
    name=NAME,
    tiers=(Tier(id="friend", name=NAME, start=0), Tier(id="expert", name=NAME, start=100, multiplier=Fraction(2))),
    rules=(BASIC, LATER, FIRST),
)


def past(member: str, day: str, roubles: int) -> PastPurchase:
    line = Line(number=1, paid_kopecks=roubles * 100)
    at = datetime.fromisoformat(f"{day}T12:00+03:00")
    return PastPurchase(
        member=member, purchase=Purchase(source=f"{member}{day}", kind=RuleKind.PURCHASE, at=at, lines=(line,))
    )


def test_tiers_caps_and_first_purchases_count_in_the_order_of_time() -> None:
    purchases = [
        past("ann", "2026-04-02", 1000),  # 5 × 10, twice for an expert, cut to what is left of 120
        past("ann", "2026-03-01", 2000),  # 100 and 10 for the first; makes an expert
        past("bob", "2026-04-01", 100),  # 5 and 10
        past("ann", "2026-04-03", 1000),
    ]
    result = simulate(CLUB, purchases)
    assert result.by_rule == {"basic": 100 + 100 + 20 + 5, "first": 20}
    assert result.by_month == {date(2026, 3, 1): 110, date(2026, 4, 1): 135}
    assert result.by_member == {"ann": 230, "bob": 15}
    assert result.by_tier == {"expert": 1, "friend": 1}
    assert (result.points, result.cut, result.purchases, result.paid_kopecks) == (245, 80, 4, 410_000)


def test_a_promotion_to_come_can_be_tried_on_the_past() -> None:
    purchases = [past("ann", "2026-03-01", 1000), past("bob", "2026-03-02", 1000)]
    assert "later" not in simulate(CLUB, purchases).by_rule
    assert simulate(without_dates(CLUB), purchases).by_rule["later"] == 150


def test_what_cost_nothing_is_no_first_purchase() -> None:
    purchases = [past("ann", "2026-03-01", 0), past("ann", "2026-03-02", 0), past("ann", "2026-03-03", 100)]
    assert simulate(CLUB, purchases).by_rule == {"basic": 5, "first": 10}
