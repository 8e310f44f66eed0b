"""Coverage: how much of a question stands in each document, and how much a document is the question itself."""

import numpy as np

from bot.domain.answer import SourceKind
from bot.knowledge.search.index.contents import KINDS, Contents
from bot.knowledge.search.index.scope import Scores
from bot.knowledge.search.ranking.asked import Asked
from bot.knowledge.search.ranking.frame import Frame
from bot.knowledge.search.ranking.products import Flags, Products
from bot.knowledge.search.ranking.words import focus, likeness

_NAME = 0.85
"""A word in the title or the subject counts at least so much: see the places of the index."""
_NAMED = {SourceKind.FAQ: 0.4, SourceKind.ARTICLE: 0.4, SourceKind.OFFER: 1.0}
"""Who names a product and nothing else wants the product; what is written about it comes next."""
_ON_CARD = 0.9
"""How much a word like "price" counts as answered by the card of a product."""
_MODEL_IN_TEXT = 0.35
"""How much of its weight a product's name keeps where a text is about all products."""


class Coverage:
    """Measures documents of one pack."""

    def __init__(self, contents: Contents, products: Products) -> None:
        self._contents = contents
        self._products = products
        self._named = np.array([_NAMED[kind] for kind in KINDS], dtype=np.float32)

    def measure(self, asked: Asked, frame: Frame) -> tuple[dict[str, Scores], Scores]:
        """Return the signals, and how alike the nearest word of each document (columns) is to each term (rows)."""
        in_text = likeness(asked.terms, self._contents.texts, frame.documents)
        in_phrasings = likeness(asked.terms, self._contents.phrasings, frame.phrasings)
        own = self._contents.phrasing_weights[frame.phrasing_numbers]
        nearest = frame.best(focus(asked, in_phrasings, self._contents.phrasings, own, frame.phrasings))
        is_offer = self._products.is_offer(frame)
        in_name = self._in_name(asked, in_text, is_offer)
        best = np.maximum(in_text, in_name)
        weights = self._weights(asked, best, frame)
        named = _average(in_name, weights) * self._products.is_named(asked.query, frame)
        signals = {
            "coverage": _average(best, weights),
            "title": frame.best(_average(in_phrasings, asked.weights[:, None])),
            "focus": np.maximum(nearest, named * is_offer),
            "named": self._named[self._contents.kinds[frame.numbers]] * named,
        }
        return signals, best

    def _in_name(self, asked: Asked, in_text: Scores, is_offer: Flags) -> Scores:
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


def _average(likeness: Scores, weights: Scores) -> Scores:
    """Average over the words of the question."""
    average: Scores = (likeness * weights).sum(axis=0) / np.maximum(weights.sum(axis=0), 1e-6)
    return average
