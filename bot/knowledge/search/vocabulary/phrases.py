"""Phrases: expressions of several words, which are surer of what they stand for than their words one by one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.index.ragged import Numbers, Ragged, ragged_of


@dataclass(frozen=True)
class Phrases:
    """`rows` lists the stems of each phrase by number; `concepts` and `weights` tell what it stands for, how strongly.

    `leads` lists, for each stem, the phrases in which it says most: a phrase is looked for where its lead is met.
    """

    rows: Ragged = field(default_factory=lambda: ragged_of(()))
    concepts: Numbers = field(default_factory=lambda: np.empty(0, np.int32))
    weights: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    leads: Ragged = field(default_factory=lambda: ragged_of(()))

    def met(self, pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], Numbers, NDArray[np.float32]]:
        """Return texts with the concepts whose phrases they have whole, in whatever order, and how strongly.

        A text's stem is given as the text's number times the count of stems, plus the stem; `pairs` are sorted and
        unique. Of several phrases of one concept the strongest counts. The three arrays are parallel.
        """
        count = max(len(self.leads), 1)
        found, at = self.leads.gather((pairs % count).astype(np.int32))
        texts = (pairs // count)[at]
        is_whole = self._is_whole(found, texts * count, pairs)
        found, texts = found[is_whole], texts[is_whole]
        size = int(self.concepts.max(initial=0)) + 1
        keys, which = np.unique(texts * size + self.concepts[found], return_inverse=True)
        strengths = np.zeros(len(keys), np.float32)
        np.maximum.at(strengths, which.ravel(), self.weights[found])
        return keys // size, (keys % size).astype(np.int32), strengths

    def _is_whole(self, phrases: Numbers, starts: NDArray[np.int64], pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of each phrase whether all its stems are among `pairs` of the text that begins at its start."""
        if not len(pairs):
            return np.zeros(0, np.bool_)
        stems, at = self.rows.gather(phrases)
        wanted = starts[at] + stems
        is_there = pairs[np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)] == wanted
        there: NDArray[np.int64] = np.bincount(at[is_there], minlength=len(phrases))
        is_whole: NDArray[np.bool_] = there == self.rows.lengths(phrases)
        return is_whole


def build_phrases(phrases: Sequence[tuple[int, Collection[int]]], says: Sequence[float]) -> Phrases:
    """Store phrases, each a concept and the stems that stand for it; `says` tells of each stem how much it says."""
    kept = [(concept, sorted(stems)) for concept, stems in phrases if len(stems) > 1]
    leads: list[list[int]] = [[] for _ in says]
    for number, (_, stems) in enumerate(kept):
        leads[max(stems, key=says.__getitem__)].append(number)
    return Phrases(
        rows=ragged_of([stems for _, stems in kept]),
        concepts=np.array([concept for concept, _ in kept], dtype=np.int32),
        weights=np.array([sum(says[own] for own in stems) for _, stems in kept], dtype=np.float32),
        leads=ragged_of(leads),
    )
