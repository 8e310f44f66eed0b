"""Postings: for each term the rows that have it, how much it says of them, and in which place of the text it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.index.ragged import Numbers, Ragged, offsets_of
from bot.knowledge.search.index.scope import Scope, Scores

SATURATION = 1.2
"""BM25's k1: how soon one more occurrence stops to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """`rows` lists, for each term, sorted row numbers; `weights` and `places` are parallel to its values.

    `weights` are BM25's without the rarity of the term. `places` are the best share, 0 to 1, that the place of an
    occurrence counts: more in a title than in a body.
    """

    rows: Ragged
    weights: NDArray[np.float16]
    places: NDArray[np.float16]
    size: int

    def count(self, term: int) -> int:
        """Tell how many rows have `term`."""
        return int(self.rows.offsets[term + 1] - self.rows.offsets[term])

    def rarity(self, term: int) -> float:
        """Tell how much `term` says by being rare: BM25's idf."""
        count = self.count(term)
        return log1p((self.size - count + 0.5) / (count + 0.5))

    def score(self, terms: Mapping[int, float], scope: Scope) -> Scores:
        """Return BM25 of weighted terms for every row in scope."""
        return self.total({term: weight * self.rarity(term) for term, weight in terms.items()}, scope)

    def total(self, terms: Mapping[int, float], scope: Scope) -> Scores:
        """Add up the weights of weighted terms as they are, whatever their rarity, for every row in scope."""
        if scope.is_everything:
            return self._total_of_all(terms)
        totals = np.zeros(scope.size, np.float32)
        for term, weight in terms.items():
            start, end = self.rows.offsets[term : term + 2]
            if start < end:
                found, at = scope.find(self.rows.values[start:end])
                totals[found] += self.weights[start:end][at] * np.float32(weight)
        return totals

    def _total_of_all(self, terms: Mapping[int, float]) -> Scores:
        """Do the same for all rows in a few steps, however many terms there are."""
        numbers = np.fromiter(terms, np.int32, len(terms))
        places = self.rows.places(numbers)
        weights = np.repeat(np.fromiter(terms.values(), np.float32, len(terms)), self.rows.lengths(numbers))
        weights *= self.weights[places]
        return np.bincount(self.rows.values[places], weights=weights, minlength=self.size).astype(np.float32)

    def lift(self, into: Scores, term: int, likeness: float, scope: Scope) -> None:
        """Raise `into` to `likeness`, less in a place that counts less, for every row in scope that has `term`."""
        start, end = self.rows.offsets[term : term + 2]
        found, at = scope.find(self.rows.values[start:end])
        into[found] = np.maximum(into[found], self.places[start:end][at] * np.float32(likeness))

    def has(self, term: int, scope: Scope) -> NDArray[np.bool_]:
        """Tell for every row in scope whether `term` is there."""
        present = np.zeros(scope.size, np.bool_)
        start, end = self.rows.offsets[term : term + 2]
        found, _ = scope.find(self.rows.values[start:end])
        present[found] = True
        return present


def build_postings(
    tokens: Numbers,
    owners: Numbers,
    *,
    terms: int,
    size: int,
    evenness: float,
    places: NDArray[np.float16] | None = None,
) -> Postings:
    """Invert `tokens`, each standing in the row of `owners` in a place that counts as `places` say.

    `terms` and `size` are how many terms and rows there are; `evenness` is BM25's b: how much long rows count less.
    """
    keys = tokens.astype(np.int64) * size + owners
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    unique, counts = keys[starts], np.diff(starts, append=len(keys))
    rows = (unique % max(size, 1)).astype(np.int32)
    lengths = np.bincount(owners, minlength=size).astype(np.float32)
    norm = SATURATION * (1 - evenness + evenness * lengths / max(lengths.sum() / max(size, 1), 1.0))
    weights = counts * (SATURATION + 1) / (counts + norm[rows])
    best = np.ones(len(rows), np.float16)
    if places is not None and len(starts):
        best = np.maximum.reduceat(places[order], starts)
    by_term = np.bincount((unique // size).astype(np.int64), minlength=terms)
    return Postings(rows=Ragged(offsets_of(by_term), rows), weights=weights.astype(np.float16), places=best, size=size)
