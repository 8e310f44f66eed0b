"""Receipt: the six fields of a fiscal receipt, and the rules that need nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.errors import InputError, RuleViolationError
from bot.domain.replies import Phrase

AGE_LIMIT = timedelta(days=30)
"""How old a receipt may be by default."""

AHEAD_LIMIT = timedelta(days=1)
"""How far ahead of the programme's day a receipt may be: the till may stand eleven time zones to the east."""

_MATCHES_NEEDED = 2  # of number of the drive, number of the document, total and day, beside an equal fiscal sign


class Operation(IntEnum):
    """What was done at the till: tag 1054 of the fiscal data format."""

    SALE = 1
    SALE_RETURN = 2
    EXPENSE = 3
    EXPENSE_RETURN = 4


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """Names a receipt: a fiscal drive numbers its documents one by one. Unique in the whole programme."""

    drive: str
    document: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A fiscal receipt. `day` and `clock` are local to the till, whose zone nobody tells; typed by hand it may have no
    `clock`. `drive` (tag 1041) has 16 digits; `document` (tag 1040) and `sign` (tag 1077) are under 2^32.
    """

    day: date
    clock: time | None = None
    total_kopecks: int
    drive: str
    document: int
    sign: int
    operation: Operation = Operation.SALE

    @property
    def key(self) -> ReceiptKey:
        """What must be unique."""
        return ReceiptKey(self.drive, self.document)


class Resemblance(StrEnum):
    """How a receipt stands to one that is registered already."""

    SAME = "same"  # the very same: a repeat, or a second person who claims it
    CONFLICTING = "conflicting"  # one number, other contents: misread or forged, a person must look
    ALIKE = "alike"  # another number, but surely the same paper read with a mistake, a person must look
    DIFFERENT = "different"


def compare(one: Receipt, other: Receipt) -> Resemblance:
    """Tell whether two readings are of one paper. Symmetric.

    A fiscal sign is as good as random, so an equal one on two papers with anything else in common is no chance.
    Candidates are those with an equal key and those with an equal sign.
    """
    if one.key == other.key:
        return Resemblance.SAME if _say_the_same(one, other) else Resemblance.CONFLICTING
    matches = (
        one.drive == other.drive,
        one.document == other.document,
        one.total_kopecks == other.total_kopecks,
        one.day == other.day,
    )
    is_alike = one.sign == other.sign and sum(matches) >= _MATCHES_NEEDED
    return Resemblance.ALIKE if is_alike else Resemblance.DIFFERENT


def _say_the_same(one: Receipt, other: Receipt) -> bool:
    """Whether the contents agree; a time is compared to the minute, where both have one: codes may omit seconds."""
    if (one.sign, one.total_kopecks, one.day, one.operation) != (
        other.sign,
        other.total_kopecks,
        other.day,
        other.operation,
    ):
        return False
    if one.clock is None or other.clock is None:
        return True
    return one.clock.replace(second=0) == other.clock.replace(second=0)


def demand_purchase(receipt: Receipt) -> None:
    """Let pass what can earn points.

    Raises:
        RuleViolationError: it is of a return, or of money that the shop paid out.
    """
    match receipt.operation:
        case Operation.SALE:
            return
        case Operation.SALE_RETURN:
            raise RuleViolationError(Phrase("receipt-of-return"))
        case Operation.EXPENSE | Operation.EXPENSE_RETURN:
            raise RuleViolationError(Phrase("receipt-of-expense"))
        case _:
            assert_never(receipt.operation)


def demand_fresh(receipt: Receipt, *, now: datetime, zone: ZoneInfo, limit: timedelta = AGE_LIMIT) -> None:
    """Let pass what is neither too old nor of the future; `zone` is the programme's, the last day is included.

    Raises:
        InputError: of the field ``day``.
    """
    demand_fresh_day(receipt.day, now=now, zone=zone, limit=limit)


def demand_fresh_day(day: date, *, now: datetime, zone: ZoneInfo, limit: timedelta = AGE_LIMIT) -> None:
    """Let pass a day of which receipts are taken.

    Raises:
        InputError: of the field ``day``.
    """
    today = now.astimezone(zone).date()
    if day - today > AHEAD_LIMIT:
        raise InputError(Phrase("receipt-day-ahead"), field="day")
    if today - day > limit:
        raise InputError(Phrase("receipt-too-old", {"days": limit.days}), field="day")
