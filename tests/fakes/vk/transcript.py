"""Transcript: every call that reached the fake, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fakes.vk.wire import JsonObject


@dataclass(slots=True, kw_only=True)
class Call:
    """One request. `at` is monotonic seconds; `outcome` is ok, `error N`, `fault KIND` or `failed N` of a poll."""

    method: str
    params: Mapping[str, str]
    at: float
    outcome: str = "waiting"
    performed: bool = False
    is_inside_execute: bool = False
    result: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A request outside the contract of the platform."""

    method: str
    problem: str
    params: Mapping[str, str]


@dataclass(slots=True)
class Transcript:
    """All calls in order of arrival, long polls and uploads included."""

    calls: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)

    def open(self, method: str, params: Mapping[str, str], *, at: float, is_inside_execute: bool = False) -> Call:
        """Record the arrival of a call."""
        shown = {key: value for key, value in params.items() if key != "access_token"}
        call = Call(method=method, params=shown, at=at, is_inside_execute=is_inside_execute)
        self.calls.append(call)
        return call

    def blame(self, method: str, problem: str, params: Mapping[str, str] | JsonObject) -> None:
        """Record a violation."""
        shown = {key: str(value) for key, value in params.items() if key != "access_token"}
        self.violations.append(Violation(method=method, problem=problem, params=shown))
