"""From what a skill wants said to messages in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.dialogue.phrases import Translator
from bot.dialogue.thumbs import named, with_thumbs
from bot.dialogue.turn import Outcome, Turn
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address, AttachmentKind, Pressed
from bot.domain.replies import (
    Attachment,
    Button,
    Card,
    Line,
    Mark,
    MarkKind,
    OutgoingButton,
    OutgoingItem,
    OutgoingMessage,
    Phrase,
    Reply,
    ShelfItem,
    Text,
)

Fit: TypeAlias = Callable[[OutgoingMessage], Sequence[OutgoingMessage]]
"""Divides a message into what one platform takes in one call each."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply in the reader's language."""

    text: str
    marks: tuple[Mark, ...]
    buttons: tuple[tuple[OutgoingButton, ...], ...]
    attachments: tuple[Attachment, ...]
    shelf: tuple[OutgoingItem, ...]


class Renderer:
    """Fills phrases in and divides what is too large. Markup and escaping are the channel's matter.

    `fits` says for each channel how it divides; a channel not named takes everything as it is.
    """

    def __init__(self, translator: Translator, fits: Mapping[ChannelName, Fit] | None = None) -> None:
        self._translator = translator
        self._fits = fits or {}

    def messages(self, turn: Turn, outcome: Outcome, event: TranscriptId) -> tuple[OutgoingMessage, ...]:
        """Return what `outcome` says, in order, addressed to whom the turn belongs."""
        said = (self._message(reply, turn, event) for reply in outcome.replies)
        parts = (part for message in said for part in self._fit(message))
        return tuple(named(replace(part, number=number)) for number, part in enumerate(parts))

    def show(self, reply: Reply, language: str) -> Shown:
        """Fill one reply in."""
        buttons = tuple(tuple(self._button(button, language) for button in row) for row in reply.buttons if row)
        text, marks = self._text(reply.text, language)
        return Shown(
            text=text,
            marks=marks,
            buttons=buttons,
            attachments=(*reply.attachments, *_picture(reply.text)),
            shelf=tuple(self._item(item, language) for item in reply.shelf),
        )

    def _fit(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        fit = self._fits.get(message.to.channel)
        return fit(message) if fit is not None else (message,)

    def _message(self, reply: Reply, turn: Turn, event: TranscriptId) -> OutgoingMessage:
        if reply.to is not None:
            return self._message_to(reply.to, reply, turn, event)
        shown = self.show(with_thumbs(reply, turn), turn.language)
        return OutgoingMessage(
            to=turn.event.sender,
            answers=event,
            number=0,
            text=shown.text,
            marks=shown.marks,
            buttons=shown.buttons,
            attachments=shown.attachments,
            answer=reply.answer,
            shelf=shown.shelf,
            page=reply.page,
            replaces=turn.event.ref if reply.replaces and isinstance(turn.event, Pressed) else "",
            client=turn.event.client,
            is_group=turn.event.is_group,
            is_private=reply.is_private,
        )

    def _message_to(self, to: Address, reply: Reply, turn: Turn, event: TranscriptId) -> OutgoingMessage:
        """Say something to somebody else in their private chat, or in a room, which is nobody's own."""
        shown = self.show(reply, reply.language or turn.language)
        return OutgoingMessage(
            to=to,
            answers=event,
            number=0,
            text=shown.text,
            marks=shown.marks,
            buttons=shown.buttons,
            attachments=shown.attachments,
            answer=reply.answer,
            shelf=shown.shelf,
            replaces=reply.edits,
            takes_back=reply.takes_back,
            is_group=not to.user_id,
            is_private=reply.is_private,
        )

    def _button(self, button: Button, language: str) -> OutgoingButton:
        return OutgoingButton(self._line(button.label, language), button.target)

    def _item(self, item: ShelfItem, language: str) -> OutgoingItem:
        return OutgoingItem(
            title=self._line(item.title, language),
            text=self._line(item.text, language),
            button=self._button(item.button, language),
            picture=item.picture,
        )

    def _text(self, text: Phrase | Text | Card, language: str) -> tuple[str, tuple[Mark, ...]]:
        if isinstance(text, Text):
            return text.value, text.marks
        if isinstance(text, Phrase):
            return self._line(text, language), ()
        title = self._line(text.title, language)
        lines = [title, *(self._line(line, language) for line in text.lines), *([text.link] if text.link else [])]
        return "\n".join(lines), (Mark(0, len(title), MarkKind.BOLD),) if title else ()

    def _line(self, line: Line, language: str) -> str:
        match line:
            case Phrase():
                return self._translator.text(line, language)
            case Text(value=value):
                return value


def _picture(text: Phrase | Text | Card) -> tuple[Attachment, ...]:
    """The picture of a card goes along with the message."""
    if not isinstance(text, Card) or not text.picture:
        return ()
    name = text.picture.rstrip("/").rpartition("/")[2].partition("?")[0]
    return (Attachment(kind=AttachmentKind.PHOTO, name=name, source=text.picture),)
