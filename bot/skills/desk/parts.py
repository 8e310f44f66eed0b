"""What the skills of the desk share: where it is, who is told what, in which words."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue.phrases import Translator
from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import Hit
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Ticket, TicketState, same_account
from bot.domain.messages import Address
from bot.domain.replies import Button, Card, Line, Phrase, Reply, Text
from bot.domain.text import words
from bot.services.desk.tickets import Tickets
from bot.services.desk.workers import answerers
from bot.services.ports import Answers, UnitOfWork

About: TypeAlias = Callable[[Turn, Address], Awaitable[Sequence[Line]]]
"""Tells what is known of a customer, masked."""
Teach: TypeAlias = Callable[[str, str, str], None]
"""Keeps a question and its answer for the bot, with who wants it. Raises ConfigurationError: it cannot be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskParts:
    """What the desk is made of. `about` tells of a customer what an operator should know; `answers` give drafts, and
    `label` names them; `teach` keeps an answer for the bot, by whom."""

    tickets: Tickets
    translator: Translator
    answers: Answers | None = None
    about: About | None = None
    label: Callable[[Hit], str] = str
    teach: Teach | None = None

    @property
    def terms(self) -> DeskTerms:
        """How this desk works."""
        return self.tickets.terms


async def places(uow: UnitOfWork, terms: DeskTerms, ticket: Ticket) -> Sequence[Address]:
    """Return where a ticket is shown, as `_places` says, but never to its own customer."""
    return [each for each in await _places(uow, terms, ticket) if not same_account(each, ticket.customer)]


async def _places(uow: UnitOfWork, terms: DeskTerms, ticket: Ticket) -> Sequence[Address]:
    """Return where a ticket is shown.

    Where it is worked on, unless by somebody who left; else in the rooms, in the customer's own topic where there is
    one; else in the private chat of who had it last and is there; else in those of all who are not offline, or of all
    when nobody is there.
    """
    if ticket.is_held_outside:  # answered by the platform's own inbox, where all of it is seen
        return []
    if ticket.seat is not None and (terms.is_room(ticket.seat) or ticket.seat in await answerers(uow)):
        return [ticket.seat]
    rooms = [room for room in terms.rooms if await uow.people.is_reachable(room)]
    if rooms:
        topics = [await uow.desk.rooms.of(ticket.customer, channel=room.channel) or room for room in rooms]
        return list(dict.fromkeys(topics))  # a customer has one topic, however many groups there are
    everybody = await answerers(uow)
    if ticket.state is TicketState.REOPENED and ticket.last_operator is not None:
        own = await uow.desk.seats.get(ticket.last_operator)
        if own is not None and own.is_online:
            return [ticket.last_operator]
    offline = {seat.operator for seat in await uow.desk.seats.all() if not seat.is_online}
    return [each for each in everybody if each not in offline] or everybody


async def tell_desk(turn: Turn, terms: DeskTerms, ticket: Ticket, reply: Reply) -> list[Reply]:
    """Say something wherever a ticket is shown, but not to who says it."""
    language = turn.brand.languages[0]
    return [
        Reply(text=reply.text, buttons=reply.buttons, attachments=reply.attachments, to=to, language=language)
        for to in await places(turn.uow, terms, ticket)
        if to != turn.event.sender
    ]


async def tell_holder(turn: Turn, ticket: Ticket, own: Address) -> list[Reply]:
    """Tell who had a ticket that somebody else ended it; nothing where nobody had it, or nobody of ours."""
    holder = ticket.operator
    if holder is None or ticket.is_held_by(own) or holder not in await answerers(turn.uow):
        return []
    note = Phrase("desk-ended-by-other", {"ticket": ticket.id})
    return [Reply(text=note, to=holder, language=turn.brand.languages[0], answer=HANDOFF)]


async def tell_customer(turn: Turn, ticket: Ticket, text: Phrase, *buttons: Button) -> Reply:
    """Say something to the customer of a ticket, in their language."""
    own = turn.conversation
    if own.address != ticket.customer:
        loaded = await turn.uow.conversations.load([ticket.customer], language=turn.brand.languages[0])
        own = loaded[ticket.customer]
    rows = (buttons,) if buttons else ()
    to = None if own.address == turn.event.sender else ticket.customer
    return Reply(text=text, buttons=rows, answer=HANDOFF, to=to, language=own.language)


async def customer_name(turn: Turn, ticket: Ticket) -> str:
    """Return what the platform calls the customer of a ticket."""
    if turn.conversation.address == ticket.customer and turn.event.name:
        return turn.event.name
    return await turn.uow.people.name(ticket.customer)


def said(ticket: Ticket, text: str, *, name: str, in_own_room: bool) -> Text | Card:
    """Show what a customer said: as it is where there is nobody else, else under their name."""
    if in_own_room and text:
        return Text(text)
    title = Phrase("desk-said", {"ticket": ticket.id, "name": name})
    return Card(title=title, lines=(Text(text),) if text else ())


def take_button(ticket: Ticket) -> Button:
    """Offer to take a ticket."""
    return Button(Phrase("desk-take-button", {"ticket": ticket.id}), Action("desk.take", (str(ticket.id),)))


def not_sent(ticket: Ticket) -> Reply:
    """Say that an answer was not sent, for the ticket is not held by who writes; offer what helps."""
    key = "desk-not-sent-over" if not ticket.is_open else "desk-not-sent-held" if ticket.is_held else "desk-not-sent"
    reopen = Button(Phrase("desk-reopen-button"), Action("desk.reopen", (str(ticket.id),)))
    button = take_button(ticket) if ticket.is_open else reopen
    return Reply(text=Phrase(key, {"ticket": ticket.id}), buttons=((button,),), answer=HANDOFF)


def is_question(text: str, translator: Translator) -> bool:
    """Whether there is more in what a customer said than the wish for a person."""
    said = " ".join(words(text))
    wishes = translator.words("words-want-person")
    return bool(said) and not any(f" {wish} " in f" {said} " for wish in wishes)
