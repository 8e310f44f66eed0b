"""Hours: the `[hours]` of `brand.toml`."""

import re
from datetime import date, time
from itertools import pairwise

from bot.domain.brand import Hours, Interval
from bot.knowledge.holidays import is_known
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.notation.fields import Fields

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_INTERVAL = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–—]\s*([0-9]{1,2}):([0-9]{2})")
_LAST_MINUTE = 24 * 60


def read_hours(fields: Fields) -> Hours:
    """Read working hours; what is wrong is reported and left out. 24:00 becomes the last moment of the day."""
    week = {number: _day(fields, day) for number, day in enumerate(DAYS) if fields.has(day)}
    hours = Hours(
        week={number: intervals for number, intervals in week.items() if intervals},
        holidays=_holidays(fields),
        closed=_closed(fields),
    )
    fields.finish()
    return hours


def _day(fields: Fields, day: str) -> tuple[Interval, ...]:
    found = [
        interval
        for text, line in fields.texts_with_lines(day)
        if (interval := _interval(text, fields.name(day), fields.check, line)) is not None
    ]
    found.sort(key=lambda interval: interval.since)
    for earlier, later in pairwise(found):
        if later.since < earlier.until:
            fields.check.error("bad-hours", f"{fields.name(day)} has times that overlap", fields.line(day))
    return tuple(found)


def _interval(text: str, name: str, check: Check, line: int) -> Interval | None:
    match = _INTERVAL.fullmatch(text)
    if not match:
        check.error("bad-hours", f"{name}: {text[:40]!r} is no working time; write 10:00-19:00", line)
        return None
    since, until = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    is_clock = int(match[2]) < 60 and int(match[4]) < 60 and since < _LAST_MINUTE and until <= _LAST_MINUTE  # noqa: PLR2004
    if not is_clock or until <= since:
        text = f"{name}: {text} must end after it begins, 24:00 at the latest; split what passes midnight into two days"
        check.error("bad-hours", text, line)
        return None
    return Interval(_time(since), _time(until))


def _time(minutes: int) -> time:
    return time.max if minutes == _LAST_MINUTE else time(minutes // 60, minutes % 60)


def _holidays(fields: Fields) -> str:
    country = fields.text("holidays")
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        text = f"[hours]: holidays {country[:20]!r} is no country; write two capital letters: RU"
        fields.check.error("bad-country", text, fields.line("holidays"))
    elif country and not is_known(country):
        text = f"[hours]: there is no calendar of holidays for {country}; list the days off in closed"
        fields.check.warn("unknown-calendar", text, fields.line("holidays"))
    return country


def _closed(fields: Fields) -> frozenset[date]:
    days: set[date] = set()
    for text, line in fields.texts_with_lines("closed", may_be_bare=True):
        try:
            days.add(date.fromisoformat(text))
        except ValueError:
            fields.check.error("bad-date", f"[hours]: closed {text[:40]!r} is no date; write 2026-12-31", line)
    return frozenset(days)
