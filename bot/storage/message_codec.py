"""Messages as columns of the transcript, and back."""

import json
from typing import Any, NamedTuple, assert_never

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, AttachmentKind
from bot.domain.replies import (
    Attachment,
    Link,
    Mark,
    MarkKind,
    OutgoingButton,
    OutgoingItem,
    OutgoingMessage,
    Private,
    ShareContact,
)
from bot.storage.codec import Content, decode, read_action, storable, write_action, write_json

_PRIVATE = "secret"
PRIVATE_MARK = f'"{_PRIVATE}":true'
"""Stands in the body of a message whose words are kept until it was sent."""


class Envelope(NamedTuple):
    """Where a message goes, what it answers, and how sure we were."""

    to: Address
    answers: TranscriptId
    number: int
    confidence: float | None
    sources: str | None


def encode_message(message: OutgoingMessage) -> Content:
    """Write what is to be said; the address, the number, confidence and sources have columns of their own."""
    parts: dict[str, Any] = {
        "buttons": [[_write_button(button) for button in row] for row in message.buttons],
        "attachments": [[item.kind, item.name, item.source] for item in message.attachments],
        "marks": [[mark.start, mark.length, mark.kind, mark.url] for mark in message.marks],
        "shelf": [_write_item(item) for item in message.shelf],
        "page": message.page,
        "replaces": message.replaces,
        "takes_back": message.takes_back,
        "client": message.client,
        "group": message.is_group,
        _PRIVATE: message.is_private,
    }
    details = {name: part for name, part in parts.items() if part}
    return Content(message.answer.kind, storable(message.text), write_json(details))


def decode_message(envelope: Envelope, content: Content) -> OutgoingMessage:
    """Rebuild the message.

    Raises:
        UnreadableRowError: this version of the code does not understand it.
    """
    return decode(content, "a message", lambda details: _rebuild(envelope, content, details))


def encode_sources(answer: AnswerMeta) -> str | None:
    """Write the sources as a JSON list; None where there are none."""
    return write_json(answer.sources) if answer.sources else None


def _rebuild(envelope: Envelope, content: Content, details: dict[str, Any]) -> OutgoingMessage:
    return OutgoingMessage(
        to=envelope.to,
        answers=envelope.answers,
        number=envelope.number,
        text=content.text,
        marks=tuple(Mark(start, length, MarkKind(kind), url) for start, length, kind, url in details.get("marks", ())),
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
        shelf=tuple(map(_read_item, details.get("shelf", ()))),
        page=details.get("page", 0),
        replaces=details.get("replaces", ""),
        takes_back=details.get("takes_back", False),
        client=tuple(details.get("client", ())),
        is_group=details.get("group", False),
        is_private=details.get(_PRIVATE, False),
    )


def _write_button(button: OutgoingButton) -> dict[str, Any]:
    match button.target:
        case Link(url=url):
            return {"label": button.label, "url": url}
        case Private(payload=payload):
            return {"label": button.label, "private": payload}
        case ShareContact():
            return {"label": button.label, "contact": True}
        case Action() as action:
            return {"label": button.label, "action": write_action(action)}
    assert_never(button.target)


def _read_button(written: dict[str, Any]) -> OutgoingButton:
    if "url" in written:
        return OutgoingButton(written["label"], Link(written["url"]))
    if "private" in written:
        return OutgoingButton(written["label"], Private(written["private"]))
    if "contact" in written:
        return OutgoingButton(written["label"], ShareContact())
    return OutgoingButton(written["label"], read_action(written["action"]))


def _write_item(item: OutgoingItem) -> dict[str, Any]:
    picture = {"picture": item.picture} if item.picture else {}
    return {"title": item.title, "text": item.text, "button": _write_button(item.button)} | picture


def _read_item(written: dict[str, Any]) -> OutgoingItem:
    return OutgoingItem(
        title=written["title"],
        text=written["text"],
        button=_read_button(written["button"]),
        picture=written.get("picture"),
    )
