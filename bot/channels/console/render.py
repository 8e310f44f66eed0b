"""From a message to JSON, as scripts read it. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.domain.actions import Action
from bot.domain.replies import Link, OutgoingButton, OutgoingMessage, Private, ShareContact


def reply_object(message: OutgoingMessage) -> Mapping[str, object]:
    """One element of ``replies``; buttons in reading order; one that opens a page has ``url``, one that
    leads to our private chat ``start``, one that shares a phone number ``contact``: the script sends it itself."""
    return {
        "to": message.to.chat_id,
        "text": message.text,
        "buttons": [_button(button) for row in message.buttons for button in row],
        "attachments": [{"kind": str(item.kind), "name": item.name} for item in message.attachments],
        "kind": str(message.answer.kind),
        "confidence": None if message.answer.confidence is None else round(message.answer.confidence, 3),
        "sources": list(message.answer.sources),
    }


def answer_line(chat: str | None, line_id: str | None, messages: Sequence[OutgoingMessage], **more: object) -> str:
    """The line that answers one line of input: everything that it made the bot say."""
    replies = [reply_object(message) for message in messages]
    return json.dumps({"chat": chat, "id": line_id, **more, "replies": replies}, ensure_ascii=False)


def _button(button: OutgoingButton) -> Mapping[str, object]:
    match button.target:
        case Link(url=url):
            return {"label": button.label, "url": url}
        case Private(payload=payload):
            return {"label": button.label, "start": payload}
        case ShareContact():
            return {"label": button.label, "contact": True}
        case Action() as action:
            return {"label": button.label, "action": action.encode()}
    assert_never(button.target)
