"""Concepts: a signal of documents that are about the same as the question, in whatever words."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from bot.knowledge.search.index.ragged import Numbers
from bot.knowledge.search.index.scope import Chosen, Scores
from bot.knowledge.search.index.subjects import MOST_CONCEPTS, Subjects
from bot.knowledge.search.question.query import TYPED, Query
from bot.knowledge.search.ranking.frame import Frame
from bot.knowledge.search.text.morphology import stem
from bot.knowledge.search.vocabulary.thesaurus import Thesaurus


class Concepts:
    """Compares what questions and documents are about."""

    def __init__(self, subjects: Subjects, thesaurus: Thesaurus) -> None:
        self._subjects = subjects
        self._thesaurus = thesaurus

    def of(self, query: Query) -> dict[int, float]:
        """Return the concepts of a question by number, those that tell documents apart stronger than others.

        The squares of the weights add up to 1.
        """
        strengths: defaultdict[int, float] = defaultdict(float)
        for own, likeness in _stems(query).items():
            for concept, weight in self._thesaurus.hints(own):
                strengths[concept] += weight * likeness
        best = sorted(strengths, key=lambda concept: -strengths[concept])[:MOST_CONCEPTS]
        telling = {concept: strengths[concept] * self._subjects.texts.rarity(concept) for concept in best}
        length = sum(strength**2 for strength in telling.values()) ** 0.5 or 1.0
        return {concept: strength / length for concept, strength in telling.items()}

    def name(self, concept: int) -> str:
        """Return the id that the thesaurus gives a concept."""
        return self._thesaurus.concepts[concept]

    def measure(self, concepts: Mapping[int, float], frame: Frame) -> Scores:
        """Tell how alike the concepts of a question are to those of each document and of its nearest phrasing."""
        texts = self._subjects.texts.total(concepts, frame.documents)
        phrasings = frame.best(self._subjects.phrasings.total(concepts, frame.phrasings))
        both: Scores = (texts + phrasings) / 2
        return both

    def nearest(self, concepts: Mapping[int, float], texts: Chosen, count: int) -> Numbers:
        """Return the numbers of those of `texts` that are most alike, in no order."""
        scores = self._subjects.texts.total(concepts, texts)
        (found,) = np.nonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")[:count]]
        return texts.rows[best]


def _stems(query: Query) -> Mapping[str, float]:
    """Return the stems of the words asked, corrected where mistyped; function words count where concepts have them."""
    stems = {stem(form.term): form.likeness for term in query.terms for form in term.forms if form.origin in TYPED}
    return stems | {stem(word): 1.0 for word in (*(term.text for term in query.terms), *query.function_words)}
