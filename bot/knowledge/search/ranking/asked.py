"""Asked: a query with the numbers that its words have in an index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.knowledge.search.index.scope import Scores
from bot.knowledge.search.question.query import TYPED, Query, Term
from bot.knowledge.search.vocabulary.lexicon import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTerm:
    """A word of the question: the terms it may mean, weakest first, and phrases whose terms must all be there."""

    forms: Sequence[tuple[int, float]]
    phrases: Sequence[tuple[Sequence[int], float]]
    is_model: bool
    is_card_word: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`weights` are parallel to `terms`.

    `typed`, `kin` and `words` are weighted terms: the very words asked; with those that mean the same; with function
    words. `says` tells how much each term in `kin` says.
    """

    query: Query
    terms: Sequence[AskedTerm]
    weights: Scores
    typed: Mapping[int, float]
    kin: Mapping[int, float]
    words: Mapping[int, float]
    says: Mapping[int, float]
    function_words: Sequence[int]


def ask(query: Query, lexicon: Lexicon) -> Asked:
    """Look the words of `query` up."""
    numbers = lexicon.numbers
    forms = [
        (form, numbers[form.term], form.likeness * min(1.0, term.weight / lexicon.weight(form.term)))
        for term in query.terms
        for form in term.forms
    ]  # a rare name of a common thing says no more than the common one
    typed = _strongest((number, weight) for form, number, weight in forms if form.origin in TYPED)
    kin = _strongest((number, weight) for _, number, weight in forms)
    for term in query.terms:
        for phrase, likeness in term.phrases.items():
            for number in _known(phrase, numbers):
                kin.setdefault(number, likeness / len(phrase))
    function_words = _known(query.function_words, numbers)
    return Asked(
        query=query,
        terms=[_asked_term(term, numbers) for term in query.terms],
        weights=np.array([term.weight for term in query.terms], dtype=np.float32),
        typed=typed,
        kin=kin,
        words=typed | dict.fromkeys(function_words, 1.0),
        says={number: lexicon.weight(lexicon.terms[number]) for number in kin},
        function_words=function_words,
    )


def _asked_term(term: Term, numbers: Mapping[str, int]) -> AskedTerm:
    phrases = (([numbers.get(word) for word in phrase], likeness) for phrase, likeness in term.phrases.items())
    return AskedTerm(
        forms=[(numbers[form.term], form.likeness) for form in reversed(term.forms)],
        phrases=[([n for n in found if n is not None], like) for found, like in phrases if None not in found],
        is_model=term.is_model,
        is_card_word=term.is_card_word,
    )


def _strongest(weighted: Iterable[tuple[int, float]]) -> dict[int, float]:
    strongest: dict[int, float] = {}
    for number, weight in weighted:
        strongest[number] = max(weight, strongest.get(number, 0.0))
    return strongest


def _known(words: Iterable[str], numbers: Mapping[str, int]) -> list[int]:
    def found() -> Iterator[int]:
        for word in words:
            number = numbers.get(word)
            if number is not None:
                yield number

    return list(found())
