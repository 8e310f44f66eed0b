"""Commands of the desk: which words of the staff are meant for it, and who does them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.messages import Address, Pressed, Said
from bot.domain.replies import Phrase, Reply
from bot.domain.text import fold
from bot.skills.desk.parts import HANDOFF, DeskParts

SKILL = "desk"


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


class DeskCommands:
    """Reads commands and does them by the table that it is given."""

    def __init__(self, parts: DeskParts, table: Mapping[str, Command]) -> None:
        self._parts = parts
        self._table = table

    def read(self, turn: Turn) -> Order | None:
        """Read the command in a turn; None where it is none of the desk's."""
        match turn.event:
            case Pressed(action=action) if action.skill == SKILL and action.verb in self._table:
                return Order(name=action.verb, number=action.argument(0), rest=action.argument(1))
            case Said(text=text) if text.startswith("/") and not text.startswith("/ "):
                word, _, rest = text[1:].partition(" ")
                name = self._named(fold(word.partition("@")[0]))
                return Order(name=name, rest=rest.strip()) if name is not None else None
            case _:
                return None

    async def do(self, turn: Turn, order: Order, ticket: Ticket | None, own: Address) -> Sequence[Reply]:
        """Do a command.

        Raises:
            DeskError: what the rules forbid; nothing of it is to be kept.
        """
        return await self._table[order.name].do(Job(turn=turn, order=order, ticket=ticket, own=own))

    def _named(self, word: str) -> str | None:
        known = self._parts.translator
        return next((name for name, command in self._table.items() if word in known.words(command.words)), None)


def say(key: str, **params: str | int) -> Sequence[Reply]:
    """Answer a command in a sentence."""
    return [Reply(text=Phrase(key, params), answer=HANDOFF)]
