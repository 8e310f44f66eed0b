"""From what a skill wants said to messages in the reader's language."""

from dataclasses import dataclass

from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Outcome, Turn
from bot.domain.ids import TranscriptId
from bot.domain.messages import AttachmentKind
from bot.domain.replies import (
    Attachment,
    Button,
    Card,
    Line,
    OutgoingButton,
    OutgoingMessage,
    Phrase,
    Reply,
    Text,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply in the reader's language."""

    text: str
    buttons: tuple[tuple[OutgoingButton, ...], ...]
    attachments: tuple[Attachment, ...]


class Renderer:
    """Fills phrases in. Markup and escaping are the channel's matter."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def messages(self, turn: Turn, outcome: Outcome, event: TranscriptId) -> tuple[OutgoingMessage, ...]:
        """Return what `outcome` says, in order, addressed to whom the turn belongs."""
        return tuple(self._message(reply, turn, event, number) for number, reply in enumerate(outcome.replies))

    def show(self, reply: Reply, language: str) -> Shown:
        """Fill one reply in."""
        buttons = tuple(tuple(self._button(button, language) for button in row) for row in reply.buttons if row)
        attachments = (*reply.attachments, *_picture(reply.text))
        return Shown(text=self._text(reply.text, language), buttons=buttons, attachments=attachments)

    def _message(self, reply: Reply, turn: Turn, event: TranscriptId, number: int) -> OutgoingMessage:
        shown = self.show(reply, turn.language)
        return OutgoingMessage(
            to=turn.event.sender,
            answers=event,
            number=number,
            text=shown.text,
            buttons=shown.buttons,
            attachments=shown.attachments,
            answer=reply.answer,
        )

    def _button(self, button: Button, language: str) -> OutgoingButton:
        return OutgoingButton(self._line(button.label, language), button.target)

    def _text(self, text: Phrase | Text | Card, language: str) -> str:
        if not isinstance(text, Card):
            return self._line(text, language)
        lines = [self._line(text.title, language), *(self._line(line, language) for line in text.lines)]
        if text.link:
            lines.append(text.link)
        return "\n".join(lines)

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
