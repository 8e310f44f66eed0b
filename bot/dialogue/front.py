"""Front: who may take a turn before the skills do."""

from typing import Protocol

from bot.dialogue.turn import Outcome, Turn


class Front(Protocol):
    """Stands before the skills, where people of the brand talk to customers themselves."""

    async def take(self, turn: Turn) -> Outcome | None:
        """Do all that is to be done of a turn; None leaves it to the skills.

        Raises:
            RuleViolationError: refused; nothing of the turn is to be kept but the explanation.
        """
        ...
