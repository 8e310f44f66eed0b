"""Dividing a message into what Telegram takes in one call each. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.domain.fitting import split, utf16_length
from bot.domain.messages import AttachmentKind
from bot.domain.replies import NOTICE, Attachment, OutgoingMessage

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""UTF-16 units, both after the markup is read. Source: Bot API, sendMessage and sendPhoto."""
LARGEST_ALBUM = 10

_BARE = {AttachmentKind.STICKER, AttachmentKind.LOCATION}
"""Nothing can be written under them."""
_ALBUMS = {
    AttachmentKind.PHOTO: "visual",
    AttachmentKind.VIDEO: "visual",
    AttachmentKind.FILE: "file",
    AttachmentKind.AUDIO: "audio",
}
"""What may stand together in one album."""


def fit(message: OutgoingMessage) -> Sequence[OutgoingMessage]:
    """Divide `message`: files first, then the text, buttons under the last of it.

    Only a message that stays whole takes another's place, and what the first part answers is not counted again.
    """
    if _is_whole(message):
        return (message,)
    files, is_captioned = list(_bundles(message.attachments)), _takes_words(message)
    bare = replace(message, text="", marks=(), buttons=(), attachments=(), replaces="")
    parts = [replace(bare, attachments=bundle) for bundle in files]
    if is_captioned:
        parts[-1] = replace(parts[-1], text=message.text, marks=message.marks, buttons=message.buttons)
    elif message.text or message.buttons:
        texts = split(message.text, message.marks, limit=LONGEST_TEXT)
        parts += [replace(bare, text=text, marks=marks) for text, marks in texts]
        parts[-1] = replace(parts[-1], buttons=message.buttons)
    return (parts[0], *(replace(part, answer=NOTICE) for part in parts[1:]))


def _is_whole(message: OutgoingMessage) -> bool:
    if not message.attachments:
        return utf16_length(message.text) <= LONGEST_TEXT
    is_one = len(list(_bundles(message.attachments))) == 1
    return is_one and (_takes_words(message) or not (message.text or message.buttons))


def _takes_words(message: OutgoingMessage) -> bool:
    """Whether the text and the buttons can go under the last of the files: an album has no buttons."""
    *_, last = _bundles(message.attachments) if message.attachments else [()]
    if not last or last[0].kind in _BARE or utf16_length(message.text) > LONGEST_CAPTION:
        return False
    return len(last) == 1 or not message.buttons


def _bundles(attachments: Sequence[Attachment]) -> Iterator[tuple[Attachment, ...]]:
    """What goes in one call each: albums of one kind, the rest singly, in order."""
    for kind, run in groupby(attachments, key=lambda item: _ALBUMS.get(item.kind, "")):
        items, most = tuple(run), LARGEST_ALBUM if kind else 1
        for start in range(0, len(items), most):
            yield items[start : start + most]
