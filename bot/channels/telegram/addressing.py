"""Whether a message is meant for us, and what it says without our name. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.telegram.fields import Fields

_COMMAND = re.compile(r"\s*(/\w{1,64})(?:@(\w{3,64}))?(?=\s|$)", re.ASCII)
_START = re.compile(r"/start(?:\s(.*))?", re.DOTALL)
_AFTER_NAME = " \t\n,:;—–-"
_UNIT = 2
"""Bytes of one UTF-16 unit."""


@dataclass(frozen=True, slots=True)
class Me:
    """Our own account; `username` without the at sign."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text or a caption without our name; `is_for_us` is whether we are named, replied to or commanded."""

    text: str
    is_for_us: bool

    @property
    def start(self) -> str | None:
        """The payload of ``/start``, perhaps empty; None when it is something else."""
        match = _START.fullmatch(self.text)
        return (match[1] or "").strip() if match else None


def read_words(message: Fields, me: Me) -> Words:
    """Read the text or the caption of `message`."""
    text = message.text("text") or message.text("caption")
    command = _COMMAND.match(text)
    if command is not None:
        name = (command[2] or me.username).lower()
        if name != me.username.lower():
            return Words(text, is_for_us=False)
        return Words(command[1] + text[command.end() :], is_for_us=True)
    spans = _our_names(message, text, me)
    return Words(_without(text, spans), is_for_us=bool(spans) or _is_reply_to_us(message, me))


def _is_reply_to_us(message: Fields, me: Me) -> bool:
    """In a topic everything "replies" to the note that opened it, which may be ours: that is no reply."""
    replied = message.find("reply_to_message")
    if replied is None or replied.has("forum_topic_created"):
        return False
    sender = replied.find("from")
    return sender is not None and sender.number("id") == me.id


def _our_names(message: Fields, text: str, me: Me) -> list[tuple[int, int]]:
    """Places of our name in bytes of UTF-16, in order."""
    units = _encode(text)
    spans = []
    for entity in message.parts("entities") or message.parts("caption_entities"):
        start = entity.number("offset") * _UNIT
        end = start + entity.number("length") * _UNIT
        kind = entity.text("type")
        is_mention = kind == "mention" and _decode(units[start:end]).lower() == f"@{me.username}".lower()
        if 0 <= start < end and (is_mention or (kind == "text_mention" and entity.part("user").number("id") == me.id)):
            spans.append((start, end))
    return sorted(spans)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Take our name out, and the comma after it where the text begins with it."""
    if not spans:
        return text
    units = _encode(text)
    kept: list[str] = []
    at = 0
    for start, end in spans:
        kept.append(_decode(units[at : max(start, at)]))
        at = max(end, at)
    kept.append(_decode(units[at:]))
    words = [kept[0], *(piece.removeprefix(" ") for piece in kept[1:])]
    return "".join(words).lstrip(_AFTER_NAME) if not kept[0].strip() else "".join(words)


def _encode(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _decode(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass")
