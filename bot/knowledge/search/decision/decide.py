"""Decide: answer, offer a choice, or say that there is no answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.answer import AnswerKind, SourceKind
from bot.knowledge.search.decision.calibration import Confidence
from bot.knowledge.search.decision.features import features_of
from bot.knowledge.search.decision.strangers import strangers_in
from bot.knowledge.search.engine import Found
from bot.knowledge.search.question.query import Query
from bot.knowledge.search.ranking.ranker import Match

_KINDS = {
    SourceKind.FAQ: AnswerKind.FAQ,
    SourceKind.ARTICLE: AnswerKind.ARTICLE,
    SourceKind.OFFER: AnswerKind.PRODUCT,
}
_MOST_CHOICES = 5
_NEAR_ENOUGH = 0.3
"""A choice is shown when its rank is at least this share of the best one's."""
_MOSTLY = 0.4
"""Share of a question, by weight, from which on a word decides what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How likely an answer must be right.

    From `answer` on we answer; from `clarify` on, which is about the first few together, we offer a choice; below we do
    not know.
    """

    answer: float = 0.65
    clarify: float = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do: `matches` hold one to answer with, several to choose from, or none.

    `confidence` is how likely the best match is right, `near` how likely one of the first few is. `because` names what
    decided, `features` what was measured.
    """

    kind: AnswerKind
    confidence: float
    because: str
    near: float = 0.0
    matches: Sequence[Match] = ()
    features: Mapping[str, float] = field(default_factory=dict)


def decide(found: Found, thresholds: Thresholds, confidence: Confidence) -> Decision:
    """Decide by the likeliness that the first match is right, and by what the pack does not have."""
    query, matches = found.query, found.matches
    if not matches:
        return Decision(kind=AnswerKind.UNKNOWN, confidence=0.0, because="nothing found")
    features = features_of(found)
    right = round(confidence.right[matches[0].kind].confidence(features), 3)
    near = round(confidence.near[matches[0].kind].confidence(features), 3)
    kind, because, chosen = _outcome(query, matches, thresholds, right=right, near=near)
    return Decision(
        kind=kind,
        confidence=_bounded(kind, right, thresholds),
        near=near,
        because=because,
        matches=chosen,
        features=features,
    )


def _outcome(
    query: Query, matches: Sequence[Match], thresholds: Thresholds, *, right: float, near: float
) -> tuple[AnswerKind, str, Sequence[Match]]:
    best = matches[0]
    strange = sum(term.weight for term in strangers_in(query)) / (sum(term.weight for term in query.terms) or 1.0)
    if strange >= _MOSTLY:
        return AnswerKind.UNKNOWN, "about something the pack does not have", ()
    may_answer = best.is_sure and not strange and not _is_one_of_many(matches)
    if right >= thresholds.answer and may_answer:
        return _KINDS[best.kind], "likely right", matches[:1]
    if near < thresholds.clarify and not query.models:  # a product of the pack that is named is at least offered
        return AnswerKind.UNKNOWN, "hardly right", ()
    choices = [match for match in matches if match.rank >= best.rank * _NEAR_ENOUGH][:_MOST_CHOICES]
    because = "perhaps right" if may_answer else "a word of the question is not met"
    return AnswerKind.CLARIFY, because, choices


def _bounded(kind: AnswerKind, confidence: float, thresholds: Thresholds) -> float:
    """A choice is never told to be surer than an answer."""
    return min(confidence, thresholds.answer) if kind is AnswerKind.CLARIFY else confidence


def _is_one_of_many(matches: Sequence[Match]) -> bool:
    """Whether one bare word names several things alike: goods and what is written about them, or two entries."""
    best = matches[0]
    if best.evidence != 1 or best.kind is SourceKind.OFFER:
        return False
    return any(match.is_sure and match.coverage >= best.coverage and match.title >= best.title for match in matches[1:])
