"""Rows by key: a mapping of words to rows in two flat arrays, which may stay on the disk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.index.ragged import Ragged, offsets_of

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class StoredRows:
    """`rows` are parallel to `keys`."""

    keys: Sequence[str]
    rows: Ragged


class RowsByKey(Mapping[str, Numbers]):
    """Reads what was stored; rows are looked at when they are asked for."""

    def __init__(self, stored: StoredRows) -> None:
        self._numbers = {key: number for number, key in enumerate(stored.keys)}
        self._rows = stored.rows
        if len(stored.keys) != len(stored.rows):
            raise ValueError("as many rows as keys are needed")

    def __getitem__(self, key: str) -> Numbers:
        return self._rows.row(self._numbers[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def store_rows(mapping: Mapping[str, Numbers]) -> StoredRows:
    """Lay rows one after another."""
    rows = list(mapping.values())
    offsets = offsets_of(np.array([len(each) for each in rows], np.int64))
    return StoredRows(list(mapping), Ragged(offsets, np.concatenate([np.empty(0, np.int32), *rows]).astype(np.int32)))
