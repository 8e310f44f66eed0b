"""DeskFront: takes the turns of customers who talk to a person, and of the people of the brand."""

from collections.abc import Sequence

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.staff import STAFF
from bot.dialogue.turn import Outcome, Turn
from bot.domain.messages import Standing, StandingChanged, Woke
from bot.domain.replies import Reply
from bot.skills.desk.customers import CustomerSide
from bot.skills.desk.operators import OperatorSide
from bot.skills.desk.parts import DeskParts
from bot.skills.desk.rooms import room_gone, room_moved


class DeskFront:
    """A `Front`. Costs nothing for who neither waits for a person nor is one."""

    def __init__(self, parts: DeskParts, *, customers: CustomerSide, operators: OperatorSide) -> None:
        self._parts = parts
        self._customers = customers
        self._operators = operators

    async def take(self, turn: Turn) -> Outcome | None:
        """Do all that is to be done of a turn; None leaves it to the skills."""
        if isinstance(turn.event, Woke):
            return _outcome(()) if await self._speaks_into(turn) else None
        is_room = self._parts.terms.is_room(turn.event.sender)
        if is_room and isinstance(turn.event, StandingChanged):
            return _outcome(await self._room_changed(turn, turn.event))
        if is_room or (turn.conversation.is_staff and not turn.event.is_group):
            replies = await self._operators.take(turn)
            if replies is not None or is_room:
                return _outcome(replies or ())
        if turn.event.is_group:
            return None
        replies = await self._customers.take(turn)
        return _outcome(replies) if replies is not None else None

    async def _speaks_into(self, turn: Turn) -> bool:
        """Whether a form would remind of itself in a conversation that a person has."""
        is_form = turn.action is not None and turn.action.skill == FlowEngine.name
        if not is_form or not turn.conversation.has_ticket:
            return False
        ticket = await turn.uow.desk.tickets.open_of(turn.conversation.address)
        return ticket is not None and ticket.silences_bot

    async def _room_changed(self, turn: Turn, event: StandingChanged) -> Sequence[Reply]:
        match event.standing:
            case Standing.REMOVED:
                return await room_gone(turn, self._parts)
            case Standing.MOVED:
                return await room_moved(turn, self._parts, event.ref)
            case _:
                return ()


def _outcome(replies: Sequence[Reply]) -> Outcome:
    return Outcome(replies=replies, skill=STAFF, outcome="passed_on" if replies else "silent")
