"""Events and messages as columns of the transcript, and back.

What is written here is read for years: fields may be added with a default, never renamed.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, assert_never

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.errors import StorageError
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import (
    Address,
    Attached,
    AttachmentKind,
    ContactShared,
    Event,
    Pressed,
    Said,
    Started,
    Woke,
)
from bot.domain.replies import Attachment, Link, OutgoingButton, OutgoingMessage

_write = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class UnreadableRowError(StorageError):
    """A row was written by other code, or by hand, and cannot be understood."""


PRIVATE_KIND = "contact_shared"
"""Events of this kind have a phone number in their body. It is kept only while they wait for their turn."""
NO_BODY = "{}"


class Content(NamedTuple):
    """What an event or a message says: words in `text`, the rest in `body` as JSON."""

    kind: str
    text: str
    body: str


def storable(text: str) -> str:
    """Replace what no database takes (NUL, lone surrogates). Channels clean texts before; this keeps a batch safe."""
    if text.isascii():
        return text.replace("\0", "\ufffd")
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def encode_event(event: Event) -> Content:
    """Write what happened; who, where and when have columns of their own."""
    kind, text, details = _describe(event)
    if event.language is not None:
        details["language"] = event.language
    if event.is_group:
        details["group"] = True
    return Content(kind, storable(text), _write(details))


def _describe(event: Event) -> tuple[str, str, dict[str, Any]]:
    match event:
        case Said(text=text):
            return "said", text, {}
        case Pressed(action=action):
            return "pressed", "", {"action": _write_action(action)}
        case Started(payload=payload):
            return "started", "", {"payload": payload}
        case Attached(kind=kind, reference=reference, caption=caption):
            return "attached", caption, {"kind": kind, "reference": reference}
        case ContactShared(phone=phone):
            return PRIVATE_KIND, "", {"phone": phone}
        case Woke(action=action):
            return "woke", "", {"action": _write_action(action)}
    assert_never(event)


class Origin(NamedTuple):
    """Who an event is from, and when."""

    id: str
    sender: Address
    at: datetime
    name: str | None


def decode_event(origin: Origin, content: Content) -> Event:
    """Rebuild the event.

    Raises:
        UnreadableRowError: this version of the code does not understand it.
    """
    try:
        details = _read(content.body)
        carried: dict[str, Any] = {
            **origin._asdict(),
            "language": details.get("language"),
            "is_group": details.get("group", False),
        }
        return _EVENTS[content.kind](content.text, details, carried)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableRowError(f"an event of kind {content.kind!r} cannot be read: {error!r}") from error


_EVENTS: Mapping[str, Callable[[str, dict[str, Any], dict[str, Any]], Event]] = {
    "said": lambda text, _, carried: Said(text=text, **carried),
    "pressed": lambda _, details, carried: Pressed(action=_read_action(details["action"]), **carried),
    "started": lambda _, details, carried: Started(payload=details["payload"], **carried),
    "attached": lambda text, details, carried: Attached(
        kind=AttachmentKind(details["kind"]), reference=details["reference"], caption=text, **carried
    ),
    PRIVATE_KIND: lambda _, details, carried: ContactShared(phone=details["phone"], **carried),
    "woke": lambda _, details, carried: Woke(action=_read_action(details["action"]), **carried),
}


def encode_message(message: OutgoingMessage) -> Content:
    """Write what is to be said; the address, the number, confidence and sources have columns of their own."""
    details: dict[str, Any] = {}
    if message.buttons:
        details["buttons"] = [[_write_button(button) for button in row] for row in message.buttons]
    if message.attachments:
        details["attachments"] = [[item.kind, item.name, item.source] for item in message.attachments]
    return Content(message.answer.kind, storable(message.text), _write(details))


class Envelope(NamedTuple):
    """Where a message goes, what it answers, and how sure we were."""

    to: Address
    answers: TranscriptId
    number: int
    confidence: float | None
    sources: str | None


def decode_message(envelope: Envelope, content: Content) -> OutgoingMessage:
    """Rebuild the message.

    Raises:
        UnreadableRowError: this version of the code does not understand it.
    """
    try:
        details = _read(content.body)
        return OutgoingMessage(
            to=envelope.to,
            answers=envelope.answers,
            number=envelope.number,
            text=content.text,
            buttons=tuple(tuple(map(_read_button, row)) for row in details.get("buttons", ())),
            attachments=tuple(
                Attachment(kind=AttachmentKind(kind), name=name, source=source)
                for kind, name, source in details.get("attachments", ())
            ),
            answer=AnswerMeta(
                kind=AnswerKind(content.kind),
                confidence=envelope.confidence,
                sources=tuple(json.loads(envelope.sources)) if envelope.sources else (),
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableRowError(f"a message of kind {content.kind!r} cannot be read: {error!r}") from error


def encode_sources(answer: AnswerMeta) -> str | None:
    """Write the sources as a JSON list; None where there are none."""
    return _write(answer.sources) if answer.sources else None


def encode_address(address: Address) -> tuple[str, str, str]:
    """Write the parts of an address as the database has them."""
    return storable(address.channel), storable(address.chat_id), storable(address.user_id)


def decode_address(channel: str, chat_id: str, user_id: str) -> Address:
    """Rebuild an address from its columns."""
    return Address(ChannelName(channel), chat_id, user_id)


def _read(body: str) -> dict[str, Any]:
    details = json.loads(body)
    if not isinstance(details, dict):
        raise TypeError("the body is not a JSON object")
    return details


def _write_action(action: Action) -> list[str]:
    return [action.name, *action.args]


def _read_action(parts: list[str]) -> Action:
    name, *args = parts
    return Action(name, tuple(args))


def _write_button(button: OutgoingButton) -> dict[str, Any]:
    match button.target:
        case Link(url=url):
            return {"label": button.label, "url": url}
        case Action() as action:
            return {"label": button.label, "action": _write_action(action)}
    assert_never(button.target)


def _read_button(written: dict[str, Any]) -> OutgoingButton:
    target = Link(written["url"]) if "url" in written else _read_action(written["action"])
    return OutgoingButton(written["label"], target)
