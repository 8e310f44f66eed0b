"""Rows: a store's file as fields by our own names, each with its line: CSV in any of its dialects, or JSON."""

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.domain.purchases.terms import OrderColumns
from bot.imports.values import FieldError, delimiter_of, text_of

NEEDED = ("number", "date")
TELLING = "telling"
"""Field that names the JSON object which a row is a line of; rows that stand by themselves have none."""
FAULT = "fault"
"""Field that says why a row cannot be read, beside what is known of it."""
_LINES = "lines"
_RETURNS = "returns"
_FORGOTTEN = re.compile(r"[\s._-]")

_SURPLUS = "there are more fields than columns; put a text that has the separator into quotes"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Finds our names behind the store's."""

    names: Mapping[str, str]
    returns: frozenset[str]
    sales: frozenset[str] = frozenset()

    def ours(self, theirs: str) -> str:
        """Return our name of a column; empty where it is none of ours."""
        return self.names.get(fold(theirs), "")

    def is_left_aside(self, kind: str) -> bool:
        """Whether `kind` says that it was neither sold nor returned, such as an order that waits to be paid."""
        return bool(self.sales) and fold(kind) not in self.sales | self.returns

    def is_return(self, kind: str) -> bool:
        """Whether `kind` says that goods came back."""
        return fold(kind) in self.returns


def columns_of(layout: OrderColumns) -> Columns:
    """Take the usual names, and before them what the pack says."""
    usual = _usual()
    names = {fold(theirs): ours for ours, all_ in usual.items() if ours != _RETURNS for theirs in all_}
    given = {fold(theirs): ours for ours, theirs in layout.columns.items()}
    taken = set(layout.columns)
    kept = {theirs: ours for theirs, ours in names.items() if ours not in taken}
    returns = layout.returns or frozenset(usual[_RETURNS])
    return Columns({**kept, **given}, frozenset(map(fold, returns)), frozenset(map(fold, layout.sales)))


def known_columns() -> tuple[str, ...]:
    """List our own names, for whoever writes a pack."""
    return tuple(name for name in _usual() if name != _RETURNS)


def fold(name: str) -> str:
    """Forget what names of columns differ in by chance."""
    return _FORGOTTEN.sub("", name.strip().lstrip("\ufeff").casefold())


def read_rows(content: bytes, columns: Columns) -> Iterator[tuple[int, Row]]:
    """Read a file row by row.

    Raises:
        FieldError: it is neither CSV with a header that we understand nor JSON.
    """
    text = text_of(content)
    if not text.strip():
        raise FieldError("the file is empty")
    if text.lstrip()[:1] in {"[", "{"}:
        yield from _json_rows(text, columns)
    else:
        yield from _csv_rows(text, columns)


def _csv_rows(text: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = delimiter_of(header)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: list[str] = []
    try:
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            if not names:
                names = [columns.ours(value) for value in values]
                _demand_needed(names)
                continue
            row = _filled(zip(names, values, strict=False))
            has_more = any(value.strip() for value in values[len(names) :])
            yield reader.line_num, {**row, FAULT: _SURPLUS} if has_more else row
    except csv.Error as error:
        raise FieldError(f"line {reader.line_num}: this is no CSV ({error})") from error


def _json_rows(text: str, columns: Columns) -> Iterator[tuple[int, Row]]:
    try:
        read = json.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise FieldError(f"this is no JSON ({error})") from error
    if isinstance(read, dict):
        read = read["orders"] if isinstance(read.get("orders"), list) else [read]
    for number, order in enumerate(read, start=1):
        if not isinstance(order, dict):
            yield number, {FAULT: f"order {number} is no JSON object"}
            continue
        for row in _flattened(order, columns, telling=str(number)):
            yield number, row


def _flattened(order: Mapping[str, object], columns: Columns, *, telling: str) -> Iterator[Row]:
    """Write an order with lines inside as one row for each line."""
    whole = _fields(order, columns)
    lines = next((value for name, value in order.items() if columns.ours(name) == _LINES), None)
    if not isinstance(lines, list):
        yield whole
        return
    if not lines:
        yield {**whole, FAULT: "the order has no lines"}
    for line in lines:
        if not isinstance(line, dict):
            yield {**whole, FAULT: "a line of an order is no JSON object"}
            continue
        own = _fields(line, columns)
        own = {("line" if name == "number" else name): value for name, value in own.items()}
        shared = {name: value for name, value in whole.items() if name not in {"paid", "name"}}
        yield {**shared, **own, TELLING: telling}


def _fields(values: Mapping[str, object], columns: Columns) -> Row:
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, dict) and columns.ours(name) != _LINES:
            found.extend(_fields(value, columns).items())  # {"receipt": {"fn": …, "i": …}}
        elif value is not None and not isinstance(value, list):
            found.append((columns.ours(name), str(value)))
    return _filled(iter(found))


def _filled(pairs: Iterator[tuple[str, str]]) -> Row:
    row: dict[str, str] = {}
    for name, value in pairs:
        if name and value.strip():
            row.setdefault(name, value)
    return row


def _demand_needed(names: list[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if "paid" not in names and not {"price", "quantity"} <= set(names):
        missing.append("paid")
    if missing:
        example = f'{missing[0]} = "..."'
        raise FieldError(f"no column for {', '.join(missing)}: name it in [orders.columns] of club.toml: {example}")


@cache
def _usual() -> Mapping[str, list[str]]:
    return tomllib.loads((files("bot.imports") / "columns.toml").read_text(encoding="utf-8"))
