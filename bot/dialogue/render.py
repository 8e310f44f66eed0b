"""From what a skill wants said to messages in the reader's language."""

from bot.dialogue.phrases import Translator
from bot.dialogue.turn import Outcome, Turn
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.domain.replies import (
    Button,
    Card,
    Line,
    OutgoingButton,
    OutgoingMessage,
    Phrase,
    Reply,
    Text,
)


class Renderer:
    """Fills phrases in. Markup and escaping are the channel's matter."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def messages(self, turn: Turn, outcome: Outcome, event: TranscriptId) -> tuple[OutgoingMessage, ...]:
        """Return what `outcome` says, in order, addressed to whom the turn belongs."""
        to, language = turn.event.sender, turn.language
        return tuple(
            self._message(reply, to=to, language=language, event=event, number=number)
            for number, reply in enumerate(outcome.replies)
        )

    def _message(
        self, reply: Reply, *, to: Address, language: str, event: TranscriptId, number: int
    ) -> OutgoingMessage:
        return OutgoingMessage(
            to=to,
            answers=event,
            number=number,
            text=self._text(reply.text, language),
            buttons=tuple(tuple(self._button(button, language) for button in row) for row in reply.buttons if row),
            attachments=reply.attachments,
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
