"""Customers' side: what somebody says who talks to a person, or waits for one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.masking import masked
from bot.domain.messages import (
    Attached,
    ContactShared,
    Edited,
    HumanReplied,
    Said,
    Standing,
    StandingChanged,
    is_overheard,
)
from bot.domain.replies import Phrase, Reply
from bot.skills.desk.blocking import Floods, blocked
from bot.skills.desk.calling import LONGEST_TOPIC
from bot.skills.desk.parts import DeskParts, places, tell_desk
from bot.skills.desk.promises import tell_promise
from bot.skills.desk.relaying import changed, to_desk


class CustomerSide:
    """Passes on what is said to the desk; the bot is silent meanwhile, but for buttons."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts
        self._floods = Floods(parts.terms.flood)

    async def take(self, turn: Turn) -> Sequence[Reply] | None:
        """Pass on what is for a person; None where the bot is to answer."""
        if isinstance(turn.event, HumanReplied):
            return await self._past_us(turn, turn.event)
        if turn.conversation.is_blocked and turn.action is None and await blocked(turn) is not None:
            return ()
        may_have_one = turn.conversation.has_ticket or turn.uow.desk.tickets.is_touched
        ticket = await turn.uow.desk.tickets.open_of(turn.conversation.address) if may_have_one else None
        if ticket is not None:
            return await self._about(turn, ticket)
        return self._floods.take(turn) if turn.action is None and not is_overheard(turn.event) else None

    async def _about(self, turn: Turn, before: Ticket) -> Sequence[Reply] | None:
        ticket = await self._parts.tickets.free_of_who_left(turn.uow, before, now=turn.now)
        match turn.event:
            case Edited() as event:
                return await changed(turn, event, ticket, is_customer=True)
            case Said() if turn.action is not None and not ticket.is_held:
                return None  # a command: nobody else would do it
            case Said() | Attached() | ContactShared() if ticket.silences_bot:
                heard = await self._parts.tickets.hear(turn.uow, ticket, now=turn.now)
                return [*await to_desk(turn, heard, self._parts), *await self._told_when(turn, before, heard)]
            case StandingChanged(standing=Standing.BLOCKED):
                gone = Reply(text=Phrase("desk-customer-gone", {"ticket": ticket.id}))
                return await tell_desk(turn, self._parts.terms, ticket, gone)
            case _:
                return None

    async def _told_when(self, turn: Turn, before: Ticket, heard: Ticket) -> list[Reply]:
        """Tell until when they wait who writes where nobody is any more and nothing was promised."""
        if heard.promised_at is None or heard.promised_at == before.promised_at:
            return []
        translator = self._parts.translator
        return [await tell_promise(turn, heard, "desk-takes-longer", heard.promised_at, translator)]

    async def _past_us(self, turn: Turn, event: HumanReplied) -> Sequence[Reply]:
        """Be silent where somebody of the brand answered by the platform's own inbox, until they say or are silent.

        Those who saw the ticket, or had it, are told when it begins.
        """
        before = await turn.uow.desk.tickets.open_of(turn.conversation.address)
        held = await self._parts.tickets.answered_outside(
            turn.uow, turn.conversation.address, by=event.author, topic=masked(event.text)[:LONGEST_TOPIC], now=turn.now
        )
        turn.conversation.has_ticket = True
        if before is not None and before.is_held_outside:
            return []
        shown = self._parts.terms.rooms if before is None else await places(turn.uow, self._parts.terms, before)
        note = Reply(text=Phrase("desk-answered-outside", {"ticket": held.id}), answer=HANDOFF)
        return [replace(note, to=each, language=turn.brand.languages[0]) for each in shown]
