"""TOML files read into a tree, each value with its line."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, time

from bot.knowledge.pack.report import Report
from bot.knowledge.pack.toml_lines import TomlPath, key_lines
from bot.knowledge.pack.tree import Leaf, LeafKind, Node, Row, Table

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_EMPTY = Table(values={}, lines={}, line=1)


def read_toml(text: str, report: Report) -> tuple[Table, Mapping[str, object]]:
    """Read TOML as a tree and as plain values; both are empty when it is broken."""
    try:
        values: dict[str, object] = tomllib.loads(text)
        return _Lines(text).table(values, ()), values
    except tomllib.TOMLDecodeError as fault:
        message = str(fault)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        report.error("bad-toml", f"cannot be read as TOML: {_PLACE.sub('', message)}", line)
    except (ValueError, RecursionError):
        report.error("bad-toml", "cannot be read as TOML: a number is too long or the nesting too deep")
    return _EMPTY, {}


class _Lines:
    """Puts lines to values: of the item itself where it can be found, else of its key or table."""

    def __init__(self, text: str) -> None:
        self._lines = key_lines(text)
        self._text = text.split("\n")
        self._starts = sorted({*self._lines.values(), len(self._text) + 1})

    def table(self, values: Mapping[str, object], path: TomlPath) -> Table:
        nodes = {key: self._node(value, (*path, key)) for key, value in values.items()}
        lines = {key: self._line((*path, key)) for key in values}
        return Table(values=nodes, lines=lines, line=self._line(path))

    def _node(self, value: object, path: TomlPath) -> Node:
        if isinstance(value, dict):
            return self.table(value, path)
        if isinstance(value, list):
            items = tuple(self._node(item, (*path, number)) for number, item in enumerate(value))
            return Row(items=items, line=self._line(path))
        leaf = _leaf(value, self._line(path))
        return self._found(leaf) if path and isinstance(path[-1], int) else leaf

    def _line(self, path: TomlPath) -> int:
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _found(self, leaf: Leaf) -> Leaf:
        """Find the line of an item within a list of several lines."""
        end = next((start for start in self._starts if start > leaf.line), leaf.line + 1)
        for line in range(leaf.line, end):
            if f'"{leaf.text}"' in self._text[line - 1] or f"'{leaf.text}'" in self._text[line - 1]:
                return Leaf(text=leaf.text, kind=leaf.kind, line=line)
        return leaf


def _leaf(value: object, line: int) -> Leaf:
    match value:
        case str():
            return Leaf(text=value, kind=LeafKind.TEXT, line=line)
        case bool():
            return Leaf(text=str(value).lower(), kind=LeafKind.TRUTH, line=line)
        case int() | float():
            return Leaf(text=str(value), kind=LeafKind.NUMBER, line=line)
        case date() | time():
            return Leaf(text=value.isoformat(), kind=LeafKind.DATE, line=line)
        case _:
            return Leaf(text="", kind=LeafKind.NOTHING, line=line)
