"""Commands of the desk: which words and buttons of the staff are meant for it."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from bot.dialogue.phrases import Translator
from bot.dialogue.staff import STAFF, Command, Job, Order
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.messages import Address, Attached, Pressed, Said
from bot.domain.replies import Reply
from bot.domain.text import fold, switch_layout
from bot.skills.desk.periods import read_period


class DeskCommands:
    """Reads commands and does them by the table that it is given."""

    def __init__(self, translator: Translator, table: Mapping[str, Command]) -> None:
        self._translator = translator
        self._table = table

    def read(self, turn: Turn) -> Order | None:
        """Read the command in a turn; None where it is none of the desk's."""
        match turn.event:
            case Pressed(action=action) if action.skill == STAFF and action.verb in self._table:
                return Order(name=action.verb, number=action.argument(0), rest=action.argument(1))
            case Said(text=text) | Attached(caption=text) if text.startswith("/") and not text.startswith("/ "):
                return None if is_for_another(turn) else self._typed(text[1:])
            case _:
                return None

    async def do(self, turn: Turn, order: Order, ticket: Ticket | None, own: Address) -> Sequence[Reply]:
        """Do a command.

        Raises:
            DeskError: what the rules forbid; nothing of it is to be kept.
        """
        return await self._table[order.name].do(Job(turn=turn, order=order, ticket=ticket, own=own))

    def _typed(self, text: str) -> Order | None:
        """Find the command that a text begins with, of as many words as there are: ``на месте`` before ``на``."""
        for count in range(_MOST_WORDS, 0, -1):
            first, *more = text.split(maxsplit=count) or [""]
            name = self._named(fold(" ".join((first.partition("@")[0], *more[: count - 1]))))
            if name is not None:
                return self._order(name, " ".join(more[count - 1 :]).strip())
        return None

    def _order(self, name: str, rest: str) -> Order:
        """Take the number of a ticket off what was typed behind a command."""
        marked = _MARKED.match(rest)
        plain = _PLAIN.match(rest) if marked is None else None
        if marked is not None and name in _ABOUT_TICKETS:
            return Order(name=name, number=marked[1], rest=rest[marked.end() :].strip())
        behind = rest[plain.end() :].strip() if plain is not None else ""
        if plain is not None and self._is_number(name, rest, behind):
            return Order(name=name, number=plain[1], rest=behind)
        return Order(name=name, rest=rest)

    def _is_number(self, name: str, rest: str, behind: str) -> bool:
        """Whether the number that a command's rest begins with is that of a ticket, with `behind` after it."""
        match name:
            case "hold":
                return read_period(_first(behind), self._translator) is not None
            case "ban":  # “7 дней” is how long; a number alone would be hours, which nobody means
                return read_period(" ".join(rest.split()[:2]), self._translator) is None or not behind
            case _:
                return name in _NUMBER_FIRST or (name in _MORE_BEHIND and bool(behind))

    def nearest(self, text: str) -> str:
        """Return the command that was meant by a mistyped one, with its slash; empty where none is near."""
        typed = fold(text[1:].partition(" ")[0].partition("@")[0]).rstrip("0123456789")
        known = [word for command in self._table.values() for word in self._translator.words(command.words)]
        for each in (typed, switch_layout(typed)):
            found = get_close_matches(each, known, n=1)
            if found:
                return f"/{found[0]}"
        return ""

    def _named(self, word: str) -> str | None:
        known = self._translator
        return next((name for name, command in self._table.items() if word in known.words(command.words)), None)


def is_for_another(turn: Turn) -> bool:
    """Whether a command names another program: ``/close@other_bot``."""
    return "@" in turn.text.partition(" ")[0] and not turn.event.is_addressed


_MOST_WORDS = 2
_MARKED = re.compile(r"[#№]\s?(\d{1,12})(?!\S)")
_PLAIN = re.compile(r"(\d{1,12})(?!\S)")
_NUMBER_FIRST = frozenset({"take", "close", "return", "who", "history", "reopen", "unban", "priority"})
_MORE_BEHIND = frozenset({"transfer"})
_ABOUT_TICKETS = _NUMBER_FIRST | _MORE_BEHIND | {"hold", "ban", "note", "tag"}


def _first(text: str) -> str:
    return text.partition(" ")[0]
