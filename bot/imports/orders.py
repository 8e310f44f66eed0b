"""Orders: a store's file as orders and returns; a line that cannot be read is told, and its order left out."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from bot.domain.errors import InputError
from bot.domain.purchases.device import read_serial
from bot.domain.purchases.order import Order, OrderKey, OrderLine, OrderReturn
from bot.domain.purchases.terms import OrderColumns
from bot.domain.receipts.receipt import ReceiptKey
from bot.imports.rows import Columns, Row, columns_of, read_rows
from bot.imports.values import FieldError, read_kopecks, read_name, read_quantity, read_receipt, read_time
from bot.services.purchases.intake import Heard, Told

_DIGITS_OF_A_NAME = 16
_LINE_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row, understood. `paid` is None for a return of which no amount is told: all of it."""

    at: int
    key: OrderKey
    moment: datetime
    paid: int | None
    number: int
    product: str = ""
    name: str = ""
    serial: str = ""
    card: str = ""
    receipt: ReceiptKey | None = None
    is_return: bool = False
    return_number: str = ""


@dataclass(slots=True)
class _Gathered:
    """Rows of one order, or of one return; `is_spoilt` where one of them could not be read."""

    lines: list[_Line] = field(default_factory=list)
    is_spoilt: bool = False


def read_orders(content: bytes, layout: OrderColumns, zone: ZoneInfo) -> Heard:
    """Read orders and returns, orders first, in the order of the file."""
    columns = columns_of(layout)
    problems: list[tuple[int, str]] = []
    sales: dict[OrderKey, _Gathered] = {}
    returns: dict[tuple[OrderKey, str], _Gathered] = {}
    try:
        for at, row in read_rows(content, columns):
            try:
                line = _read(row, at, columns, layout, zone)
            except FieldError as problem:
                problems.append((at, str(problem)))
                _spoil(row, layout, sales)
                continue
            _gather(line, sales, returns)
    except FieldError as problem:
        return Heard(problems=((1, str(problem)),))
    told: list[tuple[int, Told]] = [
        (each.lines[0].at, _order(each.lines)) for each in sales.values() if each.lines and not each.is_spoilt
    ]
    told += [(each.lines[0].at, _return(each.lines)) for each in returns.values()]
    return Heard(told=tuple(told), problems=tuple(problems))


def _read(row: Row, at: int, columns: Columns, layout: OrderColumns, zone: ZoneInfo) -> _Line:
    paid = _paid(row)
    is_return = columns.is_return(row.get("kind", "")) or (paid is not None and paid < 0)
    if paid is None and not is_return:
        raise FieldError("what was paid is missing")
    number = row.get("line", "").strip()
    return _Line(
        at=at,
        key=_key(row, layout),
        moment=read_time(row.get("date", ""), zone, layout.day_format),
        paid=None if paid is None else abs(paid),
        number=int(number) if _LINE_NUMBER.fullmatch(number) else 0,
        product=row.get("product", "").strip(),
        name=row.get("name", "").strip(),
        serial=_serial(row.get("serial", "")),
        card=re.sub(r"\D", "", row.get("card", "")),
        receipt=None if is_return else read_receipt(row.get("drive", ""), row.get("document", "")),
        is_return=is_return,
        return_number=row.get("return_number", "").strip(),
    )


def _serial(text: str) -> str:
    try:
        return read_serial(text) if text.strip() else ""
    except InputError:
        raise FieldError(f"expected a serial number, not {text[:40]!r}") from None


def _paid(row: Row) -> int | None:
    if "paid" in row:
        return read_kopecks(row["paid"])
    if "price" not in row:
        return None
    kopecks = read_kopecks(row["price"]) * read_quantity(row.get("quantity", "1"))
    return int(kopecks.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _key(row: Row, layout: OrderColumns) -> OrderKey:
    store = row.get("store", "").strip() or layout.store
    return OrderKey(store, read_name(row.get("number", ""), what="the order's number"))


def _spoil(row: Row, layout: OrderColumns, sales: dict[OrderKey, _Gathered]) -> None:
    """An order with a line that cannot be read is not the order that was sold: leave it out."""
    if row.get("number", "").strip():
        sales.setdefault(_key(row, layout), _Gathered()).is_spoilt = True


def _gather(line: _Line, sales: dict[OrderKey, _Gathered], returns: dict[tuple[OrderKey, str], _Gathered]) -> None:
    if line.is_return:
        name = line.return_number or line.moment.isoformat()
        returns.setdefault((line.key, name), _Gathered()).lines.append(line)
    else:
        sales.setdefault(line.key, _Gathered()).lines.append(line)


def _order(lines: Sequence[_Line]) -> Order:
    numbers = [line.number for line in lines]
    is_numbered = all(numbers) and len(set(numbers)) == len(numbers)
    return Order(
        key=lines[0].key,
        bought_at=lines[0].moment,
        lines=tuple(
            OrderLine(
                number=line.number if is_numbered else place,
                product=line.product,
                name=line.name,
                serial=line.serial,
                paid_kopecks=line.paid or 0,
            )
            for place, line in enumerate(lines, start=1)
        ),
        card=next((line.card for line in lines if line.card), ""),
        receipt=next((line.receipt for line in lines if line.receipt), None),
    )


def _return(lines: Sequence[_Line]) -> OrderReturn:
    by_line: dict[int, int] = {}
    by_product: dict[str, int] = {}
    for line in (line for line in lines if line.paid):
        if line.number:
            by_line[line.number] = by_line.get(line.number, 0) + (line.paid or 0)
        else:
            by_product[line.product] = by_product.get(line.product, 0) + (line.paid or 0)
    return OrderReturn(
        key=lines[0].key,
        number=lines[0].return_number or _name(lines),
        returned_at=lines[0].moment,
        lines=by_line,
        products=by_product,
    )


def _name(lines: Sequence[_Line]) -> str:
    """Name a return that the store did not, so that the same rows are the same return."""
    words = "|".join(f"{line.moment.isoformat()};{line.number};{line.product};{line.paid}" for line in lines)
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS_OF_A_NAME]
