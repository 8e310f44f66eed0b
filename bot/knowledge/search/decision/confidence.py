"""Confidence: how sure we are of the best match, and what to do with that much certainty."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.answer import AnswerKind, SourceKind
from bot.knowledge.search.ranking.ranker import Match

_COVERAGE = 0.65
_FOCUS = 0.35
_COVERAGE_ALONE = 0.8
"""Shares of the features; an article that covers several words counts by coverage alone, whatever its headings."""
_CHANCE = 0.4
"""How likely one word of a question is found in a document that has nothing to do with it."""
_CLEAR_MARGIN = 0.3
_DOUBT = 0.5
"""A second match nearer than this share of the first takes away up to so much."""
_MOST_CHOICES = 4
_NEAR_ENOUGH = 0.6
"""A choice is shown when its strength is at least this share of the best one's."""

_KINDS = {
    SourceKind.FAQ: AnswerKind.FAQ,
    SourceKind.ARTICLE: AnswerKind.ARTICLE,
    SourceKind.OFFER: AnswerKind.PRODUCT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From `answer` on we answer, from `clarify` on we offer choices, below we say that we do not know.

    The only product in question is shown from `only_product` on: a choice of one is none.
    """

    answer: float = 0.52
    only_product: float = 0.45
    clarify: float = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do: `matches` hold one to answer with, several to choose from, or none."""

    kind: AnswerKind
    confidence: float
    matches: Sequence[Match] = ()


def decide(matches: Sequence[Match], thresholds: Thresholds) -> Decision:
    """Answer with the first of `matches`, offer the first few, or say that there is no answer."""
    if not matches:
        return Decision(kind=AnswerKind.UNKNOWN, confidence=0.0)
    strengths = [_strength(match) for match in matches]
    confidence = round(strengths[0] * (1 - _DOUBT * _doubt(matches)), 3)
    if confidence >= thresholds.answer and matches[0].is_sure and not _may_mean_goods(matches):
        return Decision(kind=_KINDS[matches[0].kind], confidence=confidence, matches=matches[:1])
    if strengths[0] < thresholds.clarify:
        return Decision(kind=AnswerKind.UNKNOWN, confidence=confidence)
    pairs = zip(matches, strengths, strict=True)
    near = [match for match, strength in pairs if strength >= strengths[0] * _NEAR_ENOUGH]
    if _is_only_product(near, strengths[0], thresholds):
        return Decision(kind=AnswerKind.PRODUCT, confidence=confidence, matches=near)
    bounded = min(max(confidence, thresholds.clarify), thresholds.answer)
    return Decision(kind=AnswerKind.CLARIFY, confidence=bounded, matches=near[:_MOST_CHOICES])


def _may_mean_goods(matches: Sequence[Match]) -> bool:
    """Whether one bare word may want the goods of that name rather than what is written about them."""
    is_bare = matches[0].evidence == 1 and matches[0].kind is not SourceKind.OFFER
    return is_bare and any(
        match.kind is SourceKind.OFFER and match.is_sure and match.coverage == 1.0 for match in matches[1:]
    )


def _is_only_product(near: Sequence[Match], strength: float, thresholds: Thresholds) -> bool:
    is_only = len(near) == 1 and near[0].is_sure
    return is_only and near[0].kind is SourceKind.OFFER and strength >= thresholds.only_product


def _strength(match: Match) -> float:
    """How sure we would be of this match if there were no other."""
    covered = match.coverage * (1 - math.pow(_CHANCE, match.evidence))
    strength = _COVERAGE * covered + _FOCUS * match.focus
    if match.kind is SourceKind.ARTICLE:
        strength = max(strength, _COVERAGE_ALONE * covered)
    return match.fitness * strength


def _doubt(matches: Sequence[Match]) -> float:
    """0 where the first match is far ahead, 1 where the next that could be meant is as good."""
    best = matches[0]
    rival = next((match for match in matches[1:] if match.is_sure and match.fitness >= best.fitness), None)
    if rival is None:
        return 0.0
    margin = (best.rank - rival.rank) / (best.rank or 1.0)
    return max(0.0, 1 - margin / _CLEAR_MARGIN)
