"""Knowing: the goods of a pack with all that their words mean, ready to be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.domain.catalogue import Offer
from bot.domain.telling import Shelves
from bot.domain.text import fold
from bot.knowledge.products.goods.columns import Column, split_unit
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.language.lexicon import Lexicon
from bot.knowledge.products.language.units import Unit
from bot.knowledge.products.question.reading import Asked

_NAMED_SIZES = ("diagonal", "volume", "capacity", "load")
_CONTENTS = frozenset(("volume", "load"))
_SIZES = (*_NAMED_SIZES, "length", "weight")
"""What "large" is measured by where nothing is said, the first that most of the goods have."""
_MOST_OF = 0.4
_LEAST_SIZE = 10
_SAMPLE = 4096


@dataclass(frozen=True)
class Knowing:
    """Questions that the answers ask of the goods."""

    goods: Goods
    lexicon: Lexicon
    shelves: Shelves

    @cached_property
    def by_kind(self) -> dict[str, list[Column]]:
        """Numeric columns by what they measure."""
        found: dict[str, list[Column]] = {}
        for column in self.goods.columns.values():
            if column.is_numeric:
                found.setdefault(column.unit.kind, []).append(column)
        return found

    @cached_property
    def with_numbers(self) -> list[Column]:
        """Columns that have numbers at all: sizes of shoes may stand beside those of shirts."""
        return [column for column in self.goods.columns.values() if not np.all(np.isnan(column.numbers))]

    def column(self, param: str) -> Column | None:
        """Return the column of a param."""
        return self.goods.columns.get(fold(param))

    def mask(self, rows: Rows | Sequence[int]) -> NDArray[np.bool_]:
        """Return which of all offers are among `rows`."""
        mask = np.zeros(len(self.goods.offers), np.bool_)
        mask[rows] = True
        return mask

    def offer(self, row: int) -> Offer:
        """Return the offer at `row`."""
        return self.goods.offers[row]

    def number(self, row: int, column: Column | None) -> float | None:
        """Return the number of a column, the price where there is no column; None where the feed has none."""
        if column is None:
            price = self.goods.prices[row]
        else:
            at = int(column.rows.searchsorted(row))
            if at == len(column.rows) or column.rows[at] != row:
                return None
            price = column.numbers[at]
        return None if np.isnan(price) else float(price)

    def resolve(self, asked: Asked, mask: NDArray[np.bool_]) -> list[Column]:
        """Return the columns that `asked` means among the offers of `mask`; none where they have no such thing."""
        for keys in (asked.columns, asked.parts):
            found = self.had(keys, mask)
            if found:
                return found
        return []

    def had(self, keys: Iterable[str], mask: NDArray[np.bool_]) -> list[Column]:
        """Return those columns that any offer of `mask` has, those that most have first."""
        counted = [
            (count_in(mask, column.rows), column)
            for key in dict.fromkeys(keys)
            if (column := self.goods.columns.get(key)) is not None
        ]
        return [column for count, column in sorted(counted, key=lambda pair: -pair[0]) if count]

    def measured(self, unit: Unit, number: float | None, mask: NDArray[np.bool_]) -> Column | None:
        """Return the column of `mask` that a number with `unit` most likely speaks of."""
        best: tuple[tuple[bool, bool, int, int], Column] | None = None
        for column in self.by_kind.get(unit.kind, ()):
            count = count_in(mask, column.rows)
            if not count:
                continue
            has_number = number is not None and bool(np.any(is_near(column.numbers[mask[column.rows]], number)))
            rank = (column.unit == unit, has_number, count, -len(column.name))
            if best is None or rank > best[0]:
                best = (rank, column)
        return best[1] if best else None

    def counted(self, number: float, mask: NDArray[np.bool_]) -> Column | None:
        """Return the column in which offers of `mask` have a bare `number`: "кроссовки 42"; None in doubt.

        A size without a unit goes first, then any without one, then the only one at all.
        """
        having = [
            column
            for column in self.with_numbers
            if np.any(is_near(column.numbers[mask[column.rows]], number * column.unit.factor))
        ]
        bare = [column for column in having if not column.unit.kind]
        sizes = [column for column in bare if column.key in self.lexicon.concepts.get("size", ())]
        found = sizes or bare or (having if number >= _LEAST_SIZE else [])
        return found[0] if len(found) == 1 else None

    def size(self, mask: NDArray[np.bool_], *, is_named: bool = False) -> Column | None:
        """Return the column by which offers of `mask` are large or small; `is_named`: by which they are called so."""
        total = int(mask.sum())
        for concept in _NAMED_SIZES if is_named else _SIZES:
            for column in self.had(self.lexicon.concepts.get(concept, ()), mask):
                name = split_unit(column.key)[0]
                is_proper = " " not in name or concept in _CONTENTS  # not the diagonal of a camera's screen
                if is_proper and column.is_numeric and count_in(mask, column.rows) >= total * _MOST_OF:
                    return column
        return None


def count_in(mask: NDArray[np.bool_], rows: Rows) -> int:
    """Count those of `rows` that are in `mask`, of many of them about."""
    step = max(1, len(rows) // _SAMPLE)
    return int(np.count_nonzero(mask[rows[::step]])) * step or int(np.count_nonzero(mask[rows]))


def is_near(numbers: NDArray[np.float64], wanted: float) -> NDArray[np.bool_]:
    """Which numbers are as good as `wanted`: feeds write 16.1 where people say 16."""
    return np.abs(numbers - wanted) <= max(abs(wanted) * 0.02, 1e-9)
