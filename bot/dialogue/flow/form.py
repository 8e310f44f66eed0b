"""Flow, Step, Choice: how a form is described."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from bot.dialogue.turn import Turn
from bot.domain.conversation import FlowState
from bot.domain.errors import RuleViolationError
from bot.domain.replies import Button, Card, Line, Reply

Answered: TypeAlias = Mapping[str, str]


class InvalidAnswerError(RuleViolationError):
    """An answer that the step cannot take; `phrase` says what would help, more than the prompt did."""


def always(answers: Answered) -> bool:
    """The step is asked whatever was answered before."""
    return True


def no_wording(turn: Turn) -> str:
    """There is one wording only."""
    return ""


def no_offers(turn: Turn, answers: Answered) -> Sequence["Choice"]:
    """Nothing is offered."""
    return ()


def read_text(turn: Turn) -> str | None:
    """What was typed; None for anything without words."""
    return turn.text or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several answers, offered as a button. `words` is the phrase key that lists what people type for it."""

    value: str
    label: Line
    words: str = ""


Prompt: TypeAlias = Callable[[Turn, Answered], Line]
Hint: TypeAlias = Callable[[Turn], Card]
Settle: TypeAlias = Callable[[Turn, FlowState, str], Awaitable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question. With `choices` only they are accepted; without, whatever `check` lets through.

    `prompt` and `hint` are phrase keys, filled in with the answers so far; `hint` is the helpful second try. A prompt
    in the brand's own words is made when it is asked, and so is a hint that shows them again: what is wrong with an
    answer takes the place of its title. `wording` names the words that are shown, by a few letters, where it matters
    to which of them an answer was given: it comes back to `settle` in the state, by an old button as well. `offers`
    are choices besides words of the person's own; `extras` are buttons that do something else. `read` takes the answer
    out of an event, None when it has none. `check` returns the value to keep (at most a few hundred characters) and
    raises InvalidAnswerError; `settle` does the same for typed and pressed answers, and may look up and store.
    `is_asked` lets earlier answers leave the step out. What is typed for a step that `is_private` tells who somebody
    is, and is not kept in the log.
    """

    name: str
    prompt: str | Prompt
    hint: str | Hint
    choices: tuple[Choice, ...] = ()
    choices_in_row: int = 1
    is_optional: bool = False
    read: Callable[[Turn], str | None] = read_text
    check: Callable[[str], str] = str.strip
    settle: Settle | None = None
    offers: Callable[[Turn, Answered], Sequence[Choice]] = no_offers
    extras: tuple[Button, ...] = ()
    is_asked: Callable[[Answered], bool] = always
    is_private: bool = False
    wording: Callable[[Turn], str] = no_wording


Finish: TypeAlias = Callable[[Turn, FlowState], Awaitable[Sequence[Reply]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A form. `name` is short, as it goes into buttons; `title` is a phrase key that names it to people.

    `finish` gets all answers once. `abandon` gets what there is when the time is over, None to drop it with a word.
    `cancelled` is the phrase key of what is said to who stops.
    After `remind_after` without an answer the person is reminded once; after `expires_after` the form is closed.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    finish: Finish
    abandon: Finish | None = None
    cancelled: str = "flow-cancelled"
    remind_after: timedelta = timedelta(hours=1)
    expires_after: timedelta = timedelta(hours=24)

    def step(self, name: str) -> Step | None:
        """Find a step by name."""
        return next((step for step in self.steps if step.name == name), None)

    def next_step(self, answers: Answered) -> Step | None:
        """Return the first step that is asked and not answered; None when all is known."""
        return next((step for step in self.steps if step.name not in answers and step.is_asked(answers)), None)

    def previous_step(self, current: Step, answers: Answered) -> Step | None:
        """Return the step asked before `current`; None at the first."""
        before = self.steps[: self.steps.index(current)]
        return next((step for step in reversed(before) if step.is_asked(answers)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is in an open form."""

    flow: Flow
    step: Step
    state: FlowState

    def choices(self, turn: Turn) -> Sequence[Choice]:
        """Return what is offered here: all that is accepted, or what spares typing."""
        return (*self.step.choices, *self.step.offers(turn, self.state.answers))
