"""Likeness: which texts ask the same in nearly the same words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

ALIKE = 0.6
"""From this share of common letter triples on (Dice) two texts ask the same: a typo or another ending may differ."""
_TRIPLE = 3
_ROUNDING = 1e-9
"""What floating point may add to a number that is whole."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a text is compared by: the letter triples of its words; words with digits have to be the same."""

    triples: frozenset[str]
    numbers: frozenset[str]


def shape_of(words: Sequence[str]) -> Shape:
    """Take the shape of a text by its `words`, best given as lemmas without function words."""
    triples = (padded[at : at + _TRIPLE] for word in words for padded in [f" {word} "] for at in range(len(word)))
    numbers = (word for word in words if any(character.isdigit() for character in word))
    return Shape(frozenset(triples), frozenset(numbers))


class AlikeFinder:
    """Finds the shape added before that is most like another one."""

    def __init__(self) -> None:
        self._shapes: list[Shape] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, shape: Shape) -> int:
        """Keep `shape`; return its number, from 0."""
        number = len(self._shapes)
        self._shapes.append(shape)
        for triple in shape.triples:
            self._places[triple].append(number)
        return number

    def find(self, shape: Shape) -> int | None:
        """Return the number of the likest shape, the first of equals; None when none is alike."""
        best, best_likeness = None, 0.0
        for number in sorted(self._candidates(shape)):
            likeness = _likeness(shape, self._shapes[number])
            if likeness >= ALIKE and likeness > best_likeness:
                best, best_likeness = number, likeness
        return best

    def _candidates(self, shape: Shape) -> Iterator[int]:
        """Yield what may be alike. It shares so many triples that some are among the rarest ones looked at here."""
        rarest = sorted(shape.triples, key=lambda triple: (len(self._places.get(triple, ())), triple))
        unseen = max(0, ceil(len(rarest) * ALIKE / (2 - ALIKE) - _ROUNDING) - 1)
        seen = rarest[: len(rarest) - unseen]
        for number, count in Counter(chain.from_iterable(self._places.get(triple, ()) for triple in seen)).items():
            together = len(shape.triples) + len(self._shapes[number].triples)
            if 2 * (count + unseen) >= ALIKE * together - _ROUNDING:
                yield number


def _likeness(one: Shape, other: Shape) -> float:
    if one.numbers != other.numbers:
        return 0.0
    return 2 * len(one.triples & other.triples) / max(1, len(one.triples) + len(other.triples))
