"""Tree: what a YAML or TOML file says, with the line of everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class LeafKind(StrEnum):
    """What a single value is, by the rules of its format."""

    TEXT = "text"
    NUMBER = "a number"
    TRUTH = "true or false"
    DATE = "a date"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A single value. `text` is what was written: ``010`` and ``yes`` stay as they are."""

    text: str
    kind: LeafKind
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A list of values, in order."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Values by key, in order; `lines` has the line of each key, `repeated` the keys that came more than once."""

    values: Mapping[str, "Node"]
    lines: Mapping[str, int]
    line: int
    repeated: Mapping[str, int] = field(default_factory=dict)


Node: TypeAlias = Leaf | Row | Table


def describe(node: Node) -> str:
    """Name what `node` is, for a message."""
    match node:
        case Leaf():
            return str(node.kind)
        case Row():
            return "a list"
        case Table():
            return "a table of keys"
