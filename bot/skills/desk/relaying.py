"""Relaying: messages between customers and the desk, and the notes by which they are found again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.desk.ticket import Ticket
from bot.domain.ids import ChannelName
from bot.domain.job import DONE, Job
from bot.domain.masking import masked
from bot.domain.messages import Address, Attached, AttachmentKind, ContactShared, Edited, Event, Said
from bot.domain.replies import Attachment, Card, Phrase, Reply, Text
from bot.services.desk.books import Relay
from bot.services.desk.carrying import CARRY
from bot.skills.desk.parts import DeskParts, places, said, take_button


async def to_desk(turn: Turn, ticket: Ticket, parts: DeskParts) -> list[Reply]:
    """Pass on what a customer said to wherever their ticket is shown."""
    targets = await places(turn.uow, parts.terms, ticket)
    await note_passed(turn, ticket, targets)
    await carry(turn, ticket, targets)
    careful = await _careful(turn)
    return [
        *([Reply(text=careful, to=target, language=turn.brand.languages[0]) for target in targets] if careful else ()),
        *_shown(turn, ticket, targets),
    ]


def _shown(turn: Turn, ticket: Ticket, targets: Sequence[Address]) -> list[Reply]:
    return [
        Reply(
            text=_said(turn.event, ticket, target),
            attachments=_attachments(turn.event, target),
            buttons=() if ticket.is_held else ((take_button(ticket),),),
            answer=HANDOFF,
            to=target,
            language=turn.brand.languages[0],
        )
        for target in targets
        if not (ticket.is_held and _follows(turn.event, target))
    ]


def _said(event: Event, ticket: Ticket, target: Address) -> Text | Card:
    """Show what a customer said; of what cannot be shown there say what it is."""
    shown = said(ticket, _told(event, ticket), name=event.name or "", in_own_room=_is_topic(target))
    if isinstance(shown, Text) or shown.lines or _attachments(event, target) or _follows(event, target):
        return shown
    kind = str(event.kind) if isinstance(event, Attached) else "contact"
    return replace(shown, lines=(Phrase("desk-not-shown", {"kind": kind}),))


def _told(event: Event, ticket: Ticket) -> str:
    """What is shown of a customer's words: phones and the like only where somebody has the ticket."""
    return _words(event) if ticket.is_held else masked(_words(event))


def _follows(event: Event, target: Address) -> bool:
    """Whether all that was sent is a file that is on its way over from another platform."""
    is_carried = isinstance(event, Attached) and event.kind not in _NEVER_CARRIED and not event.caption
    return is_carried and event.sender.channel != target.channel


async def _careful(turn: Turn) -> Phrase | None:
    """Warn of links and files of people whom nobody knows."""
    is_file = isinstance(turn.event, Attached) and turn.event.kind is AttachmentKind.FILE
    if not is_file and not _LINK.search(turn.text):
        return None
    if await turn.uow.club.members.who(turn.conversation.address) is not None:
        return None
    return Phrase("desk-careful-file" if is_file else "desk-careful-link")


async def to_customer(turn: Turn, ticket: Ticket) -> list[Reply]:
    """Pass on what an operator said to the customer of their ticket; a file without words follows by itself."""
    await note_passed(turn, ticket, [ticket.customer])
    await carry(turn, ticket, [ticket.customer])
    words, files = _words(turn.event), _attachments(turn.event, ticket.customer)
    if not words and not files:
        return []
    return [Reply(text=Text(words), attachments=files, answer=HANDOFF, to=ticket.customer)]


async def carry(turn: Turn, ticket: Ticket, targets: Sequence[Address]) -> None:
    """Have a file brought over to those who are on another platform than it."""
    event = turn.event
    if isinstance(event, Attached) and event.kind not in _NEVER_CARRIED:
        for target in targets:
            if target.channel != event.sender.channel:
                await _bring(turn, ticket, target, event.kind, event.reference, source=event.sender)


async def send_file(
    turn: Turn, ticket: Ticket, kind: AttachmentKind, reference: str, *, source: Address
) -> tuple[Attachment, ...]:
    """Return a file for the customer of a ticket; where it is of another platform it is brought over, and follows."""
    if source.channel == ticket.customer.channel:
        return (_here(kind, reference),)
    await _bring(turn, ticket, ticket.customer, kind, reference, source=source)
    return ()


async def _bring(
    turn: Turn, ticket: Ticket, target: Address, kind: AttachmentKind, reference: str, *, source: Address
) -> None:
    name = _NAMES.get(kind, "file")
    then = Action(
        "desk.carried", (str(ticket.id), str(target.channel), target.chat_id, target.user_id, str(kind), name)
    )
    await turn.uow.jobs.add(Job(kind=CARRY, address=source, args=(reference, name), then=then), at=turn.now)


def _here(kind: AttachmentKind, reference: str) -> Attachment:
    """What the platform knows by its reference."""
    return Attachment(kind=kind, name=_NAMES.get(kind, "file"), source=reference.partition(" ")[0] or reference)


async def carried(turn: Turn, parts: DeskParts) -> Sequence[Reply]:
    """Send a file that was brought over; where it could not be had, say so to whoever sent it."""
    action = turn.action
    ticket = await parts.tickets.find(turn.uow, action.argument(0)) if action is not None else None
    if action is None or ticket is None:
        return ()
    channel, chat, user, kind, name, how, path = (action.argument(place) for place in range(1, 8))
    target = Address(ChannelName(channel), chat, user)
    if how != DONE or not path:
        return [Reply(text=Phrase("desk-cannot-cross", {"kind": kind}), answer=HANDOFF)]
    await note_passed(turn, ticket, [target])
    file = Attachment(kind=AttachmentKind(kind), name=name, source=path)
    is_to_customer = target == ticket.customer
    text = Text("") if is_to_customer or _is_topic(target) else Phrase("desk-file-of", {"ticket": ticket.id})
    return [Reply(text=text, attachments=(file,), answer=HANDOFF, to=target, language=turn.brand.languages[0])]


async def changed(turn: Turn, event: Edited, ticket: Ticket, *, is_customer: bool) -> Sequence[Reply]:
    """Change the copies of a message that was changed by its author; where a copy is not there yet, say it anew."""
    replies = []
    for relay in await turn.uow.desk.relays.of_message(event.sender, event.ref):
        ref = await turn.uow.desk.relays.copy_ref(relay)
        words = _told(event, ticket) if is_customer else event.text
        in_own_room = not is_customer or (bool(ref) and _is_topic(relay.target))
        text = said(ticket, words, name=event.name or "", in_own_room=in_own_room)
        replies.append(Reply(text=text, answer=HANDOFF, to=relay.target, language=turn.brand.languages[0], edits=ref))
    return replies


async def note_shown(turn: Turn, ticket: Ticket, targets: Sequence[Address]) -> None:
    """Note to whom a ticket is shown in this turn, so that a reply to that is about it."""
    await note_passed(turn, ticket, targets, ref="")


async def note_passed(turn: Turn, ticket: Ticket, targets: Sequence[Address], *, ref: str | None = None) -> None:
    """Note to whom what happens in this turn is passed on, so that it is found again; by `ref`, or by its own."""
    event = await turn.uow.transcript.find(turn.event.sender.channel, turn.event.id)
    if event is None:
        return
    for target in targets:
        relay = Relay(
            event=event,
            ticket=ticket.id,
            source=turn.event.sender,
            ref=turn.event.ref if ref is None else ref,
            target=target,
        )
        await turn.uow.desk.relays.add(relay)


def _words(event: Event) -> str:
    match event:
        case Attached(kind=AttachmentKind.LOCATION, reference=place):
            latitude, _, longitude = place.partition(",")
            return _MAP.format(latitude=latitude, longitude=longitude)
        case Said(text=text) | Attached(caption=text) | Edited(text=text):
            return text
        case ContactShared(phone=phone):
            return phone
        case _:
            return ""


def _attachments(event: Event, target: Address) -> tuple[Attachment, ...]:
    """What was attached, where the platform is the same and knows it by its reference."""
    is_here = isinstance(event, Attached) and event.sender.channel == target.channel
    if not isinstance(event, Attached) or not is_here or event.kind is AttachmentKind.LOCATION:
        return ()
    return (_here(event.kind, event.reference),)


def _is_topic(target: Address) -> bool:
    return "/" in target.chat_id


def lost(event: Event, target: Address) -> Phrase | None:
    """Say what of an operator's message does not reach a customer; None when all of it does. Whose phone a contact has
    nobody can see, and it may be the operator's own."""
    if isinstance(event, ContactShared):
        return Phrase("desk-no-contacts")
    is_sticker = isinstance(event, Attached) and event.kind is AttachmentKind.STICKER
    if not is_sticker or event.sender.channel == target.channel:
        return None
    return Phrase("desk-cannot-cross", {"kind": str(AttachmentKind.STICKER)})


_LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_MAP = "https://yandex.ru/maps/?pt={longitude},{latitude}&z=16"
_NEVER_CARRIED = frozenset({AttachmentKind.LOCATION, AttachmentKind.STICKER})
_NAMES = {
    AttachmentKind.PHOTO: "photo.jpg",
    AttachmentKind.VOICE: "voice.ogg",
    AttachmentKind.AUDIO: "audio.mp3",
    AttachmentKind.VIDEO: "video.mp4",
}
