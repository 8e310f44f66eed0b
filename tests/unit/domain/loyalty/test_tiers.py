"""Tiers go up at once and down late, and never below what was promised."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.loyalty.period import Period, read_period
from bot.domain.loyalty.program import Program, Tier, Words
from bot.domain.loyalty.tiers import Standing, next_tier, review, window_start


def tier(name: str, start: int) -> Tier:
    return Tier(id=name, name=Words(default=name), start=start, multiplier=Fraction(1))


CLUB = Program(name=Words(default="Club"), tiers=(tier("friend", 0), tier("expert", 1500), tier("ambassador", 5000)))
DAY = date(2026, 6, 1)
EXPERT = Standing(tier="expert", since=DAY, until=date(2027, 6, 1))


def test_everybody_begins_at_the_first_tier_and_goes_up_at_once() -> None:
    first = review(CLUB, None, qualifying=0, day=DAY)
    assert first == Standing(tier="friend", since=DAY, until=date(2027, 6, 1))
    assert review(CLUB, first, qualifying=1499, day=DAY) == first
    assert review(CLUB, first, qualifying=1500, day=DAY) == EXPERT


def test_a_tier_is_kept_for_a_period_and_a_grace_after_it_was_last_deserved() -> None:
    assert review(CLUB, EXPERT, qualifying=0, day=date(2027, 6, 1)) == EXPERT
    assert review(CLUB, EXPERT, qualifying=0, day=date(2027, 7, 1)) == EXPERT
    dropped = review(CLUB, EXPERT, qualifying=0, day=date(2027, 7, 2))
    assert dropped is not None
    assert dropped.tier == "friend"


def test_whoever_still_deserves_a_tier_is_promised_it_for_longer() -> None:
    kept = review(CLUB, EXPERT, qualifying=1600, day=date(2026, 12, 1))
    assert kept == Standing(tier="expert", since=DAY, until=date(2027, 12, 1))


def test_harder_rules_take_nothing_away_before_the_promise_is_over() -> None:
    harder = Program(name=CLUB.name, tiers=(tier("friend", 0), tier("expert", 9000)))
    assert review(harder, EXPERT, qualifying=1600, day=date(2026, 12, 1)) == EXPERT


def test_a_tier_that_is_gone_is_replaced_by_what_is_deserved() -> None:
    other = Program(name=CLUB.name, tiers=(tier("bronze", 0), tier("silver", 1000)))
    found = review(other, EXPERT, qualifying=1600, day=DAY)
    assert found is not None
    assert found.tier == "silver"
    assert review(Program(name=CLUB.name), EXPERT, qualifying=1, day=DAY) is None


def test_what_is_missing_to_the_next_tier() -> None:
    found = next_tier(CLUB, EXPERT, qualifying=1600)
    assert found is not None
    assert (found.tier.id, found.missing) == ("ambassador", 3400)
    assert next_tier(CLUB, Standing(tier="ambassador", since=DAY, until=DAY), qualifying=0) is None


def test_the_window_takes_its_first_month_in_full() -> None:
    assert window_start(CLUB, date(2026, 6, 20)) == date(2025, 6, 1)


@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 200)), max_size=30))
def test_no_day_is_worse_than_what_was_promised(days: list[tuple[int, int]]) -> None:
    standing: Standing | None = None
    day, order = DAY, [each.id for each in CLUB.tiers]
    for qualifying, later in days:
        promised = standing
        day = Period(days=later).after(day)
        standing = review(CLUB, standing, qualifying=qualifying, day=day)
        assert standing is not None
        if promised is not None and day <= promised.until:
            assert order.index(standing.tier) >= order.index(promised.tier)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("P1M", date(2026, 1, 31), date(2026, 2, 28)),
        ("P12M", date(2024, 2, 29), date(2025, 2, 28)),
        ("P1Y2M3W4D", date(2026, 1, 1), date(2027, 3, 26)),
        ("P0D", date(2026, 1, 1), date(2026, 1, 1)),
        ("P9999Y", date(2026, 1, 1), date(9998, 12, 31)),
    ],
)
def test_periods_follow_the_calendar(text: str, begin: date, end: date) -> None:
    assert read_period(text).after(begin) == end
