"""Neighbours: signals of documents where the words of the question stand near each other."""

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.index.contents import Contents
from bot.knowledge.search.index.ragged import Numbers
from bot.knowledge.search.index.scope import Scores
from bot.knowledge.search.ranking.asked import Asked

_SAME = 0.65
"""From this likeness on two words are the same for their neighbours."""
_NOT_ASKED = -9
_SENTENCE, _CLAUSE = 14, 8
"""Content words of a long sentence, and of a part of one."""


def neighbour_signals(asked: Asked, numbers: Numbers, contents: Contents) -> dict[str, Scores]:
    """Measure a few documents, word by word."""
    order = np.full(len(contents.vocabulary.lexicon.terms), _NOT_ASKED, np.int32)
    for at, term in enumerate(asked.terms):
        for form, alike in term.forms:
            if alike >= _SAME:
                order[form] = at
    words, owners = contents.sequences.gather(numbers)
    places = order[words]
    windows = _Windows(places, owners, asked.weights, len(numbers))
    return {
        "pairs": _pairs(places, owners, documents=len(numbers), terms=len(asked.terms)),
        "together": windows.share(_SENTENCE),
        "close": windows.share(_CLAUSE),
    }


def _pairs(places: Numbers, owners: Numbers, *, documents: int, terms: int) -> Scores:
    """Tell what share of neighbours in the question stand at most one word apart in each document."""
    count = max(terms - 1, 1)
    met = np.zeros((documents, count + 1), np.bool_)
    for apart in (1, 2):
        before, after = places[:-apart], places[apart:]
        follows = (after - before == 1) & (before >= 0) & (owners[apart:] == owners[:-apart])
        met[owners[:-apart][follows], before[follows]] = True
    share: Scores = met.sum(axis=1).astype(np.float32) / np.float32(count)
    return share


class _Windows:
    """Parts of documents, one word after another."""

    def __init__(self, places: Numbers, owners: Numbers, weights: Scores, documents: int) -> None:
        (self._found,) = np.nonzero(places >= 0)
        self._owners = owners[self._found]
        self._weights = weights
        self._best = np.zeros(documents, np.float32)
        self._ends = np.searchsorted(self._owners, self._owners, "right")
        self._met = np.zeros((len(weights), len(self._found) + 1), np.int32)
        for term in range(len(weights)):
            np.cumsum(places[self._found] == term, out=self._met[term, 1:])

    def share(self, length: int) -> Scores:
        """Tell what share of the question stands together in the best window of `length` words of each document."""
        best = self._best.copy()
        # windows begin at words asked and never leave their document
        last = np.minimum(np.searchsorted(self._found, self._found + length), self._ends)
        present: NDArray[np.bool_] = self._met[:, last] > self._met[:, :-1]
        np.maximum.at(best, self._owners, (self._weights @ present) / max(float(self._weights.sum()), 1e-6))
        return best
