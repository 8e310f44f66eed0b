"""Likeness: which texts ask the same in nearly the same words."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

ALIKE = 0.6
"""From this share of common letter triples on (Dice) two texts ask the same: a typo or another ending may differ."""
_TRIPLE = 3


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
        shared = Counter(number for triple in shape.triples for number in self._places.get(triple, ()))
        best, best_likeness = None, ALIKE
        for number, count in sorted(shared.items()):
            other = self._shapes[number]
            likeness = 2 * count / (len(shape.triples) + len(other.triples))
            if other.numbers == shape.numbers and (likeness > best_likeness or (best is None and likeness >= ALIKE)):
                best, best_likeness = number, likeness
        return best
