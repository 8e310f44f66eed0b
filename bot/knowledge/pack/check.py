"""Check: one file of a pack being checked, with the problems found in it so far."""

from collections.abc import Iterable
from difflib import get_close_matches

from bot.domain.problems import Problem, error, has_errors, warning


class Check:
    """Gathers the problems of `file`, in the order found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def has_errors(self) -> bool:
        """Whether the file cannot be used."""
        return has_errors(self.problems)

    def error(self, kind: str, text: str, line: int | None = None) -> None:
        """Note what makes the pack unusable."""
        self.problems.append(error(kind, text, file=self.file, line=line))

    def warn(self, kind: str, text: str, line: int | None = None) -> None:
        """Note what was skipped or looks odd."""
        self.problems.append(warning(kind, text, file=self.file, line=line))


def hint(name: str, known: Iterable[str]) -> str:
    """Guess which of `known` was meant by `name`; empty when nothing is close."""
    close = get_close_matches(name.lower(), list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def listed(names: Iterable[str]) -> str:
    """Write names as people do: ``ru, en``."""
    return ", ".join(names)
