"""Rules of receipts: whose they may be, how old, and when two are one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import InputError, RuleViolationError
from bot.domain.receipts.receipt import Operation, Receipt, Resemblance, compare, demand_fresh, demand_purchase

MOSCOW = ZoneInfo("Europe/Moscow")
RECEIPT = Receipt(
    day=date(2026, 11, 15),
    clock=time(13, 42, 7),
    total_kopecks=1_299_000,
    drive="9960440301234567",
    document=123_456,
    sign=3_456_789_012,
)


def test_a_purchase_passes() -> None:
    demand_purchase(RECEIPT)


@pytest.mark.parametrize(
    ("operation", "key"),
    [
        (Operation.SALE_RETURN, "receipt-of-return"),
        (Operation.EXPENSE, "receipt-of-expense"),
        (Operation.EXPENSE_RETURN, "receipt-of-expense"),
    ],
)
def test_what_is_no_purchase_earns_nothing(operation: Operation, key: str) -> None:
    with pytest.raises(RuleViolationError) as caught:
        demand_purchase(replace(RECEIPT, operation=operation))
    assert caught.value.phrase.key == key


def age(day: date, now: datetime) -> None:
    demand_fresh(replace(RECEIPT, day=day), now=now, zone=MOSCOW, limit=timedelta(days=30))


def test_the_last_day_of_the_window_counts_and_the_next_does_not() -> None:
    age(date(2026, 10, 27), datetime(2026, 11, 26, 20, 59, tzinfo=UTC))
    with pytest.raises(InputError) as caught:
        age(date(2026, 10, 27), datetime(2026, 11, 26, 21, 0, tzinfo=UTC))  # midnight in Moscow
    assert (caught.value.phrase.key, caught.value.phrase.params) == ("receipt-too-old", {"days": 30})


def test_a_till_in_the_far_east_may_be_a_day_ahead_but_not_two() -> None:
    now = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    age(date(2026, 11, 27), now)
    with pytest.raises(InputError) as caught:
        age(date(2026, 11, 28), now)
    assert caught.value.phrase.key == "receipt-day-ahead"


@pytest.mark.parametrize(
    "other",
    [RECEIPT, replace(RECEIPT, clock=None), replace(RECEIPT, clock=time(13, 42))],
)
def test_one_paper_read_twice_is_the_same(other: Receipt) -> None:
    assert compare(RECEIPT, other) == compare(other, RECEIPT) == Resemblance.SAME


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIPT, sign=1),
        replace(RECEIPT, total_kopecks=1_300_000),
        replace(RECEIPT, day=date(2026, 11, 16)),
        replace(RECEIPT, clock=time(13, 43)),
        replace(RECEIPT, operation=Operation.SALE_RETURN),
    ],
)
def test_one_number_with_other_contents_needs_a_person(other: Receipt) -> None:
    assert compare(RECEIPT, other) == compare(other, RECEIPT) == Resemblance.CONFLICTING


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIPT, drive="9960440301234576"),
        replace(RECEIPT, document=123_465),
        replace(RECEIPT, drive="9960440301234576", document=123_465),
        replace(RECEIPT, drive="9960440301234576", day=date(2026, 11, 16)),
    ],
)
def test_a_paper_whose_number_was_mistyped_needs_a_person(other: Receipt) -> None:
    assert compare(RECEIPT, other) == compare(other, RECEIPT) == Resemblance.ALIKE


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIPT, document=123_457, sign=99),  # the next customer buys the same thing in the same minute
        replace(RECEIPT, drive="9960440301234576", document=7, total_kopecks=5),  # an equal sign alone is chance
        replace(RECEIPT, document=7, sign=8, total_kopecks=9, day=date(2026, 11, 1)),
    ],
)
def test_other_papers_are_different(other: Receipt) -> None:
    assert compare(RECEIPT, other) == compare(other, RECEIPT) == Resemblance.DIFFERENT


def test_a_receipt_is_named_by_its_drive_and_document() -> None:
    assert replace(RECEIPT, total_kopecks=1, sign=2).key == RECEIPT.key
    assert replace(RECEIPT, document=1).key != RECEIPT.key
