"""Gaps: questions that the bot could not answer well, gathered by likeness."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from bot.domain.answer import AnswerKind
from bot.domain.knowledge import Lesson
from bot.domain.likeness import AlikeFinder, Shape
from bot.domain.logged import LoggedQuestion, whole
from bot.domain.masking import masked
from bot.domain.messages import Address

SHORT_ID = 8
"""Letters of a gap's id: enough for people to type and for thousands of gaps to differ."""

Shaping = Callable[[str], Shape]


class Trouble(StrEnum):
    """What went wrong with a question."""

    UNKNOWN = "unknown"
    NONE_FITS = "none of these"
    DISLIKED = "disliked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question that was not answered well, in people's own words, masked."""

    text: str
    at: datetime
    trouble: Trouble


@dataclass(slots=True, kw_only=True)
class Gap:
    """Misses that ask nearly the same. `texts` counts the wordings, `troubles` what went wrong.

    `first_at` is when it came for the first time of all, however late the counting begins.
    """

    id: str
    texts: Counter[str] = field(default_factory=Counter)
    troubles: Counter[Trouble] = field(default_factory=Counter)
    first_at: datetime
    last_at: datetime

    @property
    def count(self) -> int:
        """How often it came."""
        return self.troubles.total()

    @property
    def wordings(self) -> list[str]:
        """All the ways it was asked, the commonest first."""
        return [text for text, _ in self.texts.most_common()]

    def take(self, miss: Miss) -> None:
        """Count one more."""
        self.texts[miss.text] += 1
        self.troubles[miss.trouble] += 1
        self.first_at, self.last_at = min(self.first_at, miss.at), max(self.last_at, miss.at)


def misses_of(questions: Iterable[LoggedQuestion]) -> Iterator[Miss]:
    """Yield what was not answered well. `questions` are all of the log, in its order.

    What is said of a choice (none of these, a thumb down for the one picked) is said of the question that led to it.
    """
    choices: dict[Address, str] = {}
    for question in whole(questions):
        sender, asked = question.event.sender, masked(question.text).strip()
        about = asked or choices.get(sender, "")
        for trouble in _troubles(question):
            if about:
                yield Miss(text=about, at=question.event.at, trouble=trouble)
        if asked or question.is_none_of_these:
            choices.pop(sender, None)
        if asked and question.has(AnswerKind.CLARIFY):
            choices[sender] = asked


def gather(misses: Iterable[Miss], shaping: Shaping, *, since: datetime | None = None) -> list[Gap]:
    """Put misses that are alike together, the most frequent and then the latest first.

    Only those from `since` on are counted; all of them decide what belongs together, so that ids stay the same.
    """
    finder, gaps, known = AlikeFinder(), list[Gap](), dict[str, int]()
    for miss in misses:
        number = known.get(miss.text)
        if number is None:
            shape = shaping(miss.text)
            found = finder.find(shape)
            number = finder.add(shape) if found is None else found
            known[miss.text] = number
        if number == len(gaps):
            gaps.append(Gap(id=_id(miss.text), first_at=miss.at, last_at=miss.at))
        if since is None or miss.at >= since:
            gaps[number].take(miss)
    return sorted((gap for gap in gaps if gap.count), key=lambda gap: (gap.count, gap.last_at), reverse=True)


def without_ignored(gaps: Iterable[Gap], ignored: Iterable[str], shaping: Shaping) -> list[Gap]:
    """Leave out the gaps that have a wording like one of `ignored`."""
    finder, texts = _finder(ignored, shaping), set(ignored)
    return [
        gap for gap in gaps if not any(text in texts or finder.find(shaping(text)) is not None for text in gap.texts)
    ]


def without_learned(misses: Iterable[Miss], lessons: Sequence[Lesson], shaping: Shaping) -> Iterator[Miss]:
    """Leave out what was asked before its like was attached to an entry; what still goes wrong after that stays."""
    taught = [(question, lesson.at) for lesson in lessons for question in lesson.questions]
    finder = _finder([question for question, _ in taught], shaping)
    for miss in misses:
        number = finder.find(shaping(miss.text)) if taught else None
        at = None if number is None else taught[number][1]
        if at is None or miss.at > at:
            yield miss


def _troubles(question: LoggedQuestion) -> Iterator[Trouble]:
    if question.is_none_of_these:
        yield Trouble.NONE_FITS
    elif question.has(AnswerKind.UNKNOWN) and question.text:
        yield Trouble.UNKNOWN
    if question.is_disliked:
        yield Trouble.DISLIKED


def _finder(texts: Iterable[str], shaping: Shaping) -> AlikeFinder:
    finder = AlikeFinder()
    for text in texts:
        finder.add(shaping(text))
    return finder


def _id(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace")).hexdigest()[:SHORT_ID]
