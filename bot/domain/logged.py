"""LoggedQuestion: what the log keeps of a question and of its answers, without saying who asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, Attached, Event, Pressed, Said

NONE_OF_THESE = "help.not_found"
"""What the last button under a choice does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedQuestion:
    """An event that the bot looked something up for, or that said “none of these”.

    The sender of `event` is a pseudonym that only tells the conversations apart. `answers` are in the order said; a
    line that was answered together with the next one of its sender has none and `is_merged`.
    """

    id: TranscriptId
    event: Event
    answers: tuple[AnswerMeta, ...] = ()
    is_merged: bool = False
    is_disliked: bool = False

    @property
    def text(self) -> str:
        """What was typed, empty for a button."""
        match self.event:
            case Said(text=text) | Attached(caption=text):
                return text
            case _:
                return ""

    @property
    def is_none_of_these(self) -> bool:
        """Whether a choice was turned down."""
        return isinstance(self.event, Pressed) and self.event.action.name == NONE_OF_THESE

    def has(self, kind: AnswerKind) -> bool:
        """Whether any of the answers is of that kind."""
        return any(answer.kind is kind for answer in self.answers)


def whole(questions: Iterable[LoggedQuestion]) -> Iterator[LoggedQuestion]:
    """Make one question of the lines that were answered together. `questions` are all of the log, in its order."""
    lines: defaultdict[Address, list[str]] = defaultdict(list)
    for question in questions:
        sender, event = question.event.sender, question.event
        if question.is_merged:
            lines[sender].append(question.text)
        elif sender in lines and isinstance(event, Said):
            yield replace(question, event=replace(event, text="\n".join([*lines.pop(sender), event.text])))
        else:
            yield question
