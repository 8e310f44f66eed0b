"""Ragged: rows of numbers of different lengths, in two flat arrays that can stay on disk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row `n` is ``values[offsets[n]:offsets[n + 1]]``."""

    offsets: NDArray[np.int64]
    values: Numbers

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def row(self, number: int) -> Numbers:
        """Return one row."""
        return self.values[self.offsets[number] : self.offsets[number + 1]]

    def part(self, start: int, count: int) -> "Ragged":
        """Return up to `count` rows from `start` on."""
        offsets = self.offsets[start : start + count + 1]
        return Ragged(offsets - offsets[0], self.values[offsets[0] : offsets[-1]])

    def only(self, is_kept: NDArray[np.bool_]) -> "Ragged":
        """Return as many rows, those empty that are not kept."""
        return Ragged(
            offsets_of(np.diff(self.offsets) * is_kept), self.values[np.repeat(is_kept, np.diff(self.offsets))]
        )

    def gather(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of some rows one after another, and for each value the place of its row in `numbers`."""
        owners = np.repeat(np.arange(len(numbers), dtype=np.int32), self.lengths(numbers))
        return self.values[self.places(numbers)], owners

    def places(self, numbers: Numbers) -> NDArray[np.int64]:
        """Return where the values of some rows stand, one after another."""
        lengths = self.lengths(numbers)
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        places: NDArray[np.int64] = np.repeat(self.offsets[numbers], lengths) + within
        return places

    def owners(self) -> Numbers:
        """Return for each value the number of its row."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    def lengths(self, numbers: Numbers) -> NDArray[np.int64]:
        """Return how long some rows are."""
        lengths: NDArray[np.int64] = self.offsets[numbers + 1] - self.offsets[numbers]
        return lengths


def ragged_of(rows: Iterable[Sequence[int]]) -> Ragged:
    """Store rows in the order given."""
    lengths: list[int] = []
    values: list[int] = []
    for row in rows:
        lengths.append(len(row))
        values.extend(row)
    return Ragged(offsets_of(np.array(lengths, dtype=np.int64)), np.array(values, dtype=np.int32))


def grouped(keys: Numbers, values: Numbers, count: int) -> Ragged:
    """Store values under their keys, which are below `count`; the values of one key keep their order."""
    order = np.argsort(keys, kind="stable")
    return Ragged(offsets_of(np.bincount(keys, minlength=count)), values[order])


def offsets_of(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where rows of these lengths begin, and where the last one ends."""
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets
