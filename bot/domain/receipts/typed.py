"""Typed: the fields of a receipt as people copy them from the paper."""

import re
from dataclasses import dataclass
from datetime import date, time

from bot.domain.errors import InputError
from bot.domain.receipts.code import NUMBER_BOUND
from bot.domain.replies import Phrase

DRIVE_DIGITS = 16
LONGEST_FIELD = 64
"""Characters; whoever typed more has typed something else."""

_CENTURY = 2000
_YEAR_DIGITS = 4
_SPACES = "\u00a0\u2009\u202f \t"
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})[./ -]([0-9]{1,2})(?:[./-]([0-9]{4}|[0-9]{2})(?![0-9])|[ ]([0-9]{4})(?![0-9]))?(?![0-9])(.*)",
    re.DOTALL,
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[./-]?([0-9]{2})[./-]?([0-9]{2})(?![0-9])(.*)", re.DOTALL)
_CLOCK = re.compile(r"[\s,]*[^\W\d_]{0,2}\s*([0-9]{1,2})[:.-]?([0-9]{2})(?:[:.-]?([0-9]{2}))?\s*")
_NO_CLOCK = re.compile(r"[\s,.]*[^\W\d_]{0,4}[\s.]*")  # at most the word for a year
_LABEL = re.compile(r"[^\d]{0,24}")  # what the paper has before a number: letters, a colon, an equals or a number sign
_GROUPED = re.compile(r"[0-9][0-9\s-]*")
_WORD = r"(?:[^\W\d_]{1,8}\.?|\u20bd)"  # a currency in any language, short or whole
_TOTAL = re.compile(
    rf"""
    (?P<whole>[0-9]{{1,10}} | [0-9]{{1,3}}(?:[{_SPACES}'.,][0-9]{{3}})+)
    (?: [.,-](?P<cents>[0-9]{{1,2}})\s*{_WORD}? | \s*{_WORD}\s*(?:(?P<named>[0-9]{{1,2}})\s*{_WORD})? )?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a receipt was printed, local to the till."""

    day: date
    clock: time | None = None


def read_moment(text: str, *, today: date) -> Moment:
    """Read ``25.11.2026 13:42``, ``25.11.26``, ``2026-11-25``, ``20261125T1342``; without a year the latest such day.

    Raises:
        InputError: of the field ``day``.
    """
    tidy = _DASHES.sub("-", _short(text, "day")).strip()
    try:
        if found := _YEAR_FIRST.fullmatch(tidy):
            year, month, day, rest = found.groups()
            return Moment(date(int(year), int(month), int(day)), _clock(rest))
        if found := _DAY_FIRST.fullmatch(tidy):
            day, month, typed, spaced, rest = found.groups()
            return Moment(_dated(int(day), int(month), typed or spaced, today), _clock(rest))
    except ValueError:
        pass
    raise _refusal("day")


def read_total(text: str) -> int:
    """Read an amount of roubles as kopecks, above 0: ``4850``, ``4 850,00``, ``4.850,5``, with a currency or without.

    Raises:
        InputError: of the field ``total``.
    """
    label, amount = _unlabelled(_DASHES.sub("-", _short(text, "total")))
    found = _TOTAL.fullmatch(amount)
    if found is None or label.endswith("-"):
        raise _refusal("total")
    whole = int(re.sub(r"\D", "", found["whole"]))
    kopecks = whole * 100 + int((found["cents"] or (found["named"] or "").rjust(2, "0")).ljust(2, "0"))
    if not kopecks:
        raise _refusal("total")
    return kopecks


def read_drive(text: str) -> str:
    """Read the 16 digits of the fiscal drive, spaced or not, with its label or without.

    Raises:
        InputError: of the field ``drive``; the phrase is given how many digits there are.
    """
    digits = _digits(text, "drive")
    if len(digits) != DRIVE_DIGITS:
        raise InputError(Phrase("receipt-drive-refused", {"given": len(digits)}), field="drive")
    return digits


def read_document(text: str) -> int:
    """Read the number of the fiscal document.

    Raises:
        InputError: of the field ``document``.
    """
    return _number(text, "document")


def read_sign(text: str) -> int:
    """Read the fiscal sign, padded with zeros or not.

    Raises:
        InputError: of the field ``sign``.
    """
    return _number(text, "sign")


def _clock(rest: str) -> time | None:
    if _NO_CLOCK.fullmatch(rest):
        return None
    if (found := _CLOCK.fullmatch(rest)) is None:
        raise ValueError("not a time")
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year is None:
        this_year = date(today.year, month, day)
        return this_year if this_year <= today else date(today.year - 1, month, day)
    return date(int(year) if len(year) == _YEAR_DIGITS else _CENTURY + int(year), month, day)


def _number(text: str, field: str) -> int:
    number = int(_digits(text, field) or 0)
    if not 0 < number < NUMBER_BOUND:
        raise _refusal(field)
    return number


def _digits(text: str, field: str) -> str:
    _, number = _unlabelled(_short(text, field))
    if _GROUPED.fullmatch(number) is None:
        raise _refusal(field)
    return re.sub(r"\D", "", number)


def _unlabelled(text: str) -> tuple[str, str]:
    """Divide what the paper has before a number from the number."""
    found = _LABEL.match(text)
    label = found[0] if found else ""
    return label, text[len(label) :].strip()


def _short(text: str, field: str) -> str:
    if len(text) > LONGEST_FIELD:
        raise _refusal(field)
    return text


def _refusal(field: str) -> InputError:
    match field:
        case "day":
            phrase = Phrase("receipt-day-refused")
        case "total":
            phrase = Phrase("receipt-total-refused")
        case "drive":
            phrase = Phrase("receipt-drive-refused", {"given": 0})
        case "document":
            phrase = Phrase("receipt-document-refused")
        case _:
            phrase = Phrase("receipt-sign-refused")
    return InputError(phrase, field=field)
