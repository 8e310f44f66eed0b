"""Findings: problems gathered while feeds are read, bounded in memory and exact in number."""

from collections import Counter

from bot.domain.problems import Problem, Severity, warning

KEPT_OF_A_KIND = 100
"""Problems of one kind that keep their text and line; the rest are only counted."""

_KEPT_TEXTS = 50


class Findings:
    """What is wrong with one source. `file` is the name people see."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[Problem] = []
        self._listed: Counter[str] = Counter()
        self._hidden: Counter[tuple[str, Severity]] = Counter()
        self._tallies: Counter[tuple[str, str]] = Counter()

    def add(
        self, kind: str, text: str, *, line: int | None = None, severity: Severity = Severity.WARNING, file: str = ""
    ) -> None:
        """Report one problem; `file` where it is not the source itself."""
        self.take(Problem(severity=severity, kind=kind, text=text, file=file or self.file, line=line))

    def take(self, problem: Problem) -> None:
        """Report a problem that somebody else found."""
        if self._listed[problem.kind] < KEPT_OF_A_KIND:
            self._listed[problem.kind] += 1
            self._problems.append(problem)
        else:
            self._hidden[problem.kind, problem.severity] += problem.count

    def tally(self, kind: str, text: str) -> None:
        """Count what is not worth a line each: one problem with the number says `text`."""
        key = (kind, text)
        if key not in self._tallies and len(self._tallies) >= _KEPT_TEXTS:
            key = (kind, "others")
        self._tallies[key] += 1

    def problems(self) -> tuple[Problem, ...]:
        """List problems in the order they were found, then those that stand for many."""
        tallied = [
            warning(kind, f"{text}: {count}", file=self.file, count=count)
            for (kind, text), count in self._tallies.items()
        ]
        rest = [
            Problem(severity=severity, kind=kind, text=f"and {count} more of {kind}", file=self.file, count=count)
            for (kind, severity), count in self._hidden.items()
        ]
        return (*self._problems, *tallied, *rest)
