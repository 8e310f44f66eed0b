"""Findings: problems gathered while a feed is read, bounded in memory and exact in number."""

from collections import Counter
from collections.abc import Mapping

from bot.domain.problems import Problem, Severity, warning

KEPT_OF_A_KIND = 100
"""Problems of one kind that keep their text and line; the rest are only counted."""

_KEPT_TEXTS = 50


class Findings:
    """What is wrong with one source. `file` is the name people see."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.counts: Counter[str] = Counter()
        self._listed: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._tallies: dict[tuple[str, str], int] = {}

    def add(
        self, kind: str, text: str, *, line: int | None = None, severity: Severity = Severity.WARNING, file: str = ""
    ) -> None:
        """Report one problem; `file` where it is not the source itself."""
        self.take(Problem(severity=severity, kind=kind, text=text, file=file or self.file, line=line))

    def take(self, problem: Problem) -> None:
        """Report a problem that somebody else found."""
        self.counts[problem.kind] += 1
        if self._listed[problem.kind] < KEPT_OF_A_KIND:
            self._listed[problem.kind] += 1
            self._problems.append(problem)

    def tally(self, kind: str, text: str) -> None:
        """Count what is not worth a line each: one problem with the number says `text`."""
        self.counts[kind] += 1
        key = (kind, text)
        if key not in self._tallies and len(self._tallies) >= _KEPT_TEXTS:
            key = (kind, "others")
        self._tallies[key] = self._tallies.get(key, 0) + 1

    def problems(self) -> tuple[Problem, ...]:
        """List problems in the order they were found, then the totals."""
        tallied: Counter[str] = Counter()
        totals: list[Problem] = []
        for (kind, text), count in self._tallies.items():
            tallied[kind] += count
            totals.append(warning(kind, f"{text}: {count}", file=self.file))
        for kind, count in self.counts.items():
            if hidden := count - self._listed[kind] - tallied[kind]:
                totals.append(warning(kind, f"and {hidden} more of the kind {kind}", file=self.file))
        return (*self._problems, *totals)

    def totals(self) -> Mapping[str, int]:
        """Count by kind, exactly."""
        return dict(self.counts)
