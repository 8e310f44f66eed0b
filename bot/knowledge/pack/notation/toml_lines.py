"""Lines of TOML: where each key of a file stands; `tomllib` tells values only."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

TomlPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top: ``("lines", 0, "id")``."""

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)
_KEY = r'(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|\'[^\']*\')'
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_KEYS})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_KEYS})\s*=")


def key_lines(text: str) -> Mapping[TomlPath, int]:
    """Map the path of every table and key of valid TOML to its line; keys inside inline tables are left out."""
    lines: dict[TomlPath, int] = {}
    counts: Counter[TomlPath] = Counter()
    table: TomlPath = ()
    for number, statement in _statements(text):
        if header := _HEADER.match(statement):
            table = _table_path(header[1], _split(header[2]), counts)
            lines.setdefault(table, number)
            lines.setdefault(tuple(key for key in table if isinstance(key, str)), number)
        elif assignment := _ASSIGNMENT.match(statement):
            keys = _split(assignment[1])
            for depth in range(1, len(keys) + 1):
                lines.setdefault((*table, *keys[:depth]), number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that begin a statement, with their numbers: not those inside a value of several lines."""
    depth, number, start = 0, 1, 0
    for token in _TOKEN.finditer(text + "\n"):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth == 0:
            yield number, text[start : token.start()]
            number += text.count("\n", start, token.end())
            start = token.end()


def _table_path(bracket: str, keys: tuple[str, ...], counts: Counter[TomlPath]) -> TomlPath:
    path: TomlPath = ()
    for key in keys[:-1]:
        path = (*path, key)
        if counts[path]:
            path = (*path, counts[path] - 1)
    path = (*path, keys[-1])
    if bracket == "[[":
        counts[path] += 1
        path = (*path, counts[path] - 1)
    return path


def _split(keys: str) -> tuple[str, ...]:
    return tuple(key.strip("\"'") for key in re.findall(_KEY, keys))
