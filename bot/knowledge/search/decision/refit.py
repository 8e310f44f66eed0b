"""Refit: the confidence made to fit what one brand's people ask, by questions with known answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answer import Hit, SourceKind, source_of
from bot.knowledge.search.decision.calibration import Calibration, Confidence, Example, fit
from bot.knowledge.search.decision.features import features_of
from bot.knowledge.search.engine import Engine

FIRST_FEW = 3
FEWEST = 20
"""Labels of a kind, some right and some wrong, that are needed to change its confidence."""
_FEWEST_OF_EACH = 4
_LOGIT = "logit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A question that was searched for: its best match's kind and features, and how good the matches were."""

    kind: SourceKind
    features: Mapping[str, float]
    is_right: bool
    is_near: bool


def label(engine: Engine, text: str, gold: frozenset[str]) -> Label | None:
    """Search for `text`, whose right sources are `gold`, none when nothing answers it; None when nothing is found."""
    found = engine.search(text)
    if not found.matches:
        return None
    is_right = [not gold.isdisjoint(map(_written, engine.hits(match))) for match in found.matches[:FIRST_FEW]]
    return Label(
        kind=found.matches[0].kind,
        features=features_of(found),
        is_right=is_right[0],
        is_near=any(is_right),
    )


def refit(confidence: Confidence, labels: Sequence[Label]) -> Confidence:
    """Return `confidence` moved to fit `labels`.

    What counts for and against an answer stays as it was fitted on thousands of questions: of each kind of source only
    how much all of it says, and the doubt to begin with, are fitted anew. Two numbers need no thousands.
    """
    return Confidence(
        right=_moved(confidence.right, labels, lambda each: each.is_right),
        near=_moved(confidence.near, labels, lambda each: each.is_near),
    )


def distance(confidence: Confidence, labels: Sequence[Label]) -> float:
    """Tell how far `confidence` is from what was right: the mean square of the difference (Brier), 0 to 1."""
    errors = [confidence.right[each.kind].confidence(each.features) - each.is_right for each in labels]
    return sum(error * error for error in errors) / max(1, len(errors))


def _moved(
    by_kind: Mapping[SourceKind, Calibration], labels: Sequence[Label], is_positive: Callable[[Label], bool]
) -> dict[SourceKind, Calibration]:
    return {
        kind: _fitted(calibration, [(each.features, is_positive(each)) for each in labels if each.kind is kind])
        for kind, calibration in by_kind.items()
    }


def _fitted(calibration: Calibration, labels: Sequence[tuple[Mapping[str, float], bool]]) -> Calibration:
    positive = sum(is_positive for _, is_positive in labels)
    if len(labels) < FEWEST or min(positive, len(labels) - positive) < _FEWEST_OF_EACH:
        return calibration
    examples = [Example({_LOGIT: calibration.logit(features)}, is_positive) for features, is_positive in labels]
    moved = fit(examples, [_LOGIT])
    slope = moved.weights[_LOGIT]
    if slope <= 0:  # the labels contradict all that is known: rather believe none of them
        return calibration
    weights = {name: slope * weight for name, weight in calibration.weights.items()}
    return Calibration(weights=weights, bias=slope * calibration.bias + moved.bias)


def _written(hit: Hit) -> str:
    return str(source_of(hit))
