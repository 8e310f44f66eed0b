"""What a message of a person says. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TypedDict

from bot.channels.vk.attachments import Thing, read_attachments
from bot.channels.vk.fields import Fields
from bot.channels.vk.labels import START
from bot.channels.vk.payloads import is_start, read_action, read_payload
from bot.domain.messages import Address, Attached, Event, Pressed, Said, Started
from bot.domain.text import fold

BARE = "bare"
"""An app that told us that it can nothing of the kind."""

_ABILITIES = ("keyboard", "inline_keyboard", "carousel")
_LANGUAGES = {0: "ru", 3: "en"}


class Sender(TypedDict):
    """What every event carries."""

    id: str
    sender: Address
    at: datetime
    language: str | None
    is_group: bool
    is_addressed: bool
    ref: str
    reply_to: str
    client: tuple[str, ...]


def read_message(message: Fields, common: Sender, text: str) -> tuple[Event, ...]:
    """A link that was followed comes with the next message: first the link is an event, then what was said with it."""
    payload = read_payload(message.values.get("payload"))
    source = message.text("ref_source")
    link = message.text("ref") or source
    action = read_action(payload)
    if action is not None:
        return (Pressed(**(common | {"ref": ""}), action=action),)
    things = read_attachments(message)
    is_first = bool(link) or message.integer("conversation_message_id") == 1
    if is_start(payload) or (is_first and not things and fold(text) in START):
        return (Started(**common, payload=link, source=source),)
    followed = (Started(**(common | {"id": f"{common['id']}/ref"}), payload=link, source=source),) if link else ()
    return (*followed, *_read_things(things, common, text)) if things else (*followed, Said(**common, text=text))


def _read_things(things: Sequence[Thing], common: Sender, text: str) -> Iterator[Event]:
    """The text goes with the first one; what came in one message shares an album."""
    album = common["id"] if len(things) > 1 else ""
    for number, thing in enumerate(things):
        own = common | {"id": f"{common['id']}/{number}"} if number else common
        caption = "" if number else text
        yield Attached(**own, kind=thing.kind, reference=thing.reference, caption=caption, album=album)


def moment(seconds: int | None, now: datetime) -> datetime:
    """Times are told in whole seconds; what lies ahead of our clock is now."""
    if not seconds or seconds < 0 or seconds >= now.timestamp():
        return now
    return datetime.fromtimestamp(seconds, tz=UTC)


def abilities(info: Fields) -> tuple[str, ...]:
    """List what the person's app told it can; empty when it told nothing."""
    if not info:
        return ()
    told = [name for name in _ABILITIES if info.flag(name)]
    told += ["callback"] if "callback" in info.words("button_actions") else []
    return tuple(told) or (BARE,)


def language(info: Fields) -> str | None:
    """Say in which language the person's app is, where it is one of ours."""
    number = info.integer("lang_id")
    return None if number is None else _LANGUAGES.get(number)
