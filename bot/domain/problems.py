"""Problem: one thing that is wrong in a brand pack, and where."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR: the pack cannot be used as it is. WARNING: something was skipped or looks odd."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`kind` is a short machine name to count by; `text` says what is wrong and what to do.

    `count` is in how many places it is so, where one line stands for all of them.
    """

    severity: Severity
    kind: str
    text: str
    file: str
    line: int | None = None
    count: int = 1

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.severity}: {self.text}"


def error(kind: str, text: str, *, file: str, line: int | None = None) -> Problem:
    """Report what makes the pack unusable."""
    return Problem(severity=Severity.ERROR, kind=kind, text=text, file=file, line=line)


def warning(kind: str, text: str, *, file: str, line: int | None = None, count: int = 1) -> Problem:
    """Report what was skipped or looks odd."""
    return Problem(severity=Severity.WARNING, kind=kind, text=text, file=file, line=line, count=count)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of `problems` makes the pack unusable."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def count_by_kind(problems: Iterable[Problem]) -> Counter[str]:
    """Count by kind in how many places something is wrong."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.kind] += problem.count
    return counts
