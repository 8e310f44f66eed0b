"""Working time: several intervals a day, days off, changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.brand import Hours, Interval
from bot.domain.desk.calendar import WorkCalendar
from bot.knowledge.holidays import days_off, is_known

MOSCOW = ZoneInfo("Europe/Moscow")
_DAY = (Interval(time(10), time(14)), Interval(time(15), time(19)))
HOURS = Hours(week=dict.fromkeys(range(5), _DAY), holidays="RU", closed=frozenset({date(2026, 11, 27)}))
CALENDAR = WorkCalendar(hours=HOURS, zone=MOSCOW, day_off=days_off("RU"))
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """A moment in Moscow."""
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-26 10:00", True),
        ("2026-11-26 14:00", False),
        ("2026-11-26 14:30", False),
        ("2026-11-26 18:59", True),
        ("2026-11-26 19:00", False),
        ("2026-11-27 12:00", False),  # closed by the brand
        ("2026-11-28 12:00", False),  # Saturday
        ("2026-11-04 12:00", False),  # a holiday
        ("2026-01-09 12:00", False),  # a day off moved from a weekend
        ("2025-11-01 12:00", True),  # a Saturday that was worked
    ],
)
def test_people_work_when_the_calendar_says_so(moment: str, is_open: bool) -> None:
    assert CALENDAR.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        ("2026-11-26 10:00", 1, "2026-11-26 11:00"),
        ("2026-11-26 13:30", 1, "2026-11-26 15:30"),
        ("2026-11-26 18:30", 1, "2026-11-30 10:30"),
        ("2026-11-26 23:00", 1, "2026-11-30 11:00"),
        ("2026-11-26 05:00", 8, "2026-11-26 19:00"),
        ("2026-12-30 18:00", 2, "2027-01-11 11:00"),
    ],
)
def test_working_time_is_added_over_breaks_and_days_off(since: str, hours: int, until: str) -> None:
    assert CALENDAR.add(at(since), hours * HOUR) == at(until)
    assert CALENDAR.between(at(since), at(until)) == hours * HOUR


def test_a_promise_is_rounded_up_to_five_minutes() -> None:
    assert CALENDAR.promise(at("2026-11-26 10:01"), HOUR) == at("2026-11-26 11:05")
    assert CALENDAR.promise(at("2026-11-26 10:00"), HOUR) == at("2026-11-26 11:00")


def test_a_brand_without_hours_is_always_open() -> None:
    calendar = WorkCalendar(hours=Hours(), zone=MOSCOW)
    assert calendar.is_open(at("2026-11-28 03:00"))
    assert calendar.add(at("2026-11-28 03:00"), HOUR) == at("2026-11-28 04:00")


def test_who_never_works_promises_plain_time() -> None:
    calendar = WorkCalendar(hours=HOURS, zone=MOSCOW, day_off=lambda day: True)
    assert not calendar.is_open(at("2026-11-26 12:00"))
    assert calendar.add(at("2026-11-26 12:00"), HOUR) == at("2026-11-26 13:00")


def test_local_times_hold_over_a_change_of_the_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    week = dict.fromkeys(range(7), (Interval(time(1), time(5)),))
    calendar = WorkCalendar(hours=Hours(week=week), zone=berlin)
    spring = datetime(2026, 3, 29, 0, 0, tzinfo=berlin)
    assert calendar.between(spring, spring + timedelta(days=1)) == 3 * HOUR
    autumn = datetime(2026, 10, 25, 0, 0, tzinfo=berlin)
    assert calendar.between(autumn, autumn + timedelta(days=1)) == 5 * HOUR


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
LENGTHS = st.integers(1, 60 * 100).map(lambda minutes: timedelta(minutes=minutes))


@given(since=MOMENTS, working=LENGTHS)
def test_what_was_added_has_passed(since: datetime, working: timedelta) -> None:
    until = CALENDAR.add(since, working)
    assert until > since
    assert CALENDAR.between(since, until) == working


@given(since=MOMENTS, one=LENGTHS, more=LENGTHS)
def test_more_work_ends_later(since: datetime, one: timedelta, more: timedelta) -> None:
    assert CALENDAR.add(since, one) < CALENDAR.add(since, one + more)
    assert CALENDAR.add(CALENDAR.add(since, one), more) == CALENDAR.add(since, one + more)


def test_calendars_are_known_by_country() -> None:
    assert is_known("RU")
    assert not is_known("ZZ")
    assert days_off("ZZ")(date(2026, 1, 1)) is None
    assert days_off("")(date(2026, 1, 1)) is None
