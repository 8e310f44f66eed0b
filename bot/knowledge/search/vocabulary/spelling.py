"""Spelling: words of the pack that a mistyped word may have been, found by what both are with letters left out."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.knowledge.search.index.ragged import Numbers

_SHORTEST = 3
_PREFIX = 8
"""Letters of a word in which mistakes are looked for by leaving out; the distance is then measured on all of them."""
_TWO_MISTAKES = 6
"""From this length on a word may have two mistakes."""
_MOST_FOUND = 3


@dataclass(frozen=True)
class Speller:
    """The `words` people may type, with how often the pack has each; `cuts` are hashes, sorted, of what is left of the
    words `owners` when letters are left out."""

    words: Sequence[str]
    counts: NDArray[np.int32]
    cuts: NDArray[np.uint32]
    owners: Numbers

    def near(self, word: str) -> tuple[int, tuple[str, ...]]:
        """Return the distance of the nearest words and those words, the commonest first; nothing where all are far."""
        if len(word) < _SHORTEST:
            return 0, ()
        most = _most_mistakes(word)
        measured = [
            (distance, -int(self.counts[number]), self.words[number])
            for number in self._candidates(word)
            if (distance := OSA.distance(word, self.words[number], score_cutoff=most)) <= most
        ]
        nearest = min(measured, default=(0, 0, ""))[0]
        return nearest, tuple(other for distance, _, other in sorted(measured) if distance == nearest)[:_MOST_FOUND]

    def _candidates(self, word: str) -> list[int]:
        cuts = np.fromiter(map(_hash, _cuts(word)), np.uint32)
        starts, ends = np.searchsorted(self.cuts, cuts, "left"), np.searchsorted(self.cuts, cuts, "right")
        found = [self.owners[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
        return [int(number) for number in np.unique(np.concatenate(found))] if found else []


def build_speller(counts: Mapping[str, int]) -> Speller:
    """Index words by what is left of each when letters are left out."""
    words = [word for word in counts if len(word) >= _SHORTEST and word.isalpha()]
    cuts, owners = array("I"), array("i")  # millions of numbers: a list takes ten times the memory
    for number, word in enumerate(words):
        left = _cuts(word)
        cuts.extend(map(_hash, left))
        owners.extend(repeat(number, len(left)))
    hashes = np.array(cuts, dtype=np.uint32)
    order = np.argsort(hashes, kind="stable")
    return Speller(
        words=words,
        counts=np.array([counts[word] for word in words], dtype=np.int32),
        cuts=hashes[order],
        owners=np.array(owners, dtype=np.int32)[order],
    )


def _most_mistakes(word: str) -> int:
    return 2 if len(word) >= _TWO_MISTAKES else 1


def _cuts(word: str) -> set[str]:
    """Return the beginning of `word` as it is, and with one or two letters left out."""
    beginning = word[:_PREFIX]
    cuts = {beginning, *_without_one(beginning)}
    if _most_mistakes(word) > 1:
        cuts.update(shorter for cut in tuple(cuts) for shorter in _without_one(cut))
    return cuts


def _without_one(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _hash(cut: str) -> int:
    """Words that only share a hash fall out when the distance is measured."""
    return crc32(cut.encode())
