"""Staff commands: words and buttons that only people of the brand have, and who does them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue.turn import Turn
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.desk.ticket import Ticket
from bot.domain.messages import Address
from bot.domain.replies import Phrase, Reply

STAFF = "desk"
"""Begins the actions of the staff's buttons."""
HANDOFF = AnswerMeta(kind=AnswerKind.HANDOFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command: its name, and what was typed behind it. `number` is the ticket that a button names."""

    name: str
    rest: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A command about to be done: who wants it, and the ticket talked about where it was given, if any."""

    turn: Turn
    order: Order
    ticket: Ticket | None
    own: Address


Do: TypeAlias = Callable[[Job], Awaitable[Sequence[Reply]]]


@dataclass(frozen=True, slots=True)
class Command:
    """What does it, and the phrase key that lists its words in every language."""

    words: str
    do: Do


def say(key: str, **params: str | int) -> Sequence[Reply]:
    """Answer a command in a sentence."""
    return [Reply(text=Phrase(key, params), answer=HANDOFF)]
