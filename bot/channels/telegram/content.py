"""What a message carries: words, a deep link, a contact, a file, a place. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from bot.channels.telegram.addressing import Words
from bot.channels.telegram.fields import BrokenUpdateError, Fields
from bot.domain.messages import Address, Attached, AttachmentKind, ContactShared, Event, Said, Started
from bot.domain.text import clean

LONGEST_REFERENCE = 512
"""Characters; a file_id has about a hundred."""

_FILES: Mapping[str, AttachmentKind] = {
    "animation": AttachmentKind.VIDEO,  # before document: an animation is sent as both (Bot API, Message)
    "document": AttachmentKind.FILE,
    "voice": AttachmentKind.VOICE,
    "audio": AttachmentKind.AUDIO,
    "video": AttachmentKind.VIDEO,
    "video_note": AttachmentKind.VIDEO,
    "sticker": AttachmentKind.STICKER,
}


class Common(TypedDict):
    """What every event carries."""

    id: str
    sender: Address
    at: datetime
    name: str | None
    language: str | None
    is_group: bool
    is_addressed: bool
    ref: str
    reply_to: str


def read_content(message: Fields, words: Words, common: Common) -> Event | None:
    """Read what is sent; None where it is a note of the chat, or nothing that we know.

    Raises:
        BrokenUpdateError: a field is missing or not of its type.
    """
    if message.has("text"):
        payload = words.start
        if payload is not None:
            return Started(**common, payload=clean(payload))
        return Said(**common, text=clean(words.text))
    if message.has("contact"):
        return _contact(message, common)
    if message.has("location"):
        return Attached(**common, kind=AttachmentKind.LOCATION, reference=_place(message.part("location")))
    return _file(message, words, common)


def _contact(message: Fields, common: Common) -> ContactShared:
    contact = message.part("contact")
    is_own = contact.find_number("user_id") == message.part("from").number("id")
    phone = clean(contact.text("phone_number"))
    return ContactShared(**common, phone=phone if is_own else "", is_own=is_own)


def _place(location: Fields) -> str:
    return f"{location.degrees('latitude', 90):.6f},{location.degrees('longitude', 180):.6f}"


def _file(message: Fields, words: Words, common: Common) -> Attached | None:
    name = next((name for name in ("photo", *_FILES) if message.has(name)), None)
    if name is None:
        return None
    file = _largest(message) if name == "photo" else message.part(name)
    reference = clean(file.text("file_id"))
    if not 0 < len(reference) <= LONGEST_REFERENCE:
        raise BrokenUpdateError("file_id")
    return Attached(
        **common,
        kind=_FILES.get(name, AttachmentKind.PHOTO),
        reference=reference,
        caption=clean(words.text),
        album=clean(message.text("media_group_id")),
    )


def _largest(message: Fields) -> Fields:
    sizes = message.parts("photo")
    if not sizes:
        raise BrokenUpdateError("photo")
    return max(sizes, key=lambda size: size.number("width") * size.number("height"))
