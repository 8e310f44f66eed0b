"""Calibration: how likely an answer is right by its features; the weights stand in a file that people can read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.domain.answer import SourceKind

Table: TypeAlias = NDArray[np.floating[Any]]

_STEPS = 30
_CAUTION = 1.0
"""How strongly weights are held near 0: few labels must not make anybody sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Weights of features by name; a feature without one does not count."""

    weights: Mapping[str, float]
    bias: float

    def confidence(self, features: Mapping[str, float]) -> float:
        """Return how likely an answer with these features is right, 0 to 1."""
        return float(1 / (1 + np.exp(-np.clip(self.logit(features), -40, 40))))

    def logit(self, features: Mapping[str, float]) -> float:
        """Add up what speaks for an answer with these features, and against it: 0 is even chances."""
        return self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How likely the best match is `right`, and how likely one of the first few is (`near`), by its kind."""

    right: Mapping[SourceKind, Calibration]
    near: Mapping[SourceKind, Calibration]

    def to_json(self) -> str:
        """Write it as `read_confidence` reads it."""
        return json.dumps({"right": _written(self.right), "near": _written(self.near)}, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Example:
    """An answer that was right or wrong; `weight` tells how much it counts."""

    features: Mapping[str, float]
    is_right: bool
    weight: float = 1.0


@lru_cache(maxsize=1)
def own_confidence() -> Confidence:
    """Return the confidence that comes with the program."""
    return read_confidence((files(__package__) / "calibration.json").read_text(encoding="utf-8"))


def read_confidence(text: str) -> Confidence:
    """Read what `Confidence.to_json` wrote.

    Raises:
        ValueError, KeyError: it is not such a text.
    """
    read = json.loads(text)
    return Confidence(right=_read(read["right"]), near=_read(read["near"]))


def fit(examples: Sequence[Example], names: Sequence[str]) -> Calibration:
    """Fit the weights of the features `names` by logistic regression; there is at least one example."""
    table = np.array([[*(example.features.get(name, 0.0) for name in names), 1.0] for example in examples])
    right = np.array([example.is_right for example in examples], dtype=float)
    counts = np.array([example.weight for example in examples])
    caution = np.diag([*([_CAUTION] * len(names)), 0.0])
    weights: Table = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        weights += _newton_step(table, right, counts, weights, caution)
    return Calibration(weights=dict(zip(names, map(float, weights), strict=False)), bias=float(weights[-1]))


def _newton_step(table: Table, right: Table, counts: Table, weights: Table, caution: Table) -> Table:
    expected = 1 / (1 + np.exp(-np.clip(table @ weights, -40, 40)))
    slope = table.T @ (counts * (right - expected)) - caution @ weights
    bend = (table.T * (counts * expected * (1 - expected) + 1e-9)) @ table + caution
    step: Table = np.linalg.solve(bend, slope)
    return step


def _written(calibrations: Mapping[SourceKind, Calibration]) -> dict[str, object]:
    return {
        str(kind): {
            "bias": round(calibration.bias, 3),
            "weights": {name: round(weight, 3) for name, weight in calibration.weights.items()},
        }
        for kind, calibration in calibrations.items()
    }


def _read(by_kind: Mapping[str, Any]) -> dict[SourceKind, Calibration]:
    return {
        kind: Calibration(
            bias=float(by_kind[kind]["bias"]),
            weights={str(name): float(weight) for name, weight in by_kind[kind]["weights"].items()},
        )
        for kind in SourceKind
    }
