"""Words: signals of documents and phrasings that share words, roots or letters with the question."""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.knowledge.search.index.build import FUNCTION_WORD
from bot.knowledge.search.index.contents import Contents, Letters
from bot.knowledge.search.index.postings import SATURATION, Postings
from bot.knowledge.search.index.scope import Scope, Scores
from bot.knowledge.search.question.query import TYPED, Query
from bot.knowledge.search.ranking.asked import Asked, AskedTerm
from bot.knowledge.search.ranking.frame import Frame
from bot.knowledge.search.text.letters import grams_of


def word_signals(asked: Asked, frame: Frame, contents: Contents) -> dict[str, Scores]:
    """Measure what is known of packs of any size: BM25 of the words asked and of those that mean the same."""
    texts, phrasings = contents.texts, contents.phrasings
    terms = texts.score(asked.typed, frame.documents)
    return {
        "terms": _even(terms),
        "strength": _of_possible(terms, asked.typed, texts),
        "kin": _even(texts.score(asked.kin, frame.documents)),
        "title_terms": _even(frame.best(phrasings.score(asked.typed, frame.phrasings))),
        "title_kin": _even(frame.best(phrasings.score(asked.kin, frame.phrasings))),
        "title_words": _even(frame.best(phrasings.score(asked.words, frame.phrasings))),
    }


def close_signals(asked: Asked, frame: Frame, words: Postings, letters: "LetterSignals") -> dict[str, Scores]:
    """Measure what is only known of small packs: all words, and groups of letters."""
    return {"words": _even(words.score(asked.words, frame.documents)), **letters.measure(asked.query, frame)}


class LetterSignals:
    """Measures groups of letters."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._numbers = {gram: number for number, gram in enumerate(letters.grams)}

    def measure(self, query: Query, frame: Frame) -> dict[str, Scores]:
        """Measure documents and their phrasings."""
        grams = self._grams(query)
        letters = self._letters.texts.score(grams, frame.documents)
        return {
            "letters": _even(letters),
            "letters_strength": _of_possible(letters, grams, self._letters.texts),
            "title_letters": _even(frame.best(self._letters.phrasings.score(grams, frame.phrasings))),
        }

    def _grams(self, query: Query) -> dict[int, float]:
        """Return the groups of letters of the words as typed, and of what they were meant to be."""
        words = {term.typed: 1.0 for term in query.terms}
        for term in query.terms:
            for form in term.forms:
                if form.origin in TYPED:
                    words[form.typed] = max(words.get(form.typed, 0.0), form.likeness)
        grams: dict[int, float] = {}
        for word, weight in words.items():
            for gram in grams_of(word):
                number = self._numbers.get(gram)
                if number is not None:
                    grams[number] = max(grams.get(number, 0.0), weight)
        return grams


def likeness(terms: Sequence[AskedTerm], postings: Postings, scope: Scope) -> Scores:
    """For each term (row) and each row in scope (column), how alike the nearest word there is."""
    matrix = np.zeros((len(terms), scope.size), np.float32)
    for nearest, term in zip(matrix, terms, strict=True):
        for phrase, alike in term.phrases:
            together = np.full(scope.size, np.inf, np.float32)
            for word in phrase:
                present = np.zeros(scope.size, np.float32)
                postings.lift(present, word, alike, scope)
                np.minimum(together, present, out=together)
            np.maximum(nearest, together, out=nearest)
        for form, alike in term.forms:
            postings.lift(nearest, form, alike, scope)
    return matrix


def focus(asked: Asked, alike: Scores, postings: Postings, own: Scores, scope: Scope) -> Scores:
    """Tell how alike the question and each phrasing are, both ways: what is missing counts and what is left over.

    `alike` is the likeness of the terms (rows) to the phrasings in scope; `own` is how much each phrasing says.
    """
    shared = np.zeros(scope.size, np.float32)
    for word in asked.function_words:
        shared += FUNCTION_WORD * postings.has(word, scope)
    used = shared.copy()
    for word, says in asked.says.items():
        used += says * postings.has(word, scope)
    found = asked.weights @ alike
    recall = (found + shared) / (asked.weights.sum() + FUNCTION_WORD * len(asked.query.function_words) or 1.0)
    precision = np.minimum(1.0, used / np.maximum(own, FUNCTION_WORD))
    together = recall + precision
    return np.where(found > 0, 2 * recall * precision / np.where(together > 0, together, 1.0), 0.0)


def _even(scores: Scores) -> Scores:
    """Bring scores without a unit to 0 to 1, the best of them 1."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores


def _of_possible(scores: Scores, terms: Mapping[int, float], postings: Postings) -> Scores:
    """Bring BM25 to 0 to 1 by the highest it can ever be for these terms."""
    highest = (SATURATION + 1) * sum(weight * postings.rarity(term) for term, weight in terms.items())
    return scores / np.float32(highest or 1.0)


def total(signals: Mapping[str, Scores], weights: Mapping[str, float], size: int) -> Scores:
    """Add signals up by their weights."""
    summed = np.zeros(size, np.float32)
    for name, values in signals.items():
        summed += np.float32(weights[name]) * values
    return summed
