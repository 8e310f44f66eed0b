"""From a message to JSON, as scripts read it. Pure."""

import json
from collections.abc import Mapping, Sequence

from bot.domain.replies import Link, OutgoingButton, OutgoingMessage


def reply_object(message: OutgoingMessage) -> Mapping[str, object]:
    """One element of ``replies``; buttons in reading order, a button that opens a page has ``url``."""
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


def _button(button: OutgoingButton) -> Mapping[str, str]:
    if isinstance(button.target, Link):
        return {"label": button.label, "url": button.target.url}
    return {"label": button.label, "action": button.target.encode()}
