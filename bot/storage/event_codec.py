"""Events as columns of the transcript, and back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, assert_never

from bot.domain.messages import (
    Address,
    Attached,
    AttachmentKind,
    CommentChange,
    Commented,
    ContactShared,
    Edited,
    Event,
    HumanReplied,
    Place,
    Pressed,
    Reacted,
    Said,
    Standing,
    StandingChanged,
    Started,
    Woke,
)
from bot.storage.codec import Content, decode, read_action, storable, write_action, write_json

PRIVATE_KIND = "contact_shared"
"""Events of this kind have a phone number in their body. It is kept only while they wait for their turn."""
NO_BODY = "{}"
_STANDING = "standing"
_LETS_US_WRITE = tuple(write_json({_STANDING: standing})[1:-1] for standing in (Standing.ALLOWED, Standing.ADDED))
_SPEAKING = {"said", "pressed", "started", "attached", PRIVATE_KIND}


class Origin(NamedTuple):
    """Who an event is from, and when."""

    id: str
    sender: Address
    at: datetime
    name: str | None


def encode_event(event: Event) -> Content:
    """Write what happened; who, where and when have columns of their own."""
    kind, text, details = _describe(event)
    if event.language is not None:
        details["language"] = event.language
    carried = {
        "group": event.is_group,
        "overheard": not event.is_addressed,
        "ref": event.ref,
        "reply_to": event.reply_to,
        "client": event.client,
    }
    details.update({name: value for name, value in carried.items() if value})
    return Content(kind, storable(text), write_json(details))


def decode_event(origin: Origin, content: Content) -> Event:
    """Rebuild the event.

    Raises:
        UnreadableRowError: this version of the code does not understand it.
    """
    return decode(content, "an event", lambda details: _rebuild(origin, content, details))


def tells_reachable(kind: str, body: str) -> bool:
    """Whether an event so written tells that its sender can be written to, as `reachability` does of the event."""
    return kind in _SPEAKING or (kind == _STANDING and any(words in body for words in _LETS_US_WRITE))


def _describe(event: Event) -> tuple[str, str, dict[str, Any]]:
    match event:
        case Said(text=text):
            return "said", text, {}
        case Pressed(action=action):
            return "pressed", "", {"action": write_action(action)}
        case Started(payload=payload, source=source):
            return "started", "", {"payload": payload} | ({"source": source} if source else {})
        case Attached(kind=kind, reference=reference, caption=caption, album=album):
            return "attached", caption, {"kind": kind, "reference": reference} | ({"album": album} if album else {})
        case ContactShared(phone=phone, is_own=is_own):
            return PRIVATE_KIND, "", {"phone": phone} | ({} if is_own else {"foreign": True})
        case _:
            return _describe_surroundings(event)


def _describe_surroundings(
    event: Woke | Edited | Reacted | StandingChanged | Commented | HumanReplied,
) -> tuple[str, str, dict[str, Any]]:
    """Write what nobody said to us: what is noted and seldom answered, and timers."""
    match event:
        case Woke(action=action):
            return "woke", "", {"action": write_action(action)}
        case Edited(text=text):
            return "edited", text, {}
        case Reacted(reactions=reactions):
            return "reacted", " ".join(reactions), {"reactions": reactions}
        case StandingChanged(standing=standing):
            return _STANDING, "", {"standing": standing}
        case Commented(place=place, subject=subject, text=text, change=change):
            return "commented", text, {"place": place, "subject": subject, "change": change}
        case HumanReplied(text=text, author=author):
            return "human_replied", text, {"author": author}
    assert_never(event)


def _rebuild(origin: Origin, content: Content, details: dict[str, Any]) -> Event:
    carried: dict[str, Any] = {
        **origin._asdict(),
        "language": details.get("language"),
        "is_group": details.get("group", False),
        "is_addressed": not details.get("overheard", False),
        "ref": details.get("ref", ""),
        "reply_to": details.get("reply_to", ""),
        "client": tuple(details.get("client", ())),
    }
    return _EVENTS[content.kind](content.text, details, carried)


_EVENTS: Mapping[str, Callable[[str, dict[str, Any], dict[str, Any]], Event]] = {
    "said": lambda text, _, carried: Said(text=text, **carried),
    "pressed": lambda _, details, carried: Pressed(action=read_action(details["action"]), **carried),
    "started": lambda _, details, carried: Started(
        payload=details["payload"], source=details.get("source", ""), **carried
    ),
    "attached": lambda text, details, carried: Attached(
        kind=AttachmentKind(details["kind"]),
        reference=details["reference"],
        caption=text,
        album=details.get("album", ""),
        **carried,
    ),
    PRIVATE_KIND: lambda _, details, carried: ContactShared(
        phone=details["phone"], is_own=not details.get("foreign", False), **carried
    ),
    "woke": lambda _, details, carried: Woke(action=read_action(details["action"]), **carried),
    "edited": lambda text, _, carried: Edited(text=text, **carried),
    "reacted": lambda _, details, carried: Reacted(reactions=tuple(details["reactions"]), **carried),
    _STANDING: lambda _, details, carried: StandingChanged(standing=Standing(details["standing"]), **carried),
    "commented": lambda text, details, carried: Commented(
        place=Place(details["place"]),
        subject=details["subject"],
        text=text,
        change=CommentChange(details["change"]),
        **carried,
    ),
    "human_replied": lambda text, details, carried: HumanReplied(text=text, author=details["author"], **carried),
}
