"""Calling a person: what customers do to get one, and what they are told meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.skill import Skill
from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.desk.ticket import Cause, Priority, Ticket
from bot.domain.masking import masked
from bot.domain.messages import Woke
from bot.domain.replies import Button, Phrase, Reply
from bot.services.desk.tickets import Called
from bot.services.desk.workers import answerers
from bot.skills.desk.blocking import blocked
from bot.skills.desk.card import handoff_card, sounds_angry
from bot.skills.desk.parts import DeskParts, places, tell_desk
from bot.skills.desk.promises import promised
from bot.skills.desk.relaying import note_shown
from bot.skills.desk.rooms import open_topics
from bot.skills.desk.scoring import take_score

LONGEST_TOPIC = 120
_LOOKED_BACK = 6
_PRESSING = frozenset({Cause.ANGER, Cause.DISPUTE})
_BOT = Button(Phrase("desk-bot-button"), Action("people.bot"))


class CallingSkill:
    """Stands for the skill that tells how to reach people, where somebody can be called into the chat."""

    def __init__(self, contacts: Skill, parts: DeskParts, flows: FlowEngine) -> None:
        self._contacts = contacts
        self._parts = parts
        self._flows = flows
        self.name = contacts.name
        self.is_urgent = contacts.is_urgent
        self.is_personal = contacts.is_personal
        self.commands: Mapping[str, Action] = contacts.commands

    def matches(self, turn: Turn) -> bool:
        """As the skill does: a person was asked for, in so many words."""
        return self._contacts.matches(turn)

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Call somebody; where nobody can come, tell the other ways."""
        if turn.event.is_group or not await self._is_staffed(turn):
            return await self._contacts.respond(turn)
        match turn.action.verb if turn.action else "":
            case "enough":
                return await self._withdraw(turn)
            case "score":
                return await take_score(turn, self._parts, self._flows)
            case "bot":
                return await self._leave_to_bot(turn)
            case _:
                return await self._call(turn, await self._cause(turn))

    async def _is_staffed(self, turn: Turn) -> bool:
        return bool(self._parts.terms.rooms) or bool(await answerers(turn.uow))

    async def _call(self, turn: Turn, cause: Cause) -> Sequence[Reply]:
        if turn.conversation.is_blocked and await blocked(turn) is not None:
            return [Reply(text=Phrase("desk-nobody-comes"), answer=HANDOFF)]
        tickets = self._parts.tickets
        customer, topic = turn.conversation.address, await _topic(turn)
        priority = Priority.HIGH if cause in _PRESSING else Priority.NORMAL
        is_known = await turn.uow.desk.tickets.open_of(customer) is not None
        called = await tickets.call(turn.uow, customer, cause, topic=topic, now=turn.now, priority=priority)
        turn.conversation.has_ticket, turn.conversation.flow = True, None  # a form does not speak into it
        is_open = tickets.timing.is_open(turn.now)
        if not is_open:
            called = replace(called, ticket=await tickets.leave_to_bot(turn.uow, called.ticket, now=turn.now))
        answer = Reply(text=self._told(turn, called), buttons=_choices(called.ticket), answer=HANDOFF)
        if called.ticket.is_held:
            return [answer, *await self._pressed_for(turn, called.ticket)]
        if not called.is_news or (is_known and not is_open):  # nobody is there, and all have seen the card
            return [answer]
        await open_topics(turn, called.ticket, self._parts)
        await note_shown(turn, called.ticket, await places(turn.uow, self._parts.terms, called.ticket))
        card = await handoff_card(turn, called.ticket, self._parts)
        return [answer, *await tell_desk(turn, self._parts.terms, called.ticket, card)]

    async def _pressed_for(self, turn: Turn, ticket: Ticket) -> Sequence[Reply]:
        """Tell who has it that the customer calls again: an answer is owed from now on."""
        await note_shown(turn, ticket, await places(turn.uow, self._parts.terms, ticket))
        again = Reply(text=Phrase("desk-calls-again", {"ticket": ticket.id}))
        return await tell_desk(turn, self._parts.terms, ticket, again)

    def _told(self, turn: Turn, called: Called) -> Phrase:
        if called.ticket.is_held:
            return Phrase("desk-called-held")
        key = "desk-called" if self._parts.tickets.timing.is_open(turn.now) else "desk-called-closed"
        at = called.ticket.promised_at
        return Phrase(key, {"when": promised(at, turn, self._parts.translator)} if at else {"when": ""})

    async def _cause(self, turn: Turn) -> Cause:
        """What led there: what the button says, or the words."""
        given = turn.action.argument(0) if turn.action is not None and not isinstance(turn.event, Woke) else ""
        if given in set(Cause):
            return Cause(given)
        is_angry = await sounds_angry(turn, turn.conversation.address, self._parts)
        return Cause.ANGER if is_angry else Cause.WISH

    async def _withdraw(self, turn: Turn) -> Sequence[Reply]:
        ticket = await turn.uow.desk.tickets.open_of(turn.conversation.address)
        meant = turn.action.argument(0) if turn.action is not None else ""
        if ticket is None or (meant and meant != str(ticket.id)):
            return [Reply(text=Phrase("desk-nobody-called"), answer=HANDOFF)]
        shown = await places(turn.uow, self._parts.terms, ticket)
        ended = await self._parts.tickets.withdraw(turn.uow, ticket, now=turn.now)
        note = Phrase("desk-withdrawn", {"ticket": ended.id})
        told = [Reply(text=note, to=to, language=turn.brand.languages[0]) for to in shown]
        return [Reply(text=Phrase("desk-enough"), answer=HANDOFF), *told]

    async def _leave_to_bot(self, turn: Turn) -> Sequence[Reply]:
        ticket = await turn.uow.desk.tickets.open_of(turn.conversation.address)
        if ticket is None or ticket.is_held:
            key = "desk-called-held" if ticket is not None else "desk-nobody-called"
            return [Reply(text=Phrase(key), answer=HANDOFF)]
        await self._parts.tickets.leave_to_bot(turn.uow, ticket, now=turn.now)
        return [Reply(text=Phrase("desk-bot-on"), buttons=((_enough(ticket),),), answer=HANDOFF)]


def _enough(ticket: Ticket) -> Button:
    return Button(Phrase("desk-enough-button"), Action("people.enough", (str(ticket.id),)))


def _choices(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    return ((_enough(ticket),),) if ticket.is_held or ticket.is_bot_on else ((_BOT, _enough(ticket)),)


async def _topic(turn: Turn) -> str:
    """The customer's own words, masked: what they said before they called, else how they called."""
    lines = await turn.uow.transcript.recent(turn.conversation.address, limit=_LOOKED_BACK)
    said = [line.text for line in lines if not line.is_ours and line.text != turn.text and line.text[:1] != "/"]
    return masked(" ".join((said[-1] if said else turn.text).split()))[:LONGEST_TOPIC]
