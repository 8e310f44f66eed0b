"""DeskSkill: what falls due for a ticket by itself."""

from collections.abc import Mapping, Sequence

from bot.dialogue.staff import HANDOFF, STAFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.desk.ticket import TicketId
from bot.domain.messages import Woke
from bot.domain.replies import Phrase, Reply
from bot.services.desk.happenings import Happenings
from bot.skills.desk.happening import told
from bot.skills.desk.parts import DeskParts
from bot.skills.desk.relaying import carried
from bot.skills.desk.rooms import topic_opened


class DeskSkill:
    """Answers the desk's timers. Its buttons and commands are done before the skills are asked, for staff only."""

    name = STAFF
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {}

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts
        self._happenings = Happenings(parts.tickets)

    def matches(self, turn: Turn) -> bool:
        """Never: nothing is typed for it."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what fell due; who presses a button of the desk and is no staff is told so."""
        if not isinstance(turn.event, Woke) or turn.action is None:
            return [Reply(text=Phrase("desk-not-yours"), answer=HANDOFF)]
        if turn.action.verb == "carried":
            return await carried(turn, self._parts)
        if turn.action.verb == "topic":
            return await topic_opened(turn, self._parts)
        number = TicketId(int(turn.action.argument(0)))
        ring = {"due": self._happenings.due, "quiet": self._happenings.quiet, "promise": self._happenings.promise}
        happening = await ring[turn.action.verb](turn.uow, number, now=turn.now)
        return await told(turn, happening, self._parts) if happening is not None else ()
