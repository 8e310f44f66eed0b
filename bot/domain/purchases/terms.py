"""Purchase terms: what the brand lays down about receipts, devices and the orders of its store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.loyalty.period import Period
from bot.domain.receipts.receipt import AGE_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderColumns:
    """How the store's files are laid out. `columns` maps our names to the store's; `kinds` are the store's words for
    a return, folded; `store` names the store where a file does not.
    """

    store: str = "store"
    columns: Mapping[str, str] = field(default_factory=dict)
    returns: frozenset[str] = frozenset()
    day_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseTerms:
    """`receipt_age` is how old a receipt may be; how many a member may register in a day and in a month, and how many
    pictures send in a day.
    """

    receipt_age: timedelta = AGE_LIMIT
    receipts_per_day: int = 5
    receipts_per_month: int = 30
    pictures_per_day: int = 20
    warranty: Period = field(default_factory=lambda: Period(months=12))
    orders: OrderColumns = field(default_factory=OrderColumns)
