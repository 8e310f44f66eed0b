"""Values: what may stand in one place of a pack, and what to say when something else does."""

import re
from datetime import date, datetime, time
from urllib.parse import urlsplit

from bot.domain.loyalty.period import Period, read_period
from bot.domain.text import LONGEST_MESSAGE, clean
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Node, describe

MOST_TIMES = 100
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_CENTURY = Period(months=1200, days=36_525)


def read_text(node: Node, name: str, check: Check, *, may_be_bare: bool = False) -> str:
    """Return the text of `node`, cleaned; empty when there is none. A bare number is text too, with a warning."""
    if not isinstance(node, Leaf):
        check.error("not-text", f"{name} is {describe(node)}; write text", node.line)
        return ""
    if node.kind is LeafKind.NOTHING:
        return ""
    if node.kind is not LeafKind.TEXT and not may_be_bare:
        text = f"{name} is {node.kind} here; taken as the text “{node.text[:40]}”; put it in quotes"
        check.warn("unquoted", text, node.line)
    return shorten(node.text, name, check, node.line)


def shorten(text: str, name: str, check: Check, line: int) -> str:
    """Clean `text` and keep what fits; say so when it is cut."""
    if len(text) > LONGEST_MESSAGE:
        check.warn("too-long", f"{name} is longer than {LONGEST_MESSAGE} characters; the rest is cut", line)
    return clean(text)


def read_whole(node: Node, name: str, check: Check, *, minimum: int, maximum: int) -> int | None:
    """Return a whole number from `minimum` to `maximum`; None when `node` is anything else."""
    if isinstance(node, Leaf) and node.kind is LeafKind.NUMBER and re.fullmatch(r"-?[0-9]{1,15}", node.text):
        number = int(node.text)
        if minimum <= number <= maximum:
            return number
    check.error("not-a-number", f"{name} must be a whole number from {minimum} to {maximum}", node.line)
    return None


def is_url(text: str) -> bool:
    """Whether `text` is a web address: http or https, with a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


def read_date(text: str) -> date | None:
    """Read an ISO date, or the date of an ISO time; None when it is neither."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def is_period(text: str) -> bool:
    """Whether `text` is an ISO 8601 period of years, months, weeks or days, of at most a century: ``P12M``."""
    try:
        period = read_period(text)
    except ValueError:
        return False
    return period.months <= _CENTURY.months and period.days <= _CENTURY.days


def read_clock(text: str) -> time | None:
    """Read a time of the day such as ``21:00``; None when it is something else."""
    found = _CLOCK.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


def is_multiplier(node: Node) -> bool:
    """Whether `node` is a number above 0 that something may be multiplied by."""
    if not isinstance(node, Leaf) or node.kind is not LeafKind.NUMBER:
        return False
    return 0 < float(node.text) <= MOST_TIMES
