"""Values: what stands in a field of a store's file."""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from bot.domain.receipts.receipt import ReceiptKey

MOST_KOPECKS = 10**12
"""Ten billion roubles: what is above is a number from another column."""
MOST_QUANTITY = 10**6
LONGEST_NUMBER, LONGEST_STORE = 64, 40
_DELIMITERS = ";\t,"
"""Of orders and returns, and of the store: together they name a purchase in the ledger, whose names have 200."""

_SPACES = re.compile("[\\s\u00a0\u2009\u202f']")
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)
_CURRENCY = re.compile(r"[^\d.,-]+$")
_NUMBER = re.compile(r"\d{1,10}", re.ASCII)
_DRIVE = re.compile(r"\d{16}", re.ASCII)
_DAYS = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y")
_NUMBER_BOUND = 2**32


class FieldError(ValueError):
    """A field cannot be read; the message says what is expected."""


def read_kopecks(text: str) -> int:
    """Read an amount of roubles as kopecks: ``4 850,00``, ``-99.9``, ``1200 руб.``"""
    tidy = _CURRENCY.sub("", _SPACES.sub("", text).strip().rstrip("."))
    if _AMOUNT.fullmatch(tidy) is None:
        raise FieldError(f"expected an amount such as 4850.00, not {text[:40]!r}")
    try:
        kopecks = Decimal(tidy.replace(",", ".")) * 100
    except InvalidOperation as error:
        raise FieldError("not an amount") from error
    if abs(kopecks) > MOST_KOPECKS:
        raise FieldError(f"{text[:40]!r} is more than anybody pays; is it a number of another column?")
    if kopecks != int(kopecks):
        raise FieldError(f"expected an amount in whole kopecks, not {text[:40]!r}")
    return int(kopecks)


def read_quantity(text: str) -> Decimal:
    """Read how many; weighed goods have parts."""
    tidy = _SPACES.sub("", text)
    if _AMOUNT.fullmatch(tidy) is None or not 0 < Decimal(tidy.replace(",", ".")) <= MOST_QUANTITY:
        raise FieldError(f"expected a quantity above 0, not {text[:40]!r}")
    return Decimal(tidy.replace(",", "."))


def read_time(text: str, zone: ZoneInfo, day_format: str = "") -> datetime:
    """Read a moment: ISO 8601, or as people write it, or as the pack says; without a zone it is the brand's."""
    moment = _parsed(text.strip(), day_format)
    if moment is None:
        raise FieldError(f"expected a date such as 2026-11-25 13:42 or 25.11.2026, not {text[:40]!r}")
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        raise FieldError(f"no such date: {text[:40]!r}") from error


def read_receipt(drive: str, document: str) -> ReceiptKey | None:
    """Read by which receipt an order was paid; None where nothing is said."""
    if not drive.strip() and not document.strip():
        return None
    number = document.strip()
    is_number = _NUMBER.fullmatch(number) is not None and 0 < int(number) < _NUMBER_BOUND
    if _DRIVE.fullmatch(drive.strip()) is None or not is_number:
        raise FieldError("expected both the number of the fiscal drive (16 digits) and that of the document")
    return ReceiptKey(drive.strip(), int(number))


def read_name(text: str, *, what: str, longest: int = LONGEST_NUMBER) -> str:
    """Read what must be short; it may be empty."""
    tidy = text.strip()
    if len(tidy) > longest:
        raise FieldError(f"{what} is longer than {longest} characters")
    return tidy


def _parsed(text: str, day_format: str) -> datetime | None:
    for form in (day_format,) if day_format else _DAYS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is added by whoever calls
        except ValueError:
            continue
    try:
        return None if day_format else datetime.fromisoformat(text)
    except ValueError:
        return None


def text_of(content: bytes) -> str:
    """Read a file as text: stores write UTF-8, with a mark or without, or Windows-1251."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")


def delimiter_of(head: str) -> str:
    """Return what the columns of a CSV are divided by, told by its first line."""
    return max(_DELIMITERS, key=head.count)
