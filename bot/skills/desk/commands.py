"""Commands of the desk: which words and buttons of the staff are meant for it."""

from collections.abc import Mapping, Sequence

from bot.dialogue.phrases import Translator
from bot.dialogue.staff import STAFF, Command, Job, Order
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.messages import Address, Pressed, Said
from bot.domain.replies import Reply
from bot.domain.text import fold


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
        known = self._translator
        return next((name for name, command in self._table.items() if word in known.words(command.words)), None)
