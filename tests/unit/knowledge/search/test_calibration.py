"""The confidence learns from labels, and is written so that people can read it."""

import json

import pytest

from bot.domain.answer import SourceKind
from bot.knowledge.search.decision.calibration import Confidence, Example, fit, own_confidence, read_confidence
from bot.knowledge.search.decision.features import NAMES

LABELLED = [
    Example({"coverage": 0.1 * step, "noise": float(step % 2)}, is_right=step > 4)
    for step in range(10)
    for _ in range(9)
]


def test_what_goes_with_right_answers_makes_surer() -> None:
    calibration = fit(LABELLED, ["coverage", "noise"])
    assert calibration.confidence({"coverage": 0.9}) > 0.8
    assert calibration.confidence({"coverage": 0.1}) < 0.2
    assert abs(calibration.weights["noise"]) < calibration.weights["coverage"]


def test_labels_of_more_weight_count_more() -> None:
    doubted = [*LABELLED, Example({"coverage": 0.9}, is_right=False, weight=200)]
    assert fit(doubted, ["coverage"]).confidence({"coverage": 0.9}) < 0.3


@pytest.mark.parametrize("is_right", [True, False])
def test_labels_of_one_kind_are_no_fault(is_right: bool) -> None:
    calibration = fit([Example({"coverage": 0.5}, is_right)] * 3, ["coverage"])
    assert 0 <= calibration.confidence({"coverage": 0.5}) <= 1


def test_it_is_read_as_it_was_written() -> None:
    calibration = fit(LABELLED, ["coverage"])
    confidence = Confidence(right=dict.fromkeys(SourceKind, calibration), near=dict.fromkeys(SourceKind, calibration))
    read = read_confidence(confidence.to_json())
    assert read.near[SourceKind.FAQ].weights["coverage"] == pytest.approx(calibration.weights["coverage"], abs=1e-3)


def test_our_own_knows_every_feature() -> None:
    for calibration in (*own_confidence().right.values(), *own_confidence().near.values()):
        assert set(calibration.weights) == set(NAMES)


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"right": {}, "near": {}})])
def test_what_is_no_confidence_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_confidence(text)
