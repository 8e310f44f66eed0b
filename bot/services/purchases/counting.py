"""Counting: a receipt or an order as the purchase that the rules look at."""

from collections.abc import Callable
from datetime import datetime, time
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.loyalty.earning import Line, Purchase
from bot.domain.loyalty.program import RuleKind
from bot.domain.purchases.order import StoredOrder
from bot.domain.receipts.receipt import Receipt, ReceiptKey

Categories: TypeAlias = Callable[[str], frozenset[str]]
"""Tells the categories of a product by its id; none where the catalogue does not have it."""

_NOON = time(12)
_WHOLE = 1


def receipt_source(key: ReceiptKey) -> str:
    """Name the purchase that a receipt proves."""
    return f"receipt:{key.drive}-{key.document}"


def purchase_of_receipt(receipt: Receipt, zone: ZoneInfo) -> Purchase:
    """Take a receipt of which nothing but the total is known; a till's clock is taken to be the programme's."""
    return Purchase(
        source=receipt_source(receipt.key),
        kind=RuleKind.RECEIPT,
        at=datetime.combine(receipt.day, receipt.clock or _NOON, tzinfo=zone),
        lines=(Line(number=_WHOLE, paid_kopecks=receipt.total_kopecks),),
    )


def purchase_of_order(stored: StoredOrder, categories: Categories) -> Purchase:
    """Take an order with all its lines, what came back included."""
    return Purchase(
        source=stored.order.key.source,
        kind=RuleKind.PURCHASE,
        at=stored.order.bought_at,
        lines=tuple(
            Line(
                number=line.number,
                paid_kopecks=line.paid_kopecks,
                product=line.product,
                categories=categories(line.product),
            )
            for line in stored.order.lines
        ),
    )


def counted_lines(stored: StoredOrder, lines: dict[int, int]) -> dict[int, int]:
    """Write kopecks of an order's lines as those of the purchase that it was counted by.

    One that was counted by its receipt has one line.
    """
    return lines if stored.source == stored.order.key.source else {_WHOLE: sum(lines.values())}
