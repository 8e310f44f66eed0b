"""Rooms: topics for customers in the groups of the desk, and what to do when one is gone."""

from collections.abc import Sequence

from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.desk.ticket import Ticket
from bot.domain.ids import ChannelName
from bot.domain.job import DONE, Job
from bot.domain.messages import Address
from bot.domain.replies import Phrase, Reply
from bot.services.desk.moved import moved_key
from bot.services.desk.topics import OPEN_TOPIC, OPENED, REFUSED
from bot.services.desk.workers import LEADERS, answerers
from bot.services.staff import those_who
from bot.skills.desk.card import handoff_card
from bot.skills.desk.parts import DeskParts, places, tell_desk
from bot.skills.desk.relaying import note_shown

_HINTED = "desk.topics-refused:"


async def open_topics(turn: Turn, ticket: Ticket, parts: DeskParts) -> None:
    """Have a topic opened for the customer of a ticket in every room where they have none."""
    for room in parts.terms.rooms:
        if await turn.uow.desk.rooms.of(ticket.customer, channel=room.channel) is None:
            args = (str(ticket.id), str(room.channel), room.chat_id)
            then = Action("desk.topic", args)
            await turn.uow.jobs.add(Job(kind=OPEN_TOPIC, address=ticket.customer, args=args, then=then), at=turn.now)


async def topic_opened(turn: Turn, parts: DeskParts) -> Sequence[Reply]:
    """Show the ticket in its new topic; say what is missing where there can be none."""
    action = turn.action
    ticket = await parts.tickets.find(turn.uow, action.argument(0)) if action is not None else None
    if action is None or ticket is None or action.argument(3) != DONE:
        return ()
    channel, chat = action.argument(1), action.argument(2)
    match action.argument(4):
        case how if how == OPENED:
            topic = Address(ChannelName(channel), action.argument(5), "")
            await turn.uow.desk.rooms.keep(ticket.customer, topic)
            card = await handoff_card(turn, ticket, parts, is_taken=ticket.is_held)
            return [_at(turn, card, topic)]
        case how if how == REFUSED:
            return await _hint(turn, Address(ChannelName(channel), chat, ""))
        case _:
            return ()


async def room_gone(turn: Turn, parts: DeskParts) -> Sequence[Reply]:
    """A topic was deleted, or we were put out of a room: show its ticket where it is seen, and say so."""
    room = Address(turn.event.sender.channel, turn.event.sender.chat_id, "")
    customer = await turn.uow.desk.rooms.customer(room)
    if customer is None:
        told = await those_who(turn.uow, LEADERS) or await answerers(turn.uow)
        note = Reply(text=Phrase("desk-room-gone", {"room": f"{room.channel}:{room.chat_id}"}), answer=HANDOFF)
        return [*(_at(turn, note, each) for each in told), *await _moved_out(turn, room, parts)]
    await turn.uow.desk.rooms.drop(room)
    ticket = await turn.uow.desk.tickets.open_of(customer)
    if ticket is None:
        return ()
    moved = await parts.tickets.leave_seat(turn.uow, ticket, room, now=turn.now)
    await open_topics(turn, moved, parts)
    card = await handoff_card(turn, moved, parts, is_taken=moved.is_held)
    gone = Reply(text=Phrase("desk-topic-gone", {"ticket": ticket.id}))
    return [*await tell_desk(turn, parts.terms, moved, gone), *await tell_desk(turn, parts.terms, moved, card)]


async def _moved_out(turn: Turn, room: Address, parts: DeskParts) -> list[Reply]:
    """Let those who worked in a room that is gone go on in private, and show them what they have."""
    shown: list[Reply] = []
    for ticket in await turn.uow.desk.tickets.held():
        seat = ticket.seat
        if seat is None or (seat.channel, seat.room) != (room.channel, room.chat_id):
            continue
        moved = await parts.tickets.leave_seat(turn.uow, ticket, seat, now=turn.now)
        note = Reply(text=Phrase("desk-room-left", {"ticket": moved.id}), answer=HANDOFF)
        card = await handoff_card(turn, moved, parts, is_taken=True)
        own = await places(turn.uow, parts.terms, moved)
        await note_shown(turn, moved, own)
        shown += [_at(turn, each, to) for to in own for each in (note, card)]
    return shown


async def room_moved(turn: Turn, parts: DeskParts, chat: str) -> Sequence[Reply]:
    """Follow a room that became another chat, also after a restart, and say which setting names it."""
    old = Address(turn.event.sender.channel, turn.event.sender.room, "")
    new = Address(old.channel, chat, "")
    await turn.uow.bookmarks.write(moved_key(old), chat)
    parts.tickets.move_room(old, new)
    rooms = {"old": f"{old.channel}:{old.chat_id}", "new": f"{new.channel}:{new.chat_id}"}
    told = [new, *await those_who(turn.uow, LEADERS)]
    language = turn.brand.languages[0]
    return [Reply(text=Phrase("desk-room-moved", rooms), to=each, language=language, answer=HANDOFF) for each in told]


async def _hint(turn: Turn, room: Address) -> Sequence[Reply]:
    """Say once a day which right is missing."""
    key, today = f"{_HINTED}{room.channel}:{room.chat_id}", turn.now.date().isoformat()
    if await turn.uow.bookmarks.read(key) == today:
        return ()
    await turn.uow.bookmarks.write(key, today)
    return [_at(turn, Reply(text=Phrase("desk-topics-refused"), answer=HANDOFF), room)]


def _at(turn: Turn, reply: Reply, to: Address) -> Reply:
    return Reply(text=reply.text, buttons=reply.buttons, answer=HANDOFF, to=to, language=turn.brand.languages[0])
