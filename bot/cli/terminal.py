"""`klubok chat` for a person: messages to read, buttons to choose by number."""

import sys
from collections.abc import Sequence
from uuid import uuid4

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.app import App
from bot.channels.console.channel import ConsoleChannel
from bot.channels.console.parse import CONSOLE
from bot.cli.lines import LineReader
from bot.domain.actions import Action
from bot.domain.answer import AnswerMeta
from bot.domain.errors import ConflictError, StorageError
from bot.domain.messages import Address, Event, Pressed, Said, Started
from bot.domain.rating import is_rating
from bot.domain.replies import Link, OutgoingButton, OutgoingMessage, Private, ShareContact
from bot.domain.text import clean
from bot.knowing import Knowledge
from bot.runtime.clock import MovableClock

_LEAVING = frozenset({"/quit", "/exit", "/q"})
_HINT = "Type a question, or a button's number. /quit leaves."
_CHAT = Address(CONSOLE, "terminal", "terminal")


class Terminal:
    """One person, one chat."""

    def __init__(self, *, clock: MovableClock, console: Console) -> None:
        self.channel = ConsoleChannel()
        self._clock = clock
        self._console = console
        self._lines = LineReader(sys.stdin.fileno())
        self._buttons: list[OutgoingButton] = []

    async def run(self, app: App, knowledge: Knowledge) -> None:
        """Greet, then answer until the person leaves."""
        self._console.print(_HINT, style="dim")
        await self._answer(Started(id=_new_id(), sender=_CHAT, at=self._clock.now()), app, knowledge)
        while (line := await self._read()) is not None:
            text = clean(line)
            if text.lower() in _LEAVING:
                return
            if text:
                await self._answer(self._event(text), app, knowledge)

    async def _read(self) -> str | None:
        self._console.print("[bold green]›[/] ", end="")
        line = await self._lines.read()
        return None if line is None else line.decode("utf-8", "replace")

    def _event(self, text: str) -> Event:
        numbered = {str(number): button.target for number, button in enumerate(self._buttons, start=1)}
        match numbered.get(text):
            case Action() as action:
                return Pressed(id=_new_id(), sender=_CHAT, at=self._clock.now(), action=action)
            case Private(payload=payload):
                return Started(id=_new_id(), sender=_CHAT, at=self._clock.now(), payload=payload)
            case _:
                return Said(id=_new_id(), sender=_CHAT, at=self._clock.now(), text=text)

    async def _answer(self, event: Event, app: App, knowledge: Knowledge) -> None:
        try:
            await app.inbox.accept(event)
            await knowledge.refresh()
            await app.wake()
            await app.deliver()
            while await app.finish_job() is not None:
                await app.deliver()
        except (StorageError, ConflictError) as error:
            self._console.print(f"{error} (type it again)", style="red")
        self._show(self.channel.take())

    def _show(self, messages: Sequence[OutgoingMessage]) -> None:
        self._buttons = []
        for message in messages:
            self._console.print(message_panel(message.text, message.answer))
            for row in message.buttons:
                self._console.print(*self._lines_of(row), sep="" if _is_small(row) else "\n", soft_wrap=True)

    def _lines_of(self, row: Sequence[OutgoingButton]) -> list[Text]:
        """Number the buttons of a row; thumbs share a line, so that they do not look like choices."""
        lines = []
        for button in row:
            if isinstance(button.target, ShareContact):
                continue  # a number is typed here
            if not isinstance(button.target, Link):
                self._buttons.append(button)
            lines.append(button_line(button, mark=f"[{len(self._buttons)}]"))
        return lines


def message_panel(said: str, meta: AnswerMeta) -> Padding:
    """Show a message in a frame, with what the log keeps of the answer beneath it."""
    text = Text(said)
    if meta.sources:
        confidence = "" if meta.confidence is None else f" {meta.confidence:.2f}"
        text.append(f"\n{meta.kind}{confidence} · {' · '.join(meta.sources)}", style="dim")
    return Padding(Panel(text, expand=False, border_style="cyan"), (0, 0, 0, 2))


def button_line(button: OutgoingButton, *, mark: str) -> Text:
    """Show a button after its `mark`, or the address that it opens."""
    if isinstance(button.target, Link):
        return Text(f"      ↗ {button.label}: {button.target.url}", style="blue")
    return Text(f"  {mark:>5} {button.label}", style="cyan")


def _is_small(row: Sequence[OutgoingButton]) -> bool:
    return all(is_rating(button.target) for button in row)


def _new_id() -> str:
    return uuid4().hex
