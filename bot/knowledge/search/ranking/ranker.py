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
from bot.knowledge.search.ranking.frame import Frame, chosen
from bot.knowledge.search.ranking.products import Products
from bot.knowledge.search.ranking.weights import KIND, WEIGHTS
from bot.knowledge.search.ranking.words import LetterSignals, close_signals, focus, likeness, pairs, total, word_signals

_LOOKED_AT_TWICE = 40
"""Documents that are good enough at first sight to have their neighbouring words looked at."""
_MOST_MATCHES = 10
_NAME = 0.85
"""A word in the title or the subject counts at least so much: see the places of the index."""
_NAMED = {SourceKind.FAQ: 0.4, SourceKind.ARTICLE: 0.4, SourceKind.OFFER: 1.0}
"""Who names a product and nothing else wants the product; what is written about it comes next."""
_ON_CARD = 0.9
"""How much a word like "price" counts as answered by the card of a product."""
_ENOUGH_SAID = 8.0
"""Weight of words, found together in one document, at which concepts count only half."""
_MODEL_IN_TEXT = 0.35
"""How much of its weight a product's name keeps where a text is about all products."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A document by its number, with its `signals`, 0 to 1.

    `is_sure` is False where a product was named that this is not: it may be offered but not answered with. `evidence`
    is the count of content words asked, infinite where this very product is named. `rank` orders matches of one query
    and has no unit.
    """

    number: int
    kind: SourceKind
    signals: Mapping[str, float]
    evidence: float
    is_sure: bool
    fitness: float
    rank: float

    @property
    def coverage(self) -> float:
        """Share of the question that stands anywhere in the document."""
        return self.signals["coverage"]

    @property
    def focus(self) -> float:
        """Likeness of the question and the nearest phrasing."""
        return self.signals["focus"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """Signals and what is decided by the product named, for the documents of a frame."""

    frame: Frame
    signals: Mapping[str, Scores]
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
        self._named = np.array([_NAMED[kind] for kind in KINDS], dtype=np.float32)
        self._letters = LetterSignals(contents.closely.letters) if contents.closely else None

    def rank(self, query: Query, frame: Frame, more: Mapping[str, Scores]) -> list[Match]:
        """Return the best documents of `frame`, best first; `more` are signals measured elsewhere."""
        asked = ask(query, self._contents.vocabulary.lexicon)
        measured = self._measure(asked, frame, more)
        measured = self._look_again(asked, measured)
        best = np.argsort(-measured.ranks(), kind="stable")[:_MOST_MATCHES]
        return [self._match(query, measured, int(at)) for at in best]

    def _measure(self, asked: Asked, frame: Frame, more: Mapping[str, Scores]) -> _Measured:
        query = asked.query
        signals = {**more, **word_signals(asked, frame, self._contents), **self._likeness(asked, frame)}
        if self._letters and self._contents.closely:
            signals |= close_signals(asked, frame, self._contents.closely.words, self._letters)
        signals["concepts"] = signals["concepts"] * _need_of_concepts(asked, signals["coverage"])
        return _Measured(
            frame=frame,
            signals=signals,
            is_sure=self._products.is_sure(query, frame),
            fitness=self._products.fitness(query, frame),
            kind=self._kind[self._contents.kinds[frame.numbers]],
        )

    def _look_again(self, asked: Asked, measured: _Measured) -> _Measured:
        """Keep the best documents and add how many neighbours stay neighbours in them."""
        best = np.sort(np.argsort(-measured.ranks(), kind="stable")[:_LOOKED_AT_TWICE])
        frame = chosen(self._contents, measured.frame.numbers[best])
        signals = {name: values[best] for name, values in measured.signals.items()}
        signals["pairs"] = pairs(asked, frame.numbers, self._contents)
        return replace(
            measured,
            frame=frame,
            signals=signals,
            is_sure=measured.is_sure[best],
            fitness=measured.fitness[best],
            kind=measured.kind[best],
        )

    def _likeness(self, asked: Asked, frame: Frame) -> dict[str, Scores]:
        """Measure how much of the question stands in each document, and how much it is the question itself."""
        in_text = likeness(asked.terms, self._contents.texts, frame.documents)
        in_phrasings = likeness(asked.terms, self._contents.phrasings, frame.phrasings)
        own = self._contents.phrasing_weights[frame.phrasing_numbers]
        nearest = frame.best(focus(asked, in_phrasings, self._contents.phrasings, own, frame.phrasings))
        is_offer = self._products.is_offer(frame)
        in_name = self._in_name(asked, in_text, is_offer)
        best = np.maximum(in_text, in_name)
        weights = self._weights(asked, best, frame)
        named = _average(in_name, weights) * self._products.is_named(asked.query, frame)
        return {
            "coverage": _average(best, weights),
            "title": frame.best(_average(in_phrasings, asked.weights[:, None])),
            "focus": np.maximum(nearest, named * is_offer),
            "named": self._named[self._contents.kinds[frame.numbers]] * named,
        }

    def _in_name(self, asked: Asked, in_text: Scores, is_offer: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Scores:
        """Keep what stands in the names; a product card answers words like "price" as well."""
        exact = np.array([max((like for _, like in term.forms), default=1.0) for term in asked.terms], np.float32)
        in_name = np.where(in_text >= _NAME * exact[:, None], in_text, 0.0).astype(np.float32)
        is_found = is_offer & in_name.any(axis=0)
        for words, term in zip(in_name, asked.terms, strict=True):
            if term.is_card_word:
                words[is_found] = np.maximum(words[is_found], _ON_CARD)
        return in_name

    def _weights(self, asked: Asked, likeness: Scores, frame: Frame) -> Scores:
        weights = np.repeat(asked.weights[:, None], len(frame.numbers), axis=1)
        is_general = self._products.is_general(frame)
        for row, found, term in zip(weights, likeness, asked.terms, strict=True):
            if term.is_model:
                row[is_general & (found == 0)] *= _MODEL_IN_TEXT
        return weights

    def _match(self, query: Query, measured: _Measured, at: int) -> Match:
        number = int(measured.frame.numbers[at])
        signals = {name: round(float(values[at]), 4) for name, values in measured.signals.items()}
        return Match(
            number=number,
            kind=KINDS[self._contents.kinds[number]],
            signals=signals,
            evidence=inf if signals["named"] else len(query.terms),
            is_sure=bool(measured.is_sure[at]),
            fitness=float(measured.fitness[at]),
            rank=float(measured.ranks()[at]),
        )


def _need_of_concepts(asked: Asked, coverage: Scores) -> float:
    """Tell how much concepts are needed: the less, the more of what is asked some document has in its very words."""
    said = float(coverage.max(initial=0.0) * asked.weights.sum())
    return 1 / (1 + (said / _ENOUGH_SAID) ** 2)


def _average(likeness: Scores, weights: Scores) -> Scores:
    """Average over the words of the question."""
    average: Scores = (likeness * weights).sum(axis=0) / np.maximum(weights.sum(axis=0), 1e-6)
    return average
