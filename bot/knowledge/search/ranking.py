"""Ranking: how well a document answers a query, by features one can read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from bot.domain.answer import Hit, SourceKind
from bot.knowledge.search.documents import Document
from bot.knowledge.search.parts import has_digit
from bot.knowledge.search.query import Query, Term
from bot.knowledge.search.vocabulary import Vocabulary

WEIGHTS: Mapping[str, float] = {
    "engine": 1.0,  # the engine's score, 1 for the best candidate
    "coverage": 1.2,  # share of the query, by weight of words, that stands anywhere in the document
    "title": 0.4,  # the same for the title alone
    "focus": 0.6,  # likeness of the query and the nearest phrasing, both ways
    "named": 0.6,  # share of the query that names the product the document is about, with what a card answers
    "pairs": 0.25,  # share of neighbouring words of the query that are neighbours here
}
_KIND = {SourceKind.FAQ: 0.1, SourceKind.ARTICLE: 0.02, SourceKind.OFFER: 0.0}
"""What goes first when all else is equal: what the brand wrote for this question."""

_NAMED = {SourceKind.FAQ: 0.4, SourceKind.ARTICLE: 0.4, SourceKind.OFFER: 1.0}
"""Who names a product and nothing else wants the product; what is written about it comes next."""

_SUBJECT = 0.9
_BODY = 0.8
"""How much a word counts that stands not in the title but in the subject, or in the body."""
_FUNCTION_WORD = 0.3
"""Weight of a function word, only to tell phrasings apart; content words weigh 1 to 6."""
_ON_CARD = 0.9
"""How much a word like "price" counts as answered by the card of a product."""
_MODEL_IN_TEXT = 0.35
"""How much of its weight a product's name keeps where a text is about all products."""

_NEIGHBOURS_APART = 2

_FITTING_PRODUCT = 0.7
_RELATED_PRODUCT = 0.8
_OTHER_PRODUCT = 0.3
_OTHER_SUBJECT = 0.6
_UNKNOWN_PRODUCT = 0.5
"""What is left when a product only mentions the one named, only begins like it, is another one, when a text is about
another one, or when nobody knows the one named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A document with its features, 0 to 1.

    `is_sure` is False where a product was named that this is not: it may be offered but not answered with. `evidence`
    is the count of content words asked, infinite where this very product is named. `rank` orders matches of one query
    and has no unit.
    """

    document: Document
    hit: Hit
    coverage: float
    focus: float
    evidence: float
    is_sure: bool
    fitness: float
    rank: float


class Ranker:
    """Measures documents of one pack."""

    def __init__(self, vocabulary: Vocabulary, models: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._models = models

    def match(self, query: Query, document: Document, engine: float) -> Match:
        """Measure `document`; `engine` is the engine's score, 1 for the best candidate."""
        in_title = _likeness(query.terms, frozenset(document.title))
        in_subject = _likeness(query.terms, frozenset(document.subject))
        in_body = _likeness(query.terms, frozenset(document.body))
        in_name = [max(title, _SUBJECT * subject) for title, subject in zip(in_title, in_subject, strict=True)]
        if document.kind is SourceKind.OFFER and any(in_name):
            in_name = [max(like, _ON_CARD * term.is_card_word) for like, term in zip(in_name, query.terms, strict=True)]
        best = [max(name, _BODY * body) for name, body in zip(in_name, in_body, strict=True)]
        weights = self._weights(query, document, best)
        is_named = not document.models.isdisjoint(query.models or query.relatives)
        named = _average(in_name, weights) * is_named
        features = {
            "engine": engine,
            "coverage": _average(best, weights),
            "title": _average(in_title, weights),
            "focus": max(named * (document.kind is SourceKind.OFFER), self._best_focus(query, document, weights)),
            "named": _NAMED[document.kind] * named,
            "pairs": _pairs(query.terms, document),
        }
        return _match(query, document, features, self._fitness(query, document))

    def _weights(self, query: Query, document: Document, likeness: Sequence[float]) -> list[float]:
        is_general = document.kind is not SourceKind.OFFER and not document.models & self._models
        return [
            term.weight * (_MODEL_IN_TEXT if is_general and term.is_model and not like else 1.0)
            for term, like in zip(query.terms, likeness, strict=True)
        ]

    def _best_focus(self, query: Query, document: Document, weights: Sequence[float]) -> float:
        return max((self._focus(query, phrasing, weights) for phrasing in document.phrasings), default=0.0)

    def _focus(self, query: Query, phrasing: Sequence[str], weights: Sequence[float]) -> float:
        words = frozenset(phrasing)
        likeness = _likeness(query.terms, words)
        asked = sum(weights) + _FUNCTION_WORD * len(query.function_words)
        shared_functions = _FUNCTION_WORD * len(query.function_words & words)
        found = sum(like * weight for like, weight in zip(likeness, weights, strict=True))
        if not found:
            return 0.0
        met = frozenset(form for term in query.terms for form in _met(term, words))
        own = sum(self._weight(word, query) for word in words)
        used = sum(self._weight(word, query) for word in met) + shared_functions
        recall, precision = (found + shared_functions) / asked, min(1.0, used / own)
        return 2 * recall * precision / (recall + precision)

    def _weight(self, word: str, query: Query) -> float:
        if word in self._vocabulary and word not in query.function_words:
            return self._vocabulary.weight(word)
        return _FUNCTION_WORD

    def _fitness(self, query: Query, document: Document) -> float:
        """How far the document is about the product named; 1 where none is named."""
        if not document.models.isdisjoint(query.models):
            return 1.0
        if document.kind is SourceKind.OFFER:
            return _fitness_of_other(query, document)
        is_about_others = query.models and not document.models.isdisjoint(self._models)
        return _OTHER_SUBJECT if is_about_others else 1.0


def _fitness_of_other(query: Query, document: Document) -> float:
    """How well a product does that is not called what the query names, if it names any."""
    if not (query.models or query.relatives or query.has_unknown_model):
        return 1.0
    if not document.models.isdisjoint(query.relatives):
        return _RELATED_PRODUCT
    named = [term.text for term in query.terms if has_digit(term.text)]
    if not {*document.title, *document.body}.isdisjoint(named):
        return _FITTING_PRODUCT
    return _OTHER_PRODUCT if query.models else _UNKNOWN_PRODUCT


def _match(query: Query, document: Document, features: Mapping[str, float], fitness: float) -> Match:
    total = sum(WEIGHTS[name] * value for name, value in features.items()) + _KIND[document.kind]
    return Match(
        document=document,
        hit=_hit(query, document),
        coverage=features["coverage"],
        focus=features["focus"],
        evidence=inf if features["named"] else len(query.terms),
        is_sure=document.kind is not SourceKind.OFFER or _is_the_one(query, document),
        fitness=fitness,
        rank=total * fitness,
    )


def _is_the_one(query: Query, document: Document) -> bool:
    """Whether every product named is this one; True where none is named."""
    mentioned = document.models.union(document.title)
    is_known = bool(query.models) or not (query.has_unknown_model or query.relatives)
    return is_known and mentioned.issuperset(query.models)


def _likeness(terms: Sequence[Term], words: frozenset[str]) -> list[float]:
    """For each term, how alike the nearest of `words` is."""
    return [_nearest(term, words) for term in terms]


def _nearest(term: Term, words: frozenset[str]) -> float:
    for form, likeness in term.forms.items():
        if form in words:
            return likeness
    return max((alike for phrase, alike in term.phrases.items() if words.issuperset(phrase)), default=0.0)


def _met(term: Term, words: frozenset[str]) -> Iterator[str]:
    yield from (form for form in term.forms if form in words)
    for phrase in term.phrases:
        if words.issuperset(phrase):
            yield from phrase


def _average(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / (sum(weights) or 1.0)


def _pairs(terms: Sequence[Term], document: Document) -> float:
    """Share of neighbours in the query that stand at most one word apart in the document."""
    order = {term.text: at for at, term in enumerate(terms)}
    met: set[int] = set()
    for field in (document.title, document.body):
        places = [(at, order[word]) for at, word in enumerate(field) if word in order]
        for (at, number), (next_at, next_number) in pairwise(places):
            if next_at - at <= _NEIGHBOURS_APART and next_number == number + 1:
                met.add(number)
    return len(met) / (len(terms) - 1) if len(terms) > 1 else 0.0


def _hit(query: Query, document: Document) -> Hit:
    """Return the variant that has most of what is asked, the first of equals."""
    if not document.variants:
        return document.hits[0]
    scores = [_average(_likeness(query.terms, words), [t.weight for t in query.terms]) for words in document.variants]
    return document.hits[scores.index(max(scores))]
