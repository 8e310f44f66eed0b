"""The confidence fitted to a brand's own questions."""

import pytest

from bot.domain.answer import SourceKind
from bot.knowledge.search.decision.calibration import Calibration, Confidence, read_confidence
from bot.knowledge.search.decision.refit import Label, distance, label, refit
from bot.knowledge.search.opening import Opener
from tests.unit.knowledge.search.packs import kettles

USUAL = Calibration(weights={"coverage": 4.0, "margin": 2.0}, bias=-3.0)
BEFORE = Confidence(right=dict.fromkeys(SourceKind, USUAL), near=dict.fromkeys(SourceKind, USUAL))


def labels(right: int, wrong: int, *, coverage: float = 1.0, kind: SourceKind = SourceKind.FAQ) -> list[Label]:
    def one(*, is_right: bool, coverage: float) -> Label:
        return Label(kind=kind, features={"coverage": coverage}, is_right=is_right, is_near=is_right)

    return [
        *(one(is_right=True, coverage=coverage) for _ in range(right)),
        *(one(is_right=False, coverage=coverage / 2) for _ in range(wrong)),
    ]


def test_a_brand_whose_answers_are_oftener_wrong_is_doubted_more() -> None:
    seen = labels(20, 80)
    after = refit(BEFORE, seen)
    assert after.right[SourceKind.FAQ].confidence({"coverage": 0.5}) < USUAL.confidence({"coverage": 0.5})
    assert distance(after, seen) < distance(BEFORE, seen)


def test_what_counts_keeps_its_proportions() -> None:
    weights = refit(BEFORE, labels(60, 40)).right[SourceKind.FAQ].weights
    assert weights["coverage"] == pytest.approx(2 * weights["margin"])


def test_other_kinds_and_few_or_one_sided_labels_change_nothing() -> None:
    after = refit(BEFORE, labels(60, 40))
    assert after.right[SourceKind.OFFER] == USUAL
    for few in (labels(10, 9), labels(40, 0), labels(0, 40), []):
        assert refit(BEFORE, few) == BEFORE


def test_labels_against_all_that_is_known_are_not_believed() -> None:
    upside_down = [*labels(40, 0, coverage=0.1), *labels(0, 40, coverage=2.0)]
    assert refit(BEFORE, upside_down) == BEFORE


def test_a_fit_is_read_back_as_it_was_written() -> None:
    after = refit(BEFORE, labels(60, 40))
    again = read_confidence(after.to_json()).right[SourceKind.FAQ]
    assert again.bias == pytest.approx(after.right[SourceKind.FAQ].bias, abs=0.001)


def test_a_question_is_labelled_by_where_it_leads() -> None:
    engine = Opener().open(kettles())
    right = label(engine, "сколько стоит доставка", frozenset({"faq:delivery-cost"}))
    wrong = label(engine, "сколько стоит доставка", frozenset())
    assert right is not None
    assert wrong is not None
    assert (right.kind, right.is_right, right.is_near) == (SourceKind.FAQ, True, True)
    assert (wrong.is_right, wrong.is_near) == (False, False)
    assert label(engine, "...", frozenset()) is None
