"""Replay: which answers of the log would be others today."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from bot.domain.answer import AnswerKind, AnswerMeta

Outline: TypeAlias = tuple[tuple[AnswerKind, str], ...]
"""What was said to one question: the kind of each reply and its first source, empty where it has none."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A question, what was answered when it was asked, and what would be answered now."""

    text: str
    before: Outline
    after: Outline

    @property
    def is_changed(self) -> bool:
        """Whether a person would notice."""
        return self.before != self.after


def outline(answers: Iterable[AnswerMeta]) -> Outline:
    """Outline replies in order. Parts of a divided message, and what goes with an answer as a notice, do not count."""
    told = [(answer.kind, next(iter(answer.sources), "")) for answer in answers if answer.kind is not AnswerKind.NOTICE]
    return tuple(each for each, _ in groupby(told))


def written(told: Outline) -> str:
    """Write an outline for a person."""
    return " + ".join(f"{kind} {source}".strip() for kind, source in told) or "nothing"


def changes(replayed: Iterable[Replayed]) -> Sequence[tuple[Replayed, int]]:
    """Return what would change with how often it was asked, the most frequent first."""
    return Counter(each for each in replayed if each.is_changed).most_common()


def turns(changed: Iterable[tuple[Replayed, int]]) -> Counter[str]:
    """Count changes by what kind of answer becomes what kind."""
    counts: Counter[str] = Counter()
    for each, count in changed:
        before, after = (" + ".join(kind for kind, _ in told) or "nothing" for told in (each.before, each.after))
        counts[f"{before} → {after}" if before != after else f"{before}, another source"] += count
    return counts
