"""Explanation: what was understood of a question, what was found by which signals, and why this came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answer import AnswerMeta
from bot.knowledge.search.decision.decide import Decision, Thresholds
from bot.knowledge.search.engine import Found
from bot.knowledge.search.question.query import Form, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWord:
    """A content word: its lemma, how much it says, and what it was taken for in the pack, the likeliest first."""

    typed: str
    lemma: str
    weight: float
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place of the pack that may answer. `words` tells how well it has each word of the question."""

    source: str
    rank: float
    signals: Mapping[str, float]
    words: tuple[float, ...]
    fitness: float
    may_be_answered_with: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`text` is the question in the right keyboard layout; empty `words` mean that an entry has it word for word.

    `answer_from` and `clarify_from` are the likeliness from which on a match is answered with, and offered.
    """

    text: str
    words: tuple[ReadWord, ...] = ()
    models: tuple[str, ...] = ()
    has_unknown_model: bool = False
    concepts: Mapping[str, float]
    candidates: tuple[Candidate, ...] = ()
    features: Mapping[str, float]
    near: float
    because: str
    meta: AnswerMeta
    answer_from: float
    clarify_from: float


def explain(
    found: Found, sources: Sequence[str], decision: Decision, meta: AnswerMeta, *, thresholds: Thresholds
) -> Explanation:
    """Put together what was found and decided; `sources` are parallel to the matches found."""
    return Explanation(
        text=found.query.text,
        words=tuple(map(_word, found.query.terms)),
        models=tuple(sorted(found.query.models)),
        has_unknown_model=found.query.has_unknown_model,
        concepts=found.concepts,
        candidates=tuple(
            Candidate(
                source=source,
                rank=round(match.rank, 3),
                signals=match.signals,
                words=match.words,
                fitness=match.fitness,
                may_be_answered_with=match.is_sure,
            )
            for match, source in zip(found.matches, sources, strict=True)
        ),
        features=decision.features,
        near=decision.near,
        because=decision.because,
        meta=meta,
        answer_from=thresholds.answer,
        clarify_from=thresholds.clarify,
    )


def _word(term: Term) -> ReadWord:
    return ReadWord(typed=term.typed, lemma=term.text, weight=round(term.weight, 2), forms=term.forms)
