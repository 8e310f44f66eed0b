"""Columns: one param of all offers that have it, as numbers and as words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.domain.catalogue import Param
from bot.domain.text import fold
from bot.knowledge.products.language.loader import grammar, values
from bot.knowledge.products.language.units import Unit, is_unit, unit_of

_NUMBER = re.compile(r"^[<>~≈]?\s*(-?\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?)\s*(\D{0,12})$")
_SPAN = re.compile(
    rf"^(\d+(?:[.,]\d+)?)\s*(?:[-‐‑–—…]|\.\.+|{'|'.join(grammar()['span'])})\s*(\d+(?:[.,]\d+)?)\s*(\D{{0,12}})$"
)
"""From one number to another: "4-6 лет"."""
_UNIT_BEHIND = re.compile(r"^(.+?)(?:,\s*([^,]{1,12})|\s*\(([^()]{1,12})\))$")
_MOSTLY = 0.7


@dataclass(frozen=True)
class Column:
    """`rows` in order; `numbers` in the smallest unit of `unit.kind`, not a number where the feed has words.

    Where the feed has spans, `numbers` are where they begin and `uppers` where they end; else both are the same.
    `codes` point into `texts`, the different values, folded. `flags` are 1 for yes, 0 for no, -1 for anything else.
    """

    key: str
    name: str
    unit: Unit
    shown_unit: str
    rows: NDArray[np.int32]
    numbers: NDArray[np.float64]
    uppers: NDArray[np.float64]
    codes: NDArray[np.int32]
    texts: Sequence[str]
    flags: NDArray[np.int8]
    is_numeric: bool
    is_yes_no: bool


class Gathered:
    """A column while it is gathered."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._own_unit = split_unit(name)[1]
        self._rows: list[int] = []
        self._numbers: list[float] = []
        self._codes: list[int] = []
        self._texts: dict[str, int] = {}
        self._uppers: dict[int, float] = {}
        self._known: dict[tuple[str, str], tuple[int, float, float]] = {}
        self._units: Counter[str] = Counter()

    def add(self, row: int, param: Param) -> None:
        """Take one value in."""
        known = self._known.get((param.value, param.unit))
        if known is None:
            text = fold(param.value)
            bounds = bounds_of(text, param.unit or self._own_unit)
            known = self._known[param.value, param.unit] = (self._texts.setdefault(text, len(self._texts)), *bounds)
        self._rows.append(row)
        self._codes.append(known[0])
        if known[1] < known[2]:
            self._uppers[len(self._numbers)] = known[2]
        self._numbers.append(known[1])
        self._units[param.unit or self._own_unit] += 1

    def _upper(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        if not self._uppers:
            return numbers
        uppers = numbers.copy()
        uppers[list(self._uppers)] = list(self._uppers.values())
        return uppers

    def column(self, key: str) -> Column:
        """Return all that was gathered."""
        numbers = np.array(self._numbers, np.float64)
        texts = list(self._texts)
        codes = np.array(self._codes, np.int32)
        flags = np.array([flag_of(text) for text in texts], np.int8)[codes]
        shown_unit = self._units.most_common(1)[0][0] or _unit_in(texts)
        is_yes_no = not shown_unit and not self._own_unit and bool(np.mean(flags >= 0) >= _MOSTLY)
        return Column(
            key=key,
            name=self._name,
            unit=unit_of(shown_unit),
            shown_unit=shown_unit,
            rows=np.array(self._rows, np.int32),
            numbers=numbers,
            uppers=self._upper(numbers),
            codes=codes,
            texts=texts,
            flags=flags,
            is_numeric=not is_yes_no and bool(np.mean(~np.isnan(numbers)) >= _MOSTLY),
            is_yes_no=is_yes_no,
        )


def bounds_of(text: str, unit: str) -> tuple[float, float]:
    """Read a value as a span of numbers in the smallest unit of its kind; not numbers where it is words."""
    span = _SPAN.match(text)
    match = span or _NUMBER.match(text)
    if match is None:
        return float("nan"), float("nan")
    factor = unit_of(unit or match[3 if span else 2].strip()).factor
    numbers = [
        float(re.sub(r"\s", "", written).replace(",", ".")) * factor for written in match.groups()[: 2 if span else 1]
    ]
    return (numbers[0], numbers[-1]) if numbers[0] <= numbers[-1] else (float("nan"), float("nan"))


def split_unit(name: str) -> tuple[str, str]:
    """Part the name of a param from the unit that some feeds write behind it: "Масса, кг"."""
    match = _UNIT_BEHIND.match(name)
    unit = (match[2] or match[3]).strip() if match else ""
    return (match[1], unit) if match and is_unit(unit) else (name, "")


@lru_cache(maxsize=50_000)
def flag_of(text: str) -> int:
    """Tell whether a folded value says yes (1), no (0), or something else (-1)."""
    if text in values()["yes"]:
        return 1
    return 0 if text in values()["no"] else -1


def _unit_in(texts: Sequence[str]) -> str:
    """The unit that stands in the values themselves."""
    found = Counter(
        match[match.lastindex or 0].strip() for text in texts if (match := _SPAN.match(text) or _NUMBER.match(text))
    )
    return found.most_common(1)[0][0] if found else ""
