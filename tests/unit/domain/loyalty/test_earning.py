"""What earns how many points, and what a return takes back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.loyalty.earning import (
    Accrual,
    Line,
    Purchase,
    Situation,
    earn_by_event,
    earn_by_purchase,
    returned_points,
)
from bot.domain.loyalty.entry import MOST_POINTS
from bot.domain.loyalty.program import Program, QualifyBy, Rule, RuleKind, Tier, Words

NOON = datetime(2026, 6, 1, 9, tzinfo=UTC)
NAME = Words(default="A")
EXPERT = Tier(id="expert", name=NAME, start=1000, multiplier=Fraction("1.2"))
BASIC = Rule(id="basic", version="1", kind=RuleKind.PURCHASE, per_100_roubles=5, is_qualifying=True)
LENSES = Rule(
    id="lenses",
    version="2",
    kind=RuleKind.PURCHASE,
    per_100_roubles=10,
    categories=frozenset({"12"}),
    is_qualifying=True,
)
FIRST = Rule(id="first", version="1", kind=RuleKind.FIRST_PURCHASE, points=300)
DOUBLE = Rule(id="double", version="1", kind=RuleKind.PURCHASE, multiplier=Fraction(2), products=frozenset({"p1"}))


def program(*rules: Rule, qualify_by: QualifyBy = QualifyBy.POINTS) -> Program:
    return Program(name=NAME, tiers=(EXPERT,), rules=rules, qualify_by=qualify_by)


def bought(*lines: tuple[int, str, str], at: datetime = NOON) -> Purchase:
    return Purchase(
        source="order:1",
        kind=RuleKind.PURCHASE,
        at=at,
        lines=tuple(
            Line(number=number, paid_kopecks=roubles * 100, product=product, categories=frozenset({category}))
            for number, (roubles, product, category) in enumerate(lines, start=1)
        ),
    )


def points(accruals: list[Accrual]) -> dict[str, int]:
    return {accrual.rule.id: accrual.points for accrual in accruals}


def test_full_hundreds_count_all_lines_together() -> None:
    accruals = earn_by_purchase(program(BASIC), bought((150, "a", "1"), (149, "b", "1")), Situation())
    assert points(accruals) == {"basic": 10}
    assert earn_by_purchase(program(BASIC), bought((99, "a", "1")), Situation()) == []


def test_the_best_rate_counts_for_a_line_and_not_the_sum_of_all() -> None:
    accruals = earn_by_purchase(program(BASIC, LENSES), bought((1000, "a", "1"), (2000, "b", "12")), Situation())
    assert points(accruals) == {"basic": 50, "lenses": 200}
    assert [accrual.lines for accrual in accruals] == [(1,), (2,)]


def test_a_tier_multiplies_points_and_not_what_leads_to_the_next_tier() -> None:
    (accrual,) = earn_by_purchase(program(BASIC), bought((990, "a", "1")), Situation(tier=EXPERT))
    assert (accrual.points, accrual.qualifying) == (54, 45)
    assert accrual.inputs == {
        "paid_kopecks": 99_000, "per_100_roubles": 5, "tier": "expert", "multiplier": "6/5", "rounding": "down",
    }  # fmt: skip


def test_roubles_may_lead_to_a_tier() -> None:
    (accrual,) = earn_by_purchase(program(BASIC, qualify_by=QualifyBy.SPEND), bought((990, "a", "1")), Situation())
    assert (accrual.points, accrual.qualifying) == (45, 990)


def test_roubles_lead_to_a_tier_and_points_of_another_kind_do_not() -> None:
    gift = Rule(id="gift", version="1", kind=RuleKind.PURCHASE, points=50, is_qualifying=True)
    club = program(LENSES, gift, replace(FIRST, is_qualifying=True), qualify_by=QualifyBy.SPEND)
    purchase = bought((99, "a", "12"), (250, "b", "1"))
    accruals = earn_by_purchase(club, purchase, Situation(is_first=True))
    assert {accrual.rule.id: (accrual.points, accrual.qualifying) for accrual in accruals} == {
        "lenses": (0, 99),
        "gift": (50, 250),
        "first": (300, 0),
    }


def test_a_multiplier_comes_on_top_as_an_accrual_of_its_own() -> None:
    purchase = bought((1000, "p1", "12"), (1000, "p2", "12"))
    assert points(earn_by_purchase(program(BASIC, LENSES, DOUBLE), purchase, Situation())) == {
        "lenses": 200,
        "double": 100,
    }


def test_a_multiplier_multiplies_what_the_caps_of_others_left() -> None:
    capped, purchase = replace(BASIC, cap_per_month=100), bought((4000, "p1", "1"))
    for earned, expected in ((0, {"basic": 100, "double": 100}), (100, {"basic": 0})):
        found = earn_by_purchase(program(capped, DOUBLE), purchase, Situation(earned={"basic": earned}))
        assert points(found) == expected


def test_the_first_purchase_counts_once_more() -> None:
    situation = Situation(is_first=True)
    accruals = earn_by_purchase(program(BASIC, FIRST), bought((100, "a", "1")), situation)
    assert points(accruals) == {"basic": 5, "first": 300}


def test_a_rule_counts_from_its_first_day_to_its_last_in_the_time_zone_of_the_brand() -> None:
    rule = Rule(id="day", version="1", kind=RuleKind.PURCHASE, points=7, since=date(2026, 6, 1), until=date(2026, 6, 1))
    moments = {"2026-05-31T20:59": 0, "2026-05-31T21:00": 7, "2026-06-01T20:59": 7, "2026-06-01T21:00": 0}
    for moment, expected in moments.items():
        purchase = bought((100, "a", "1"), at=datetime.fromisoformat(f"{moment}+00:00"))
        assert points(earn_by_purchase(program(rule), purchase, Situation())).get("day", 0) == expected


def test_of_two_versions_of_a_rule_the_last_counts() -> None:
    newer = Rule(id="basic", version="2", kind=RuleKind.PURCHASE, per_100_roubles=1, since=date(2026, 6, 1))
    (accrual,) = earn_by_purchase(program(BASIC, newer), bought((100, "a", "1")), Situation())
    assert (accrual.points, accrual.rule.version) == (1, "2")


def test_caps_and_budgets_cut_and_say_so() -> None:
    rule = Rule(id="r", version="1", kind=RuleKind.REVIEW, points=50, cap_per_month=120, budget=1000)
    situation = Situation(earned={"r": 100}, spent={"r": 990})
    (accrual,) = earn_by_event(program(rule), RuleKind.REVIEW, NOON.date(), situation)
    assert accrual.points == 10
    assert accrual.inputs == {"points": 50, "before_caps": 50, "cap_left": 20, "budget_left": 10}
    (nothing,) = earn_by_event(program(rule), RuleKind.REVIEW, NOON.date(), Situation(earned={"r": 120}))
    assert (nothing.points, nothing.inputs["cap_left"]) == (0, 0)


@pytest.mark.parametrize(
    ("spent", "expected"),
    [
        ({}, {"lenses": 1000}),
        ({"lenses": 200}, {"lenses": 800}),
        ({"lenses": 600}, {"week": 800}),
        ({"lenses": 1000, "week": 500}, {"basic": 500}),
        ({"lenses": 1000, "week": 790, "basic": 1}, {"basic": 500}),
    ],
)
def test_a_promotion_that_is_used_up_gives_no_less_than_there_is_without_it(
    spent: dict[str, int], expected: dict[str, int]
) -> None:
    lenses, week = replace(LENSES, budget=1000), replace(LENSES, id="week", per_100_roubles=8, budget=800)
    club = program(BASIC, week, lenses)
    found = earn_by_purchase(club, bought((10_000, "a", "12")), Situation(spent=spent))
    assert points(found) == expected


def test_one_that_is_used_up_takes_nothing_from_another_that_is_not() -> None:
    lenses, bags = replace(LENSES, budget=900), replace(LENSES, id="bags", categories=frozenset({"13"}), budget=10)
    purchase = bought((10_000, "a", "12"), (10_000, "b", "13"))
    found = earn_by_purchase(program(BASIC, lenses, bags), purchase, Situation(spent={"bags": 10}))
    assert points(found) == {"lenses": 900, "basic": 500}


def test_what_a_cap_cut_to_nothing_is_written_down_where_nothing_else_gives() -> None:
    capped = replace(BASIC, cap_per_month=100)
    (accrual,) = earn_by_purchase(program(capped), bought((990, "a", "1")), Situation(earned={"basic": 100}))
    assert (accrual.points, accrual.inputs["before_caps"], accrual.inputs["cap_left"]) == (0, 45, 0)


@given(rates=st.lists(st.tuples(st.integers(1, 20), st.integers(0, 300)), min_size=1, max_size=5))
def test_one_more_promotion_never_makes_a_purchase_give_less(rates: list[tuple[int, int]]) -> None:
    rules = [
        replace(BASIC, id=str(place), per_100_roubles=rate, budget=budget) for place, (rate, budget) in enumerate(rates)
    ]
    given_by = [
        sum(points(earn_by_purchase(program(BASIC, *rules[:count]), bought((2000, "a", "1")), Situation())).values())
        for count in range(len(rules) + 1)
    ]
    assert given_by == sorted(given_by)


def test_nobody_is_given_more_than_the_ledger_takes() -> None:
    dear = replace(BASIC, per_100_roubles=10_000)
    (accrual,) = earn_by_purchase(program(dear), bought((10**12, "a", "1")), Situation(tier=EXPERT))
    assert (accrual.points, accrual.qualifying) == (MOST_POINTS, MOST_POINTS)


def test_an_event_about_a_product_counts_for_the_products_of_the_rule() -> None:
    rule = Rule(id="r", version="1", kind=RuleKind.PRODUCT_REGISTRATION, points=150, categories=frozenset({"10"}))
    for category, expected in (("10", {"r": 150}), ("11", {})):
        line = Line(number=1, paid_kopecks=0, product="x", categories=frozenset({category}))
        found = earn_by_event(program(rule), RuleKind.PRODUCT_REGISTRATION, NOON.date(), Situation(), line=line)
        assert points(found) == expected


@given(
    earned=st.integers(0, 10_000),
    parts=st.lists(st.integers(1, 100_000), min_size=1, max_size=8),
)
def test_returns_in_parts_take_back_the_whole_to_the_last_point(earned: int, parts: list[int]) -> None:
    paid, returned, taken = sum(parts), 0, 0
    for part in parts:
        returned += part
        now = returned_points(earned, paid=paid, returned=returned, reversed_before=taken)
        assert now >= 0
        taken += now
        assert taken <= earned
        assert taken * paid <= earned * returned
    assert taken == earned
