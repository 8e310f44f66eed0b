"""Relaying: messages between customers and the desk, and the notes by which they are found again."""

from collections.abc import Sequence

from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.messages import Address, Attached, ContactShared, Edited, Event, Said
from bot.domain.replies import Attachment, Phrase, Reply, Text
from bot.services.desk.books import Relay
from bot.skills.desk.parts import DeskParts, places, said, take_button


async def to_desk(turn: Turn, ticket: Ticket, parts: DeskParts) -> list[Reply]:
    """Pass on what a customer said to wherever their ticket is shown."""
    targets = await places(turn.uow, parts.terms, ticket)
    await _note(turn, ticket, targets)
    return [
        Reply(
            text=said(ticket, _words(turn.event), name=turn.event.name or "", in_own_room=_is_topic(target)),
            attachments=_attachments(turn.event, target),
            buttons=() if ticket.is_held else ((take_button(ticket),),),
            answer=HANDOFF,
            to=target,
            language=turn.brand.languages[0],
        )
        for target in targets
    ]


async def to_customer(turn: Turn, ticket: Ticket) -> Reply:
    """Pass on what an operator said to the customer of their ticket."""
    await _note(turn, ticket, [ticket.customer])
    return Reply(
        text=Text(_words(turn.event)),
        attachments=_attachments(turn.event, ticket.customer),
        answer=HANDOFF,
        to=ticket.customer,
    )


async def changed(turn: Turn, event: Edited, ticket: Ticket, *, is_customer: bool) -> Sequence[Reply]:
    """Change the copies of a message that was changed by its author; where a copy is not there yet, say it anew."""
    replies = []
    for relay in await turn.uow.desk.relays.of_message(event.sender, event.ref):
        ref = await turn.uow.desk.relays.copy_ref(relay)
        own_room = not is_customer or _is_topic(relay.target)
        text = said(ticket, event.text, name=event.name or "", in_own_room=own_room)
        if not ref and is_customer:
            text = said(ticket, event.text, name=event.name or "", in_own_room=False)
        replies.append(Reply(text=text, answer=HANDOFF, to=relay.target, language=turn.brand.languages[0], edits=ref))
    return replies


async def _note(turn: Turn, ticket: Ticket, targets: Sequence[Address]) -> None:
    event = await turn.uow.transcript.find(turn.event.sender.channel, turn.event.id)
    if event is None:
        return
    for target in targets:
        relay = Relay(event=event, ticket=ticket.id, source=turn.event.sender, ref=turn.event.ref, target=target)
        await turn.uow.desk.relays.add(relay)


def _words(event: Event) -> str:
    match event:
        case Said(text=text) | Attached(caption=text) | Edited(text=text):
            return text
        case ContactShared(phone=phone):
            return phone
        case _:
            return ""


def _attachments(event: Event, target: Address) -> tuple[Attachment, ...]:
    """What was attached, where the platform is the same and knows it by its reference."""
    if not isinstance(event, Attached) or event.sender.channel != target.channel:
        return ()
    return (Attachment(kind=event.kind, name=event.reference.rpartition("/")[2], source=event.reference),)


def _is_topic(target: Address) -> bool:
    return "/" in target.chat_id


def lost(event: Event, target: Address) -> Phrase | None:
    """Say what of a message does not cross to another platform; None when all of it does."""
    if not isinstance(event, Attached) or event.sender.channel == target.channel:
        return None
    return Phrase("desk-cannot-cross", {"kind": str(event.kind)})
