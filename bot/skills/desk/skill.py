"""DeskSkill: what falls due for a ticket by itself."""

from collections.abc import Mapping, Sequence

from bot.dialogue.staff import HANDOFF, STAFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.desk.ticket import TicketId
from bot.domain.messages import Woke
from bot.domain.replies import Phrase, Reply
from bot.services.desk.happenings import Happenings
from bot.services.invitations import accept
from bot.skills.desk.happening import told
from bot.skills.desk.parts import DeskParts
from bot.skills.desk.relaying import carried
from bot.skills.desk.reporting import digest, digest_drawn, exported
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
        if turn.action is not None and turn.action.verb == "enrol" and not turn.event.is_group:
            role = await accept(turn.uow, turn.action.argument(0), turn.conversation.address, now=turn.now)
            key = "desk-enrolled" if role is not None else "desk-invitation-over"
            return [Reply(text=Phrase(key, {"role": str(role)} if role else {}), answer=HANDOFF)]
        if not isinstance(turn.event, Woke) or turn.action is None:
            return [Reply(text=Phrase("desk-not-yours"), answer=HANDOFF)]
        slow = await self._ended(turn, turn.action.verb)
        if slow is not None:
            return slow
        number = TicketId(int(turn.action.argument(0)))
        ring = {
            "due": self._happenings.due,
            "quiet": self._happenings.quiet,
            "promise": self._happenings.promise,
            "target": self._happenings.target,
        }
        happening = await ring[turn.action.verb](turn.uow, number, now=turn.now)
        return await told(turn, happening, self._parts) if happening is not None else ()

    async def _ended(self, turn: Turn, verb: str) -> Sequence[Reply] | None:
        """Tell what came of slow work; None for what is none."""
        match verb:
            case "carried":
                return await carried(turn, self._parts)
            case "topic":
                return await topic_opened(turn, self._parts)
            case "exported":
                return await exported(turn)
            case "digest":
                return await digest(turn, self._parts.translator)
            case "digest_drawn":
                return await digest_drawn(turn)
            case _:
                return None
