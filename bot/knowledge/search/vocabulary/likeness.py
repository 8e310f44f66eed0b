"""Likeness: words of the pack that share most of their letters with a word, in threes."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np

from bot.knowledge.search.index.ragged import Numbers, Ragged, grouped

_SHORTEST = 5
_LIKE = 0.5
_MOST = 3


@dataclass(frozen=True)
class Alike:
    """`rows` lists for each of the `trigrams` the numbers of `words` with it; `lengths` count those of each word."""

    words: Sequence[str]
    trigrams: Sequence[str]
    rows: Ragged
    lengths: Numbers

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {gram: number for number, gram in enumerate(self.trigrams)}

    def of(self, word: str) -> dict[str, float]:
        """Return the few words most like `word` and how alike, 0.5 to 1: twice the shared over all trigrams."""
        if len(word) < _SHORTEST or not word.isalpha():
            return {}
        own = trigrams(word)
        lists = [self.rows.row(self._numbers[gram]) for gram in own if gram in self._numbers]
        if not lists:
            return {}
        shared = np.bincount(np.concatenate(lists), minlength=len(self.words))
        likeness = 2 * shared / (self.lengths + len(own))
        (near,) = np.nonzero(likeness >= _LIKE)
        best = near[np.argsort(-likeness[near], kind="stable")][: _MOST + 1]
        return {self.words[number]: float(likeness[number]) for number in best if self.words[number] != word}


def build_alike(words: Sequence[str]) -> Alike:
    """Index the long words made of letters."""
    long = [word for word in words if len(word) >= _SHORTEST and word.isalpha()]
    numbers: dict[str, int] = {}
    grams, owners = array("i"), array("i")
    for owner, word in enumerate(long):
        own = [numbers.setdefault(gram, len(numbers)) for gram in trigrams(word)]
        grams.extend(own)
        owners.extend(repeat(owner, len(own)))
    rows = grouped(np.array(grams, dtype=np.int32), np.array(owners, dtype=np.int32), len(numbers))
    lengths = np.bincount(np.array(owners, dtype=np.int32), minlength=len(long)).astype(np.int32)
    return Alike(words=long, trigrams=list(numbers), rows=rows, lengths=lengths)


def trigrams(word: str) -> list[str]:
    """Return the unique threes of neighbouring letters, the edges of the word marked, in order."""
    framed = f"^{word}$"
    return list(dict.fromkeys(framed[at : at + 3] for at in range(len(framed) - 2)))
