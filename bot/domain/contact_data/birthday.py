"""Birthday: when somebody was born, how old that makes them, when it is celebrated."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.errors import InputError, RuleViolationError
from bot.domain.replies import Phrase

YOUNGEST = 14
"""Full years; for younger people a parent consents (Civil Code of Russia, articles 26 and 28)."""

OLDEST = 120
GIFT_NOTICE = timedelta(days=14)
"""How long before the day we must have known it: or everybody's birthday would be today."""

_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})(?:[./ -]([0-9]{4}))?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})")
_LEAP_YEAR = 2000  # to tell whether a day exists where no year is given
_FEBRUARY, _LEAP_DAY = 2, 29


class LeapDay(StrEnum):
    """When those born on 29 February celebrate in other years."""

    EARLY = "02-28"
    LATE = "03-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthday:
    """A day that exists; without a `year` where the age is none of our business."""

    day: int
    month: int
    year: int | None = None


def read_birthday(text: str, *, today: date, with_year: bool = True) -> Birthday:
    """Read ``07.03.1987`` or ``1987-03-07``; ``07.03`` where the year is not asked for, which is then not kept either.

    A year that is typed has to be possible all the same: who mistyped it may have mistyped the day.

    Raises:
        InputError: of the field ``birthday``.
    """
    day, month, year = _parts(text.strip(), with_year=with_year)
    try:
        born = date(_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        raise _misformed(with_year=with_year) from None
    if year is not None and born > today:
        raise InputError(Phrase("contact-birthday-ahead"), field="birthday")
    if year is not None and today.year - year > OLDEST:
        raise InputError(Phrase("contact-birthday-too-old"), field="birthday")
    return Birthday(day=day, month=month, year=year if with_year else None)


def _parts(text: str, *, with_year: bool) -> tuple[int, int, int | None]:
    """Return day, month and the year where one was typed."""
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    found = _DAY_FIRST.fullmatch(text)
    if found is None or (with_year and not found[3]):
        raise _misformed(with_year=with_year)
    return int(found[1]), int(found[2]), int(found[3]) if found[3] else None


def age_on(birthday: Birthday, day: date) -> int:
    """Return full years on `day`; who was born on 29 February is a year older on 1 March.

    Raises:
        ValueError: the year is not known.
    """
    if birthday.year is None:
        raise ValueError("no year, no age")
    is_before = (day.month, day.day) < (birthday.month, birthday.day)
    return day.year - birthday.year - is_before


def demand_age(birthday: Birthday, *, today: date, minimum: int) -> None:
    """Let pass who is `minimum` full years old or older.

    Raises:
        RuleViolationError: too young.
        ValueError: the year is not known, or `minimum` is under what the law allows.
    """
    if minimum < YOUNGEST:
        raise ValueError(f"under {YOUNGEST} a parent consents")
    if age_on(birthday, today) < minimum:
        raise RuleViolationError(Phrase("contact-too-young", {"years": minimum}))


def celebrated_on(birthday: Birthday, year: int, leap_day: LeapDay = LeapDay.EARLY) -> date:
    """Return the day of the birthday in `year`."""
    if (birthday.month, birthday.day) == (_FEBRUARY, _LEAP_DAY):
        try:
            return date(year, _FEBRUARY, _LEAP_DAY)
        except ValueError:
            return date(year, 2, 28) if leap_day is LeapDay.EARLY else date(year, 3, 1)
    return date(year, birthday.month, birthday.day)


def day_of_year(birthday: Birthday) -> str:
    """Write day and month as they are compared: ``03-07``."""
    return f"{birthday.month:02}-{birthday.day:02}"


def iso_birthday(birthday: Birthday) -> str:
    """Write a birthday in ISO 8601: ``1987-03-07``, or ``--03-07`` without a year."""
    return f"{birthday.year:04}-{day_of_year(birthday)}" if birthday.year is not None else f"--{day_of_year(birthday)}"


def shown_birthday(kept: str) -> str:
    """Write what is kept in ISO 8601 as people do, day and month: ``07.03``; nothing for nothing."""
    return ".".join(reversed(kept.split("-")[-2:])) if kept else ""


def earns_gift(*, known_on: date, celebrated: date) -> bool:
    """Whether we knew the day long enough before it is celebrated."""
    return celebrated - known_on >= GIFT_NOTICE


def _misformed(*, with_year: bool) -> InputError:
    phrase = Phrase("contact-birthday-form") if with_year else Phrase("contact-birthday-form-short")
    return InputError(phrase, field="birthday")
