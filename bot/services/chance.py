"""Chance: what cannot be foretold, so that tests can."""

from typing import Protocol


class Chance(Protocol):
    """Draws numbers that nobody can guess."""

    def below(self, bound: int) -> int:
        """Return a number from 0 up to `bound`, itself not included."""
        ...
