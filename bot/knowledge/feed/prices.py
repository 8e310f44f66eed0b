"""Prices as feeds write them, read into integer kopecks without a float."""

import re

_MOST_DIGITS = 12
_GROUP = 3
_CENTS = 2
_GROUPING = re.compile(r"[\s'’\u00a0\u2007\u2009\u202f]+")
_PLAIN = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{0,9}))?", re.ASCII)
_GROUPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]{1,9})", re.ASCII)
_COMMON = frozenset({"RUB", "USD", "EUR", "BYN", "KZT"})
_OLD_CODES = {"RUR": "RUB", "BYR": "BYN"}
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)


def kopecks(text: str) -> int | None:
    """Read "12 990,50" as 1299050; None where it is not a price above zero or may be read in two ways.

    "1,234" is refused: it is 1.234 to one shop and 1234 to another, and a wrong price is worse than none.
    """
    if not text:
        return None
    whole, _, fraction = text.partition(".")
    if whole.isdigit() and len(text) <= _MOST_DIGITS and text.isascii():  # what nearly every price looks like
        if not fraction:
            return int(whole) * 100 or None
        if len(fraction) == _CENTS and fraction.isdigit():
            return int(whole + fraction) or None
    return _kopecks_of_any_form(text)


def _kopecks_of_any_form(text: str) -> int | None:
    compact = _GROUPING.sub("", text)
    if grouped := _GROUPED.fullmatch(compact):
        compact = compact.replace(",", "")
    match = _PLAIN.fullmatch(compact)
    if match is None:
        return None
    whole, fraction = match[1], match[2] or ""
    if not grouped and _is_ambiguous(whole, fraction):
        return None
    return _hundredths(whole, fraction) or None


def currency(text: str) -> str:
    """Read a currency code: upper case, RUR as RUB; RUB where there is none or it is not a code."""
    if text in _COMMON:
        return text
    code = text.strip().upper()
    return _OLD_CODES.get(code, code) if _CODE.fullmatch(code) else "RUB"


def _is_ambiguous(whole: str, fraction: str) -> bool:
    return len(fraction) == _GROUP >= len(whole) and not whole.startswith("0")


def _hundredths(whole: str, fraction: str) -> int:
    digits = fraction.ljust(3, "0")
    return int(whole) * 100 + int(digits[:2]) + (digits[2] >= "5")
