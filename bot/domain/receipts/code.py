"""Code: the text in the QR code of a fiscal receipt, read strictly."""

import re
from collections.abc import Mapping
from datetime import date, time
from urllib.parse import parse_qsl

from bot.domain.errors import InputError
from bot.domain.receipts.receipt import Operation, Receipt
from bot.domain.replies import Phrase

LONGEST_CODE = 256
"""Characters; a code of the tax service has about 80, an address of an operator's page around it some more."""

NUMBER_BOUND = 2**32
"""Document numbers and fiscal signs are below: both are four bytes in the fiscal data format."""

_KEYS = frozenset({"t", "s", "fn", "i", "fp", "n"})
_MOST_FIELDS = 16
_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?", re.ASCII)
_TOTAL = re.compile(r"(\d{1,10})(?:\.(\d{1,2}))?", re.ASCII)
_DRIVE = re.compile(r"\d{16}", re.ASCII)
_NUMBER = re.compile(r"\d{1,10}", re.ASCII)
_OPERATION = re.compile(r"[1-4]", re.ASCII)


def read_code(text: str) -> Receipt:
    """Read ``t=20200727T1117&s=4850.00&fn=…&i=…&fp=…&n=1``, bare or as the query of a web address, in any order.

    Raises:
        InputError: of the field ``code``; ``receipt-code-foreign`` for something else than a receipt,
            ``receipt-code-damaged`` for a receipt whose fields cannot be.
    """
    fields = _fields(text.strip())
    try:
        return Receipt(
            day=_day(fields["t"]),
            clock=_clock(fields["t"]),
            total_kopecks=_kopecks(fields["s"]),
            drive=_match(_DRIVE, fields["fn"])[0],
            document=_number(fields["i"]),
            sign=_number(fields["fp"]),
            operation=Operation(int(_match(_OPERATION, fields["n"])[0])),
        )
    except ValueError:
        raise InputError(Phrase("receipt-code-damaged"), field="code") from None


def is_receipt_code(text: str) -> bool:
    """Whether `text` is a receipt's code without a fault."""
    try:
        read_code(text)
    except InputError:
        return False
    return True


def _fields(text: str) -> Mapping[str, str]:
    foreign = InputError(Phrase("receipt-code-foreign"), field="code")
    if len(text) > LONGEST_CODE:
        raise foreign
    query = text.partition("?")[2].partition("#")[0] if "?" in text else text
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise foreign from None
    named = [(key.lower(), value) for key, value in pairs]
    fields = dict(named)
    if not fields.keys() >= _KEYS:
        raise foreign
    if sum(key in _KEYS for key, _ in named) > len(_KEYS):
        raise InputError(Phrase("receipt-code-damaged"), field="code")
    return fields


def _match(pattern: re.Pattern[str], value: str) -> re.Match[str]:
    if (found := pattern.fullmatch(value)) is None:
        raise ValueError("not of the form")
    return found


def _day(value: str) -> date:
    year, month, day, *_ = _match(_TIME, value).groups(default="0")
    return date(int(year), int(month), int(day))


def _clock(value: str) -> time:
    *_, hour, minute, second = _match(_TIME, value).groups(default="0")
    return time(int(hour), int(minute), int(second))


def _kopecks(value: str) -> int:
    roubles, fraction = _match(_TOTAL, value).groups(default="")
    return int(roubles) * 100 + int(fraction.ljust(2, "0"))


def _number(value: str) -> int:
    number = int(_match(_NUMBER, value)[0])
    if not 0 < number < NUMBER_BOUND:
        raise ValueError("out of bounds")
    return number
