"""Scope: which rows are looked at, all of them or a few candidates, by one and the same way of counting."""

from typing import ClassVar, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.index.ragged import Numbers

Places: TypeAlias = NDArray[np.intp] | Numbers
Scores: TypeAlias = NDArray[np.float32]


class Scope(Protocol):
    """Rows, sorted by number; results about them are arrays of `size`."""

    is_everything: ClassVar[bool]

    @property
    def size(self) -> int:
        """How many rows there are."""
        ...

    def find(self, rows: Numbers) -> tuple[Places, Places | slice]:
        """For sorted row numbers, return the places of those in scope in a result, and where they stand in `rows`."""
        ...


class Everything:
    """All rows."""

    is_everything: ClassVar[bool] = True

    def __init__(self, size: int) -> None:
        self._size = size

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self._size

    def find(self, rows: Numbers) -> tuple[Places, Places | slice]:
        """Everything is in scope."""
        return rows, slice(None)


class Chosen:
    """A few rows: each is looked up, so that a common word costs no more than a rare one."""

    is_everything: ClassVar[bool] = False

    def __init__(self, rows: Numbers) -> None:
        """`rows` are sorted and unique."""
        self.rows = rows

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def find(self, rows: Numbers) -> tuple[Places, Places | slice]:
        """Look each chosen row up among `rows`."""
        if not len(rows):
            return np.empty(0, np.intp), np.empty(0, np.intp)
        at = np.minimum(np.searchsorted(rows, self.rows), len(rows) - 1)
        (found,) = np.nonzero(rows[at] == self.rows)
        return found, at[found]
