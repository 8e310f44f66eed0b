"""Codes from a file of the marketing: promo codes with their terms, voucher codes one a line."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.errors import InputError
from bot.domain.loyalty.card import CardNumber, read_card
from bot.domain.loyalty.promo import LONGEST_CODE, PromoCode, normal_code
from bot.imports.values import delimiter_of, text_of

PROMO_COLUMNS = ("code", "points", "campaign", "from", "until", "limit", "first_purchase", "card")
_ANSWERS = {"": False, "0": False, "no": False, "false": False, "1": True, "yes": True, "true": True, "+": True}
_LONGEST_NUMBER = 9
_REFUND = "rewards.refund"
_LONGEST_VOUCHER = LONGEST_PAYLOAD - len(_REFUND) - 1
_YEARS = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPromo:
    """What a file has: codes, and what is wrong in which line. `cards` are of those whose code it is, with its line."""

    codes: Sequence[PromoCode]
    problems: Sequence[tuple[int, str]]
    cards: Mapping[str, tuple[int, CardNumber]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVouchers:
    """What a file has: codes that the button which gives one back can carry, and what is wrong in which line."""

    codes: Sequence[str]
    problems: Sequence[tuple[int, str]]


class _LineError(Exception):
    """A line cannot be taken; the message says why."""


def read_promo(content: bytes, zone: ZoneInfo) -> ReadPromo:
    """Read promo codes from CSV with a head: ``code`` and ``points`` are needed, days are those of the club's zone.

    ``from`` and ``until`` are days, both included; ``limit`` is how many people may use it, empty for any number;
    ``card`` is that of the only member who may.
    """
    codes: list[PromoCode] = []
    cards: dict[str, tuple[int, CardNumber]] = {}
    problems: list[tuple[int, str]] = []
    seen: set[str] = set()
    for line, row in _rows(content):
        try:
            promo, card = _promo(row, zone), _card(row.get("card", ""))
        except _LineError as error:
            problems.append((line, str(error)))
            continue
        if promo.code in seen:
            problems.append((line, f"{promo.code} stands in the file twice"))
            continue
        seen.add(promo.code)
        codes.append(promo)
        if card is not None:
            cards[promo.code] = line, card
    return ReadPromo(codes=codes, problems=problems, cards=cards)


def read_voucher_codes(content: bytes) -> ReadVouchers:
    """Read voucher codes, one a line; empty lines and repeats are left out, letters are made capital."""
    codes: dict[str, None] = {}
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(text_of(content).splitlines(), start=1):
        code = line.strip().strip('";,').upper()
        if len(Action(_REFUND, (code,)).encode().encode()) > LONGEST_PAYLOAD:
            problems.append((number, f"a code has at most {_LONGEST_VOUCHER} Latin letters, digits and dashes"))
        elif code and code != "CODE":
            codes[code] = None
    return ReadVouchers(codes=list(codes), problems=problems)


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = text_of(content)
    head = text.split("\n", 1)[0]
    delimiter = delimiter_of(head)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    for row in reader:
        named = {name.strip().lower(): (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        yield reader.line_num, named


def _promo(row: Mapping[str, str], zone: ZoneInfo) -> PromoCode:
    code = normal_code(row.get("code", ""))
    if not code:
        raise _LineError('the column "code" is empty')
    if len(row["code"]) > LONGEST_CODE:
        raise _LineError(f"a code has at most {LONGEST_CODE} characters")
    since, until = _day(row.get("from", ""), zone), _day(row.get("until", ""), zone)
    if since is not None and until is not None and until < since:
        raise _LineError("until is before from: nobody could use this code")
    return PromoCode(
        code=code,
        campaign=row.get("campaign", ""),
        points=_number(row.get("points", ""), "points"),
        since=since,
        until=until + timedelta(days=1) if until is not None else None,
        limit=_number(row["limit"], "limit") if row.get("limit") else None,
        is_first_purchase=_answer(row.get("first_purchase", "")),
    )


def _card(text: str) -> CardNumber | None:
    try:
        return read_card(text, prefix="") if text else None
    except InputError:
        raise _LineError(f'the column "card" takes the number of a card, not {text[:20]!r}') from None


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
            day = datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
        if not _YEARS[0] <= day.year <= _YEARS[1]:
            raise _LineError(f"a day is of the years {_YEARS[0]} to {_YEARS[1]}; for ever is an empty field")
        return day
    raise _LineError(f"a day is written 2026-12-31 or 31.12.2026, not {text[:20]!r}")
