"""Customers' side: what somebody says who talks to a person, or waits for one."""

from collections.abc import Sequence

from bot.dialogue.turn import Turn
from bot.domain.messages import Attached, ContactShared, Edited, Said, Standing, StandingChanged
from bot.domain.replies import Phrase, Reply
from bot.skills.desk.parts import DeskParts, tell_desk
from bot.skills.desk.relaying import changed, to_desk


class CustomerSide:
    """Passes on what is said to the desk; the bot is silent meanwhile, but for buttons."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    async def take(self, turn: Turn) -> Sequence[Reply] | None:
        """Pass on what is for a person; None where the bot is to answer."""
        ticket = await turn.uow.desk.tickets.open_of(turn.conversation.address)
        if ticket is None:
            return None
        match turn.event:
            case Edited() as event:
                return await changed(turn, event, ticket, is_customer=True)
            case Said() | Attached() | ContactShared() if ticket.silences_bot:
                heard = await self._parts.tickets.hear(turn.uow, ticket, now=turn.now)
                return await to_desk(turn, heard, self._parts)
            case StandingChanged(standing=Standing.BLOCKED):
                gone = Reply(text=Phrase("desk-customer-gone", {"ticket": ticket.id}))
                return await tell_desk(turn, self._parts.terms, ticket, gone)
            case _:
                return None
