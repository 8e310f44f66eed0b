"""Messages to Telegram."""

from typing import Any

from bot.domain.actions import Action
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address, AttachmentKind
from bot.domain.replies import Attachment, OutgoingButton, OutgoingMessage, QueuedMessage

URL = "https://store.example/gh2.jpg"


def outgoing(text: str = "Да", *, chat: object = 10000001, **more: Any) -> OutgoingMessage:
    """A message to a chat."""
    to = Address(ChannelName("telegram"), str(chat), "10000001")
    return OutgoingMessage(**{"to": to, "answers": TranscriptId(7), "number": 0, "text": text, **more})


def queued(text: str = "Да", *, chat: object = 10000001, **more: Any) -> QueuedMessage:
    """A message that waits to be sent."""
    return QueuedMessage(id=TranscriptId(8), message=outgoing(text, chat=chat, **more))


def buttons(count: int = 1, *, label: str = "b") -> tuple[tuple[OutgoingButton, ...], ...]:
    """So many rows of one button."""
    return tuple((OutgoingButton(f"{label}{number}", Action("a.do", (str(number),))),) for number in range(count))


def attached(kind: AttachmentKind = AttachmentKind.PHOTO, source: str = URL, name: str = "") -> Attachment:
    """A file."""
    return Attachment(kind=kind, name=name, source=source)
