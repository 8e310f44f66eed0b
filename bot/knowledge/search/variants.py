"""Variants: which of a product's variants a question wants."""

from bot.domain.answer import Hit
from bot.domain.catalogue import Offer
from bot.knowledge.search.index.documents import description_parts, name_parts
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
    texts = (*name_parts(offer), *description_parts(offer))
    return frozenset(term for text in texts for term in terms_of(text))
