"""TOML files read into a tree, each value with its line."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from bot.knowledge.pack.check import Check
from bot.knowledge.pack.notation.toml_lines import TomlPath, key_lines
from bot.knowledge.pack.notation.tree import Leaf, LeafKind, Node, Row, Table

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_LONGEST_GAP = 20  # lines of blanks and comments between two items of a list
_EMPTY = Table(values={}, lines={}, line=1)


def read_toml(text: str, check: Check) -> tuple[Table, Mapping[str, object]]:
    """Read TOML as a tree and as plain values; both are empty when it is broken."""
    try:
        values: dict[str, object] = tomllib.loads(text)
        return _Lines(text).table(values, ()), values
    except tomllib.TOMLDecodeError as fault:
        message = str(fault)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        check.error("bad-toml", f"cannot be read as TOML: {_PLACE.sub('', message)}", line)
    except (ValueError, RecursionError):
        check.error("bad-toml", "cannot be read as TOML: a number is too long or the nesting too deep")
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
            return Row(items=self._items(value, path), line=self._line(path))
        return _leaf(value, self._line(path))

    def _items(self, values: Sequence[object], path: TomlPath) -> tuple[Node, ...]:
        items: list[Node] = []
        line = self._line(path)
        for number, value in enumerate(values):
            node = self._node(value, (*path, number))
            if isinstance(node, Leaf):
                line = self._find(node.text, line)
                node = replace(node, line=line)
            items.append(node)
        return tuple(items)

    def _line(self, path: TomlPath) -> int:
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _find(self, text: str, first: int) -> int:
        """Find the line of a text in a list, from the line of the item before it; that line where it is not seen."""
        end = bisect_right(self._starts, first)
        last = min(self._starts[end] if end < len(self._starts) else first + 1, first + _LONGEST_GAP)
        for line in range(first, last):
            if f'"{text}"' in self._text[line - 1] or f"'{text}'" in self._text[line - 1]:
                return line
        return first


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
