"""Operators' side: what people of the brand type, in their private chats and in the rooms of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.router import UNKNOWN_COMMAND
from bot.dialogue.staff import HANDOFF, Order
from bot.dialogue.turn import Turn
from bot.domain.desk.errors import NotStaffError
from bot.domain.desk.ticket import Ticket
from bot.domain.messages import Address, Attached, ContactShared, Edited, Said
from bot.domain.replies import Phrase, Reply
from bot.services.desk.books import Note, Relay
from bot.services.desk.workers import worker
from bot.services.ports import UnitOfWork
from bot.skills.desk.commands import DeskCommands, is_for_another
from bot.skills.desk.parts import DeskParts, not_sent
from bot.skills.desk.relaying import changed, lost, to_customer

NOTE = "/ "
"""Begins what is for colleagues only, as in “/ call after six”."""


async def latest(uow: UnitOfWork, customer: Address) -> Ticket | None:
    """Return the open ticket of a customer, else the last one."""
    return await uow.desk.tickets.open_of(customer) or await uow.desk.tickets.last_of(customer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where somebody of the staff writes: `own` is their private chat, `ticket` what a message there is about."""

    own: Address
    ticket: Ticket | None
    is_reply: bool = False
    is_topic: bool = False


class OperatorSide:
    """Passes answers on to customers, keeps notes, does commands; refuses what is about nobody's ticket."""

    def __init__(self, parts: DeskParts, commands: DeskCommands) -> None:
        self._parts = parts
        self._commands = commands

    async def take(self, turn: Turn) -> Sequence[Reply] | None:
        """Do what one of the staff said; None where it is not about the desk."""
        order = self._commands.read(turn)
        is_note = turn.text.startswith(NOTE)
        if order is None and not is_note and not _is_free(turn):
            return await self._mistyped(turn)
        try:
            own = await worker(turn.uow, turn.event.sender)
        except NotStaffError as refused:
            return self._stranger(turn, order, refused)
        spot = await self._spot(turn, own)
        if order is not None:
            return await self._commands.do(turn, order, spot.ticket, own)
        if isinstance(turn.event, Edited):
            return await self._edited(turn, turn.event, spot)
        if is_note:
            return await self._note(turn, spot)
        return await self._answer(turn, spot)

    async def _mistyped(self, turn: Turn) -> Sequence[Reply] | None:
        """Guess which command of the desk was meant, and say so of one of the bot's where nobody is its customer; None
        where it is no command, or the bot's in private. What is meant for another program gets no word."""
        is_known = turn.action is not None and turn.action.name != UNKNOWN_COMMAND.name
        if not turn.text.startswith("/") or (is_known and not self._is_room(turn)):
            return None
        try:
            await worker(turn.uow, turn.event.sender)
        except NotStaffError:
            return None
        if is_for_another(turn):
            return ()
        if is_known:
            return [Reply(text=Phrase("desk-not-here"), answer=HANDOFF)]
        near = self._commands.nearest(turn.text)
        return [Reply(text=Phrase("desk-mistyped", {"near": near or "/help"}), answer=HANDOFF)]

    def _stranger(self, turn: Turn, order: Order | None, refused: NotStaffError) -> Sequence[Reply] | None:
        if not self._is_room(turn):
            return None
        return [Reply(text=refused.phrase, answer=HANDOFF)] if order is not None else ()

    async def _spot(self, turn: Turn, own: Address) -> Spot:
        """Find what is talked about: what is replied to, whose topic it is, what is worked on here."""
        desk, event = turn.uow.desk, turn.event
        relay = await self._replied(turn, own) if event.reply_to else None
        if relay is not None:
            return Spot(own=own, ticket=await desk.tickets.find(relay.ticket), is_reply=True)
        if event.reply_to and not self._is_room(turn):
            return Spot(own=own, ticket=None)  # whom it is about is not known, and a guess may reach somebody else
        if self._is_room(turn):
            customer = await desk.rooms.customer(_room(event.sender))
            if customer is not None:
                return Spot(own=own, ticket=await latest(turn.uow, customer), is_topic=True)
        seat = await desk.seats.get(own)
        current = await desk.tickets.find(seat.current) if seat is not None and seat.current is not None else None
        is_here = current is not None and current.seat in {None, _room(event.sender), event.sender}
        return Spot(own=own, ticket=current if is_here or not self._is_room(turn) else None)

    async def _replied(self, turn: Turn, own: Address) -> Relay | None:
        """Find what a message replies to: a copy of ours, here or in private, or what its author passed on before."""
        relays, event = turn.uow.desk.relays, turn.event
        copy = await relays.by_copy(_room(event.sender), event.reply_to)
        if copy is None and not self._is_room(turn):
            copy = await relays.by_copy(own, event.reply_to)
        if copy is not None:
            return copy
        return next(iter(await relays.of_message(event.sender, event.reply_to)), None)

    async def _answer(self, turn: Turn, spot: Spot) -> Sequence[Reply] | None:
        ticket = spot.ticket
        if ticket is None:
            is_asked = self._is_room(turn) or (turn.action is None and await self._is_there(turn, spot.own))
            return [Reply(text=Phrase("desk-whose"), answer=HANDOFF)] if is_asked else None
        if not spot.is_reply and (self._parts.terms.only_replies or (self._is_room(turn) and not spot.is_topic)):
            return [Reply(text=Phrase("desk-reply-only"), answer=HANDOFF)]
        if not ticket.is_held_by(spot.own):
            return [not_sent(ticket)]
        if not await turn.uow.people.is_reachable(ticket.customer):
            return [Reply(text=Phrase("desk-customer-gone", {"ticket": ticket.id}), answer=HANDOFF)]
        missing = lost(turn.event, ticket.customer)
        if missing is not None and not turn.text:
            return [Reply(text=missing, answer=HANDOFF)]
        await self._parts.tickets.answer(turn.uow, ticket, by=spot.own, now=turn.now)
        notes = [Reply(text=missing, answer=HANDOFF)] if missing is not None else []
        return [*await to_customer(turn, ticket), *await self._told_which(turn, ticket, spot), *notes]

    async def _is_there(self, turn: Turn, own: Address) -> bool:
        """Whether somebody works now, so that what they type is for customers, not for the bot."""
        seat = await turn.uow.desk.seats.get(own)
        return seat is not None and seat.is_online

    async def _told_which(self, turn: Turn, ticket: Ticket, spot: Spot) -> list[Reply]:
        """Tell whom an answer went to, where it could have been another."""
        if len(await turn.uow.desk.tickets.held(spot.own)) < _SEVERAL or self._is_room(turn):
            return []
        return [Reply(text=Phrase("desk-sent", {"ticket": ticket.id}), answer=HANDOFF)]

    async def _edited(self, turn: Turn, event: Edited, spot: Spot) -> Sequence[Reply] | None:
        relays = await turn.uow.desk.relays.of_message(event.sender, event.ref)
        if not relays:
            return () if self._is_room(turn) else None
        ticket = await turn.uow.desk.tickets.find(relays[0].ticket)
        if ticket is None:
            return ()
        if not ticket.is_held_by(spot.own):
            return [not_sent(ticket)]
        if event.text.startswith(_NEVER_SENT):
            return [Reply(text=Phrase("desk-edit-kept", {"ticket": ticket.id}), answer=HANDOFF)]
        return await changed(turn, event, ticket, is_customer=False)

    async def _note(self, turn: Turn, spot: Spot) -> Sequence[Reply]:
        if spot.ticket is None:
            return [Reply(text=Phrase("desk-whose"), answer=HANDOFF)]
        text = turn.text.removeprefix(NOTE).strip()
        await turn.uow.desk.notes.add(Note(ticket=spot.ticket.id, at=turn.now, by=spot.own, text=text))
        return [Reply(text=Phrase("desk-noted", {"ticket": spot.ticket.id}), answer=HANDOFF)]

    def _is_room(self, turn: Turn) -> bool:
        return self._parts.terms.is_room(turn.event.sender)


_SEVERAL = 2
_NEVER_SENT = "/"
"""Begins notes and commands."""


def _is_free(turn: Turn) -> bool:
    """Whether something was said that is no command and no button; a word that the bot knows may be an answer."""
    is_said = isinstance(turn.event, Said | Attached | Edited | ContactShared)
    return is_said and not turn.text.startswith("/")


def _room(address: Address) -> Address:
    """A room is nobody's own: the same for all who write in it."""
    return Address(address.channel, address.chat_id, "")
