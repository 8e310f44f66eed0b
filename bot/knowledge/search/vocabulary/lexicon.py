"""Lexicon: the terms of a pack by number, and how much each of them says."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_BACKGROUND = 50
"""Documents assumed besides those of the pack, so that in a small pack a word does not look common at once."""
_UNKNOWN = 1.4
"""How much more than the rarest word of the pack an unknown one weighs."""
_NUMBER = 0.5
"""How much less a bare number weighs."""


@dataclass(frozen=True)
class Lexicon:
    """`counts` tells for each of the unique `terms` in how many of the `size` documents it stands."""

    terms: Sequence[str]
    counts: NDArray[np.int32]
    size: int

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Each term's number."""
        return {term: number for number, term in enumerate(self.terms)}

    def __contains__(self, term: str) -> bool:
        number = self.numbers.get(term)
        return number is not None and self.counts[number] > 0

    def weight(self, term: str) -> float:
        """Tell how much `term` says: the rarer, the more."""
        number = self.numbers.get(term)
        count = int(self.counts[number]) if number is not None else 0
        weight = math.log1p((self.size + _BACKGROUND - count + 0.5) / (max(count, 1) + 0.5))
        return weight * (1.0 if count else _UNKNOWN) * (_NUMBER if term[0].isdigit() else 1.0)
