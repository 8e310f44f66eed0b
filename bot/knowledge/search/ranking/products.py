"""Products: how far each document is about the product that a question names."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bot.domain.answer import SourceKind
from bot.knowledge.search.index.contents import KINDS, Contents
from bot.knowledge.search.index.scope import Scores
from bot.knowledge.search.question.query import Query
from bot.knowledge.search.ranking.frame import Frame
from bot.knowledge.search.text.parts import has_digit

_FITTING_PRODUCT = 0.7
_RELATED_PRODUCT = 0.8
_OTHER_PRODUCT = 0.3
_OTHER_SUBJECT = 0.6
_UNKNOWN_PRODUCT = 0.5
"""What is left when a product only mentions the one named, only begins like it, is another one, when a text is about
another one, or when nobody knows the one named."""

Flags = NDArray[np.bool_]


class Products:
    """Knows which documents are products, which are about some, and by what names."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._numbers = contents.vocabulary.lexicon.numbers
        self._is_offer = contents.kinds == KINDS.index(SourceKind.OFFER)
        self._has_product = self._documents_with_products()

    def is_offer(self, frame: Frame) -> Flags:
        """Tell which documents are products."""
        flags: Flags = self._is_offer[frame.numbers]
        return flags

    def is_general(self, frame: Frame) -> Flags:
        """Tell which documents are texts about no product of the pack."""
        flags: Flags = ~(self._is_offer | self._has_product)[frame.numbers]
        return flags

    def is_named(self, query: Query, frame: Frame) -> Flags:
        """Tell which documents are about a product that is named, or begins like the name."""
        return self._any(query.models or query.relatives, frame)

    def is_sure(self, query: Query, frame: Frame) -> Flags:
        """Tell which documents may be answered with: every product named is this one, where any is named."""
        is_known = bool(query.models) or not (query.has_unknown_model or query.relatives)
        sure = np.full(len(frame.numbers), is_known)
        for model in query.models:
            sure &= self._any([model], frame) | self._mentions([model], frame)
        return sure | ~self.is_offer(frame)

    def fitness(self, query: Query, frame: Frame) -> Scores:
        """Tell how far each document is about the product named; 1 where none is named."""
        is_offer, is_named = self.is_offer(frame), self._any(query.models, frame)
        about_others = self._has_product[frame.numbers] & bool(query.models)
        of_texts = np.where(about_others, _OTHER_SUBJECT, 1.0)
        fitness = np.where(is_offer, self._fitness_of_others(query, frame), of_texts)
        return np.where(is_named, 1.0, fitness).astype(np.float32)

    def _fitness_of_others(self, query: Query, frame: Frame) -> Scores:
        """Tell how well products do that are not called what the query names, if it names any."""
        if not (query.models or query.relatives or query.has_unknown_model):
            return np.ones(len(frame.numbers), np.float32)
        named = [term.text for term in query.terms if has_digit(term.text)]
        others = _OTHER_PRODUCT if query.models else _UNKNOWN_PRODUCT
        fitness = np.where(self._mentions(named, frame), _FITTING_PRODUCT, others)
        return np.where(self._any(query.relatives, frame), _RELATED_PRODUCT, fitness).astype(np.float32)

    def _any(self, models: Iterable[str], frame: Frame) -> Flags:
        found = np.zeros(len(frame.numbers), np.bool_)
        for model in models:
            if model in self._numbers:
                found |= self._contents.models.has(self._numbers[model], frame.documents)
        return found

    def _mentions(self, terms: Iterable[str], frame: Frame) -> Flags:
        found = np.zeros(len(frame.numbers), np.bool_)
        for term in terms:
            if term in self._numbers:
                found |= self._contents.texts.has(self._numbers[term], frame.documents)
        return found

    def _documents_with_products(self) -> Flags:
        """Tell for all documents whether they name a product of the pack."""
        rows = self._contents.models.rows
        is_product = np.zeros(len(rows), np.bool_)
        is_product[self._contents.products] = True
        found = np.zeros(len(self._contents), np.bool_)
        found[rows.values[is_product[rows.owners()]]] = True
        return found
