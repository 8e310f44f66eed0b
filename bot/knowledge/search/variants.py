"""Variants: which of a product's variants a question wants."""

from functools import lru_cache

from bot.domain.answer import Hit
from bot.domain.catalogue import Offer
from bot.knowledge.search.index.documents import BREAK, description_parts, name_parts
from bot.knowledge.search.question.query import Query
from bot.knowledge.search.text.terms import terms_of


def choose(query: Query, hits: tuple[Hit, ...]) -> Hit:
    """Return the variant that has most of what is asked, the first of equals."""
    if len(hits) == 1:
        return hits[0]
    scores = [_score(query, _terms(hit) if isinstance(hit, Offer) else frozenset()) for hit in hits]
    return hits[scores.index(max(scores))]


def _score(query: Query, words: frozenset[str]) -> float:
    return sum(
        term.weight * max((form.likeness for form in term.forms if form.term in words), default=0.0)
        for term in query.terms
    )


def _terms(offer: Offer) -> frozenset[str]:
    return _terms_of(BREAK.join((*name_parts(offer), *description_parts(offer))))


@lru_cache(maxsize=1_000)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms_of(text))
