"""Ranker: the documents of a pack measured for a question, and the best of them with every signal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from bot.domain.answer import SourceKind
from bot.knowledge.search.index.contents import KINDS, Contents
from bot.knowledge.search.index.scope import Scores
from bot.knowledge.search.question.query import Query
from bot.knowledge.search.ranking.asked import Asked, ask
from bot.knowledge.search.ranking.coverage import Coverage
from bot.knowledge.search.ranking.frame import Frame, chosen, everything
from bot.knowledge.search.ranking.neighbours import neighbour_signals
from bot.knowledge.search.ranking.products import Products
from bot.knowledge.search.ranking.weights import KIND, NEED_OF_CONCEPTS, NEED_WITHOUT_TITLE, RELATIVE, WEIGHTS
from bot.knowledge.search.ranking.words import LetterSignals, close_signals, total, word_signals

_LOOKED_AT_TWICE = 40
"""Documents that are good enough at first sight to have their neighbouring words looked at."""
_MOST_MATCHES = 10
_ENOUGH_SAID = 8.0
"""Weight of words, found together in one document, at which words count half, and concepts too."""
_STEEPNESS = 4
_LONGEST_TITLE = 100.0
"""Weight of words, beyond which a phrasing is no title but a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A document by its number, with its `signals`, 0 to 1.

    `words` tells for each word of the question how alike the nearest word of the document is.
    `is_sure` is False where a product was named that this is not: it may be offered but not answered with. `evidence`
    is the count of content words asked, infinite where this very product is named. `rank` orders matches of one query
    and has no unit.
    """

    number: int
    kind: SourceKind
    signals: Mapping[str, float]
    words: tuple[float, ...]
    evidence: float
    is_sure: bool
    fitness: float
    rank: float

    @property
    def coverage(self) -> float:
        """Share of the question that stands anywhere in the document."""
        return self.signals["coverage"]

    @property
    def title(self) -> float:
        """Share of the question that stands in the title."""
        return self.signals["title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """Signals and what is decided by the product named, for the documents of a frame."""

    frame: Frame
    signals: Mapping[str, Scores]
    words: Scores
    is_sure: np.ndarray[tuple[int], np.dtype[np.bool_]]
    fitness: Scores
    kind: Scores

    def ranks(self) -> Scores:
        ranks: Scores = self.fitness * (total(self.signals, WEIGHTS, len(self.frame.numbers)) + self.kind)
        return ranks


class Ranker:
    """Measures documents of one pack."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._products = Products(contents)
        self._kind = np.array([KIND[kind] for kind in KINDS], dtype=np.float32)
        self._titled = (everything(contents).best(contents.phrasing_weights) <= _LONGEST_TITLE).astype(np.float32)
        needs = np.array([NEED_OF_CONCEPTS[kind] for kind in KINDS], dtype=np.float32)[contents.kinds]
        self._need_of_concepts = np.where(self._titled > 0, needs, np.minimum(needs, NEED_WITHOUT_TITLE))
        self._coverage = Coverage(contents, self._products)
        self._letters = LetterSignals(contents.closely.letters) if contents.closely else None

    def rank(self, query: Query, frame: Frame, more: Mapping[str, Scores]) -> list[Match]:
        """Return the best documents of `frame`, best first; `more` are signals measured elsewhere."""
        asked = ask(query, self._contents.vocabulary.lexicon)
        measured = self._measure(asked, frame, more)
        measured = self._look_again(asked, measured)
        ranks = measured.ranks()
        best = np.argsort(-ranks, kind="stable")[:_MOST_MATCHES]
        return [self._match(query, measured, int(at), float(ranks[at])) for at in best]

    def _measure(self, asked: Asked, frame: Frame, more: Mapping[str, Scores]) -> _Measured:
        query = asked.query
        covered, words = self._coverage.measure(asked, frame)
        signals = {**more, **covered, **word_signals(asked, frame, self._contents)}
        if self._letters and self._contents.closely:
            signals |= close_signals(asked, frame, self._contents.closely.words, self._letters)
        trust = _trust_in_words(asked, signals["coverage"])
        signals |= {name: signals[name] * np.float32(trust) for name in RELATIVE & signals.keys()}
        need = np.float32(1 - trust) * self._need_of_concepts[frame.numbers]
        signals["concepts"] = signals["concepts"] * need
        signals["titled"] = self._titled[frame.numbers]
        return _Measured(
            frame=frame,
            signals=signals,
            words=words,
            is_sure=self._products.is_sure(query, frame),
            fitness=self._products.fitness(query, frame),
            kind=self._kind[self._contents.kinds[frame.numbers]],
        )

    def _look_again(self, asked: Asked, measured: _Measured) -> _Measured:
        """Keep the best documents and measure how near each other the words of the question stand in them."""
        best = np.sort(np.argsort(-measured.ranks(), kind="stable")[:_LOOKED_AT_TWICE])
        frame = chosen(self._contents, measured.frame.numbers[best])
        signals = {name: values[best] for name, values in measured.signals.items()}
        signals |= neighbour_signals(asked, frame.numbers, self._contents)
        return replace(
            measured,
            frame=frame,
            signals=signals,
            words=measured.words[:, best],
            is_sure=measured.is_sure[best],
            fitness=measured.fitness[best],
            kind=measured.kind[best],
        )

    def _match(self, query: Query, measured: _Measured, at: int, rank: float) -> Match:
        number = int(measured.frame.numbers[at])
        signals = {name: round(float(values[at]), 4) for name, values in measured.signals.items()}
        return Match(
            number=number,
            kind=KINDS[self._contents.kinds[number]],
            signals=signals,
            words=tuple(round(float(like), 2) for like in measured.words[:, at]),
            evidence=inf if signals["named"] else len(query.terms),
            is_sure=bool(measured.is_sure[at]),
            fitness=float(measured.fitness[at]),
            rank=rank,
        )


def _trust_in_words(asked: Asked, coverage: Scores) -> float:
    """Tell how much words count against concepts: the more, the more of what is asked some document has in its words.

    Where no document has any of it, the best of them by letters is the best by chance.
    """
    share = float(coverage.max(initial=0.0))
    said = share * float(asked.weights.sum())
    return max(said**_STEEPNESS / (said**_STEEPNESS + _ENOUGH_SAID**_STEEPNESS), share**_STEEPNESS)
