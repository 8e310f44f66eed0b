"""Evaluation: questions with what a right answer would be, and how many were answered right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.answer import ANSWERS, AnswerKind

FIRST_CHOICES = 3
"""A choice is right when what was meant is among the first so many options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a right reply is: one of `kinds`, from one of `sources` (any, when empty), with all of `texts` in it."""

    kinds: tuple[AnswerKind, ...]
    sources: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line of a conversation; without `expected` it only leads to the next one."""

    text: str
    expected: Expected | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A conversation to play. `group` is what its result is counted under."""

    id: str
    turns: tuple[Asked, ...]

    @property
    def group(self) -> str:
        """The kind expected last, the first where several are right."""
        expected = [turn.expected for turn in self.turns if turn.expected is not None]
        group = str(expected[-1].kinds[0]) if expected else "none"
        return f"{group}, in context" if len(self.turns) > 1 else group


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One reply as the log keeps it."""

    kind: AnswerKind
    sources: tuple[str, ...]
    text: str


class Verdict(StrEnum):
    """How a case went. A false answer claims to know and is wrong; a miss does not claim anything."""

    RIGHT = "right"
    CHOICE = "choice"
    MISSED = "missed"
    FALSE = "false"


def judge(expected: Expected, replies: Sequence[Said]) -> Verdict:
    """Judge the replies to one line."""
    if _is_right(expected, replies):
        return Verdict.RIGHT
    if _offers(expected, replies):
        return Verdict.CHOICE
    return Verdict.FALSE if any(reply.kind in ANSWERS for reply in replies) else Verdict.MISSED


def _is_right(expected: Expected, replies: Sequence[Said]) -> bool:
    everything = "\n".join(reply.text for reply in replies)
    if not all(text in everything for text in expected.texts):
        return False
    return any(reply.kind in expected.kinds and _is_from(expected, reply) for reply in replies)


def _is_from(expected: Expected, reply: Said) -> bool:
    if not expected.sources:
        return True
    looked_at = reply.sources[:FIRST_CHOICES] if reply.kind is AnswerKind.CLARIFY else reply.sources
    return any(source in expected.sources for source in looked_at)


def _offers(expected: Expected, replies: Sequence[Said]) -> bool:
    """Whether what was meant is offered as a choice, though an answer was hoped for."""
    offered = (reply for reply in replies if reply.kind is AnswerKind.CLARIFY)
    return bool(expected.sources) and any(_is_from(expected, reply) for reply in offered)


@dataclass(frozen=True, slots=True)
class Tally:
    """Verdicts by group, in the order first met."""

    counts: Mapping[str, Counter[Verdict]] = field(default_factory=dict)

    @property
    def total(self) -> Counter[Verdict]:
        """All groups together."""
        return sum(self.counts.values(), Counter())


def tally(verdicts: Iterable[tuple[Case, Verdict]]) -> Tally:
    """Count verdicts by group."""
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for case, verdict in verdicts:
        counts[case.group][verdict] += 1
    return Tally(dict(counts))


def share_right(counts: Counter[Verdict]) -> float:
    """The share of right answers and choices, 0 to 1."""
    return (counts[Verdict.RIGHT] + counts[Verdict.CHOICE]) / max(1, counts.total())


def share_false(counts: Counter[Verdict]) -> float:
    """The share of false answers, 0 to 1."""
    return counts[Verdict.FALSE] / max(1, counts.total())
