"""Concepts: a signal of documents that are about the same as the question, in whatever words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from bot.knowledge.search.index.ragged import Numbers
from bot.knowledge.search.index.scope import Chosen, Scores
from bot.knowledge.search.index.subjects import MOST_CONCEPTS, Subjects
from bot.knowledge.search.question.query import TYPED, Query
from bot.knowledge.search.ranking.frame import Frame
from bot.knowledge.search.text.morphology import stem
from bot.knowledge.search.text.wordlists import is_question_word
from bot.knowledge.search.vocabulary.thesaurus import Thesaurus

_MOSTLY = 0.5
"""Weight of a concept, 1 at most, from which on a document is about it."""
_CIRCUMSTANCE = 0.5
"""How much when, where or with which thing something is wanted says, against what is wanted."""
_STRONG = 40.0
"""Weight of hints at one concept beyond which more of them make nobody surer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a question is about: `concepts` by number, whose squares add up to 1; all else is 0 to 1.

    `worldly` are the shares of it that are about the world and no shop, by concept, which add up to 1 at most.
    `known` is the share of its words at which the thesaurus knows anything, `met` the share of its concepts that any
    document is about, `unity` how far all words hint at the strongest concept, `strength` how strongly.
    """

    concepts: Mapping[int, float] = field(default_factory=dict)
    worldly: Mapping[int, float] = field(default_factory=dict)
    known: float = 0.0
    met: float = 0.0
    unity: float = 0.0
    strength: float = 0.0


class Concepts:
    """Compares what questions and documents are about."""

    def __init__(self, subjects: Subjects, thesaurus: Thesaurus) -> None:
        self._subjects = subjects
        self._thesaurus = thesaurus

    def of(self, query: Query) -> Theme:
        """Return what a question is about, the concepts that tell documents apart stronger than others."""
        strengths: defaultdict[int, float] = defaultdict(float)
        stems = _stems(query)
        most = [0.0]
        for own, likeness in stems.items():
            hints = [(concept, weight * likeness) for concept, weight in self._thesaurus.hints(own)]
            for concept, weight in hints:
                strengths[concept] += weight
            if hints:
                most.append(max(weight for _, weight in hints))
        hinted = dict(strengths)
        for concept, weight in self._thesaurus.said_whole(stems):
            strengths[concept] += weight
        best = sorted(strengths, key=lambda concept: -strengths[concept])[:MOST_CONCEPTS]
        if not best:
            return Theme()
        whole = sum(strengths[concept] ** 2 for concept in best)
        shares = {concept: strengths[concept] ** 2 / whole for concept in best}
        return Theme(
            concepts=self._telling({concept: strengths[concept] for concept in best}),
            worldly={concept: share for concept, share in shares.items() if concept in self._thesaurus.worldly},
            known=(len(most) - 1) / len(stems),
            met=sum(share for concept, share in shares.items() if self._is_met(concept)),
            unity=max(hinted.values()) / sum(most),
            strength=min(1.0, strengths[best[0]] / _STRONG),
        )

    def elsewhere(self, theme: Theme, frame: Frame) -> float:
        """Tell what share of `theme` is about the world, and hardly what the only document of `frame` is about."""
        return sum(
            share * (1 - min(1.0, float(self.measure({concept: 1.0}, frame)[0]) / _MOSTLY))
            for concept, share in theme.worldly.items()
        )

    def _telling(self, strengths: Mapping[int, float]) -> Mapping[int, float]:
        telling = {concept: strength * self._says(concept) for concept, strength in strengths.items()}
        length = sum(strength**2 for strength in telling.values()) ** 0.5 or 1.0
        return {concept: strength / length for concept, strength in telling.items()}

    def _says(self, concept: int) -> float:
        is_circumstance = concept in self._thesaurus.circumstances
        return self._subjects.texts.rarity(concept) * (_CIRCUMSTANCE if is_circumstance else 1.0)

    def _is_met(self, concept: int) -> bool:
        return bool(self._subjects.texts.count(concept) or self._subjects.phrasings.count(concept))

    def name(self, concept: int) -> str:
        """Return the id that the thesaurus gives a concept."""
        return self._thesaurus.concepts[concept]

    def measure(self, concepts: Mapping[int, float], frame: Frame) -> Scores:
        """Tell how alike the concepts of a question are to those of each document and of its nearest phrasing."""
        texts = self._subjects.texts.total(concepts, frame.documents)
        phrasings = frame.best(self._subjects.phrasings.total(concepts, frame.phrasings))
        both: Scores = (texts + phrasings) * np.float32(0.5)
        return both

    def nearest(self, concepts: Mapping[int, float], texts: Chosen, count: int) -> Numbers:
        """Return the numbers of those of `texts` that are most alike, in no order."""
        scores = self._subjects.texts.total(concepts, texts)
        (found,) = np.nonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")[:count]]
        return texts.rows[best]


def _stems(query: Query) -> Mapping[str, float]:
    """Return the stems of the words asked, corrected where mistyped, and of question words."""
    stems = {stem(form.term): form.likeness for term in query.terms for form in term.forms if form.origin in TYPED}
    asking = filter(is_question_word, query.function_words)
    return stems | {stem(word): 1.0 for word in (*(term.text for term in query.terms), *asking)}
