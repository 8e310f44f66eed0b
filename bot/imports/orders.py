"""Orders: a store's file as orders and returns; a line that cannot be read is told, and its order left out."""

import re
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from bot.domain.errors import InputError
from bot.domain.purchases.device import read_serial
from bot.domain.purchases.order import OrderKey
from bot.domain.purchases.terms import OrderColumns
from bot.imports.gathering import Gathered, ReadLine
from bot.imports.rows import FAULT, TELLING, Columns, Row, columns_of, read_rows
from bot.imports.values import (
    LONGEST_STORE,
    MOST_KOPECKS,
    FieldError,
    read_kopecks,
    read_name,
    read_quantity,
    read_receipt,
    read_time,
)
from bot.services.purchases.intake import Heard

_LINE_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


def read_orders(content: bytes, layout: OrderColumns, zone: ZoneInfo) -> Heard:
    """Read orders and returns, orders first, in the order of the file."""
    columns, gathered = columns_of(layout), Gathered()
    problems: list[tuple[int, str]] = []
    try:
        for at, row in read_rows(content, columns):
            if columns.is_left_aside(row.get("kind", "")):
                continue
            try:
                line = _read(row, at, columns, layout, zone)
            except FieldError as problem:
                problems.append((at, str(problem)))
                if not columns.is_return(row.get("kind", "")):
                    gathered.spoil(OrderKey(_store(row, layout), row.get("number", "").strip()))
                continue
            gathered.add(line, telling=row.get(TELLING, ""))
    except FieldError as problem:
        return Heard(problems=((1, str(problem)),))
    told, amiss = gathered.told()
    return Heard(told=told, problems=tuple(sorted([*problems, *amiss])))


def _read(row: Row, at: int, columns: Columns, layout: OrderColumns, zone: ZoneInfo) -> ReadLine:
    if FAULT in row:
        raise FieldError(row[FAULT])
    paid = _paid(row)
    is_return = columns.is_return(row.get("kind", "")) or (paid is not None and paid < 0)
    if paid is None and not is_return:
        raise FieldError("what was paid is missing")
    number = row.get("line", "").strip()
    return ReadLine(
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
        return_number=read_name(row.get("return_number", ""), what="the number of the return"),
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
    if abs(kopecks) > MOST_KOPECKS:
        raise FieldError("price and quantity come to more than anybody pays")
    return int(kopecks.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _key(row: Row, layout: OrderColumns) -> OrderKey:
    number = read_name(row.get("number", ""), what="the order's number")
    if not number:
        raise FieldError("the order's number is missing")
    return OrderKey(read_name(_store(row, layout), what="the name of the store", longest=LONGEST_STORE), number)


def _store(row: Row, layout: OrderColumns) -> str:
    return row.get("store", "").strip() or layout.store
