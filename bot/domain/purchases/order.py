"""Order: what somebody bought in the brand's own store, as the store tells it, and what came back of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from bot.domain.loyalty.member import MemberId
from bot.domain.purchases.device import LOOKALIKES
from bot.domain.receipts.receipt import Receipt, ReceiptKey

OrderId = NewType("OrderId", int)


@dataclass(frozen=True, slots=True)
class OrderKey:
    """Names an order: a store numbers its orders. Unique in the whole programme."""

    store: str
    number: str

    @property
    def source(self) -> str:
        """How the ledger names a purchase that was counted by this order."""
        return f"order:{self.store}:{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """Goods of one kind. `paid_kopecks` is for all of them, discounts taken off; `serial` is that of the one device."""

    number: int
    product: str
    paid_kopecks: int
    name: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order that was paid for. `card` is the member's, empty where the buyer showed none. Lines are not empty."""

    key: OrderKey
    bought_at: datetime
    lines: tuple[OrderLine, ...]
    card: str = ""
    receipt: ReceiptKey | None = None

    @property
    def paid_kopecks(self) -> int:
        """What all of it cost."""
        return sum(line.paid_kopecks for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReturn:
    """Goods of an order that came back, once for each `number`.

    `lines` are kopecks by line, `products` kopecks by product where the store does not tell lines, under an empty name
    where it does not tell products either. Nothing in both is everything.
    """

    key: OrderKey
    number: str
    returned_at: datetime
    lines: Mapping[int, int] = field(default_factory=dict)
    products: Mapping[str, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """How the ledger names it."""
        return f"return:{self.key.store}:{self.key.number}:{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOrder:
    """An order that we have. `member` is whose points it gave, by the name `source`; `returned` is kopecks by line."""

    id: OrderId
    order: Order
    member: MemberId | None = None
    source: str = ""
    returned: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        """Whether it gave points already."""
        return bool(self.source)

    @property
    def left_kopecks(self) -> int:
        """What was paid for what the buyer keeps."""
        return self.order.paid_kopecks - sum(self.returned.values())


def numbers_meant(text: str) -> tuple[str, ...]:
    """List the numbers of an order that somebody may mean, likeliest first: as typed, in capitals, in Latin letters."""
    typed = text.strip().lstrip("#№ ").strip()
    return tuple(dict.fromkeys((typed, typed.upper(), typed.upper().translate(LOOKALIKES))))


def agrees(order: Order, receipt: Receipt) -> bool:
    """Whether a receipt may be that of `order`: it was paid in full by it. A day may differ, a sum may not."""
    return order.receipt == receipt.key and order.paid_kopecks == receipt.total_kopecks


def is_same_sale(one: Order, other: Order) -> bool:
    """Whether two tellings of an order agree in what was bought; a card or a receipt may have been added since."""
    return (one.key, one.bought_at, one.lines) == (other.key, other.bought_at, other.lines)


def is_of_another_card(stored: StoredOrder, told: Order) -> bool:
    """Whether an order that gave points is told again with the card of somebody else."""
    return stored.is_counted and bool(stored.order.card and told.card) and stored.order.card != told.card


def names_goods_of(order: Order, what: OrderReturn) -> bool:
    """Whether a return is of anything that `order` has."""
    if not what.lines and not what.products:
        return True
    numbers, products = {line.number for line in order.lines}, {"", *(line.product for line in order.lines)}
    return not numbers.isdisjoint(what.lines) or not products.isdisjoint(what.products)


def lines_back(stored: StoredOrder, what: OrderReturn) -> dict[int, int]:
    """Tell what comes back now, in kopecks by line: what is said, cut to what is left."""
    left = {
        line.number: line.paid_kopecks - stored.returned.get(line.number, 0)
        for line in stored.order.lines
        if line.paid_kopecks > stored.returned.get(line.number, 0)
    }
    if not what.lines and not what.products:
        return left
    back = {line: min(kopecks, left[line]) for line, kopecks in what.lines.items() if line in left and kopecks > 0}
    for product, kopecks in what.products.items():
        wanted = kopecks
        for line in stored.order.lines:
            if product in {"", line.product}:
                part = min(wanted, left.get(line.number, 0) - back.get(line.number, 0))
                back[line.number] = back.get(line.number, 0) + part
                wanted -= part
    return {line: kopecks for line, kopecks in back.items() if kopecks}
