"""Codes from a file of the marketing: promo codes with their terms, voucher codes one a line."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.loyalty.promo import LONGEST_CODE, PromoCode, normal_code

PROMO_COLUMNS = ("code", "points", "campaign", "from", "until", "limit", "first_purchase")
_ANSWERS = {"": False, "0": False, "no": False, "false": False, "1": True, "yes": True, "true": True, "+": True}
_LONGEST_NUMBER = 9
_DELIMITERS = ";\t,"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPromo:
    """What a file has: codes, and what is wrong in which line."""

    codes: Sequence[PromoCode]
    problems: Sequence[tuple[int, str]]


class _LineError(Exception):
    """A line cannot be taken; the message says why."""


def read_promo(content: bytes, zone: ZoneInfo) -> ReadPromo:
    """Read promo codes from CSV with a head: ``code`` and ``points`` are needed, days are those of the club's zone.

    ``from`` and ``until`` are days, both included; ``limit`` is how many people may use it, empty for any number.
    """
    codes: list[PromoCode] = []
    problems: list[tuple[int, str]] = []
    seen: set[str] = set()
    for line, row in _rows(content):
        try:
            promo = _promo(row, zone)
        except _LineError as error:
            problems.append((line, str(error)))
            continue
        if promo.code in seen:
            problems.append((line, f"{promo.code} stands in the file twice"))
            continue
        seen.add(promo.code)
        codes.append(promo)
    return ReadPromo(codes=codes, problems=problems)


def read_voucher_codes(content: bytes) -> Sequence[str]:
    """Read voucher codes, one a line; empty lines and repeats are left out, letters are made capital."""
    lines = (line.strip().strip('";,').upper() for line in _text(content).splitlines())
    return list(dict.fromkeys(line for line in lines if line and line != "CODE"))


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = _text(content)
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    for row in reader:
        named = {name.strip().lower(): (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        yield reader.line_num, named


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")


def _promo(row: Mapping[str, str], zone: ZoneInfo) -> PromoCode:
    code = normal_code(row.get("code", ""))
    if not code:
        raise _LineError('the column "code" is empty')
    if len(row["code"]) > LONGEST_CODE:
        raise _LineError(f"a code has at most {LONGEST_CODE} characters")
    until = _day(row.get("until", ""), zone)
    return PromoCode(
        code=code,
        campaign=row.get("campaign", ""),
        points=_number(row.get("points", ""), "points"),
        since=_day(row.get("from", ""), zone),
        until=until + timedelta(days=1) if until is not None else None,
        limit=_number(row["limit"], "limit") if row.get("limit") else None,
        is_first_purchase=_answer(row.get("first_purchase", "")),
    )


def _answer(text: str) -> bool:
    if text.lower() not in _ANSWERS:
        raise _LineError(f'the column "first_purchase" takes yes or no, not {text[:20]!r}')
    return _ANSWERS[text.lower()]


def _number(text: str, column: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > _LONGEST_NUMBER or int(text) == 0:
        raise _LineError(f'the column "{column}" takes a number from 1 on, not {text[:20]!r}')
    return int(text)


def _day(text: str, zone: ZoneInfo) -> datetime | None:
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    raise _LineError(f"a day is written 2026-12-31 or 31.12.2026, not {text[:20]!r}")
