"""`klubok ask`: one question through the whole core, one answer."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from rich.console import Console

from bot.app import App, Knowledge
from bot.channels.console.channel import ConsoleChannel
from bot.channels.console.parse import CONSOLE
from bot.cli.chat import choose_settings, serve
from bot.cli.terminal import button_line, message_panel
from bot.domain.messages import Address, Said
from bot.domain.replies import OutgoingMessage
from bot.domain.text import clean
from bot.runtime.clock import MovableClock


def answer_once(question: str, *, pack: Path | None) -> None:
    """Answer `question` as a customer would see it, with the kind, the confidence and the sources."""
    clock = MovableClock()
    serve(choose_settings(pack, None), clock, _OneQuestion(question, clock))


class _OneQuestion:
    """Asks and leaves."""

    def __init__(self, question: str, clock: MovableClock) -> None:
        self.channel = ConsoleChannel(self._show)
        self._question = question
        self._clock = clock
        self._console = Console(highlight=False)

    async def run(self, app: App, knowledge: Knowledge) -> None:
        sender = Address(CONSOLE, "ask", "ask")
        event = Said(id=uuid4().hex, sender=sender, at=self._clock.now(), text=clean(self._question))
        await app.inbox.accept(event)
        await app.settle()
        await app.deliver()

    def _show(self, messages: Sequence[OutgoingMessage]) -> None:
        for message in messages:
            self._console.print(message_panel(message))
            for button in (button for row in message.buttons for button in row):
                self._console.print(button_line(button, mark="•"), soft_wrap=True)
