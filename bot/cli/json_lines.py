"""`klubok chat --json`: one line of JSON in, one line of JSON out, in order."""

import asyncio
import logging
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import BinaryIO, TextIO
from uuid import uuid4

from bot.app import App, Knowledge
from bot.channels.console.channel import ConsoleChannel
from bot.channels.console.parse import CONSOLE, Advance, LineError, parse_line
from bot.channels.console.render import answer_line
from bot.domain.errors import StorageError
from bot.domain.ids import TranscriptId
from bot.domain.messages import Event
from bot.domain.replies import QueuedMessage
from bot.runtime.clock import MovableClock

logger = logging.getLogger(__name__)

LONGEST_LINE = 1_000_000
"""Bytes; a longer line is refused, not read into memory."""


class JsonLines:
    """Reads lines, lets the core answer each, writes what was said in one line.

    What an earlier run had answered but not sent (it was killed) is `owed`: it is written when the line comes again,
    or in a line of its own at the end, so that nothing is lost and nothing is written twice.
    """

    def __init__(self, *, clock: MovableClock, lines: BinaryIO, out: TextIO) -> None:
        self.channel = ConsoleChannel()
        self._clock = clock
        self._lines = lines
        self._out = out
        self._owed: dict[TranscriptId, str] = {}

    async def run(self, app: App, knowledge: Knowledge) -> None:
        """Serve until the input ends."""
        await app.settle()
        self._owed = {queued.message.answers: queued.message.to.chat_id for queued in await app.queued([CONSOLE])}
        while line := await asyncio.to_thread(self._lines.readline, LONGEST_LINE + 1):
            await self._serve(line, app, knowledge)
        await self._write_owed(app)

    async def _serve(self, line: bytes, app: App, knowledge: Knowledge) -> None:
        try:
            read = parse_line(await self._whole(line), at=self._clock.now(), new_id=_new_id)
        except LineError as error:
            self._write_failure(error.chat, error.id, str(error))
            return
        await knowledge.refresh()
        await (self._advance(read, app) if isinstance(read, Advance) else self._answer(read, app))

    async def _answer(self, event: Event, app: App) -> None:
        is_accepted = False
        try:
            is_accepted = await app.inbox.accept(event)
            await app.settle()
            await self._deliver(app, event, is_repeat=not is_accepted)
        except StorageError as error:
            advice = "it is stored and will be answered" if is_accepted else "nothing was stored, send it again"
            self._write_failure(event.sender.chat_id, event.id, f"{error} ({advice})")
            return
        self._write_answer(event.sender.chat_id, event.id)

    async def _deliver(self, app: App, event: Event, *, is_repeat: bool) -> None:
        if not is_repeat:
            await app.deliver(self._is_not_owed)
            return
        owed = await app.find(event)
        if owed in self._owed:
            await app.deliver(lambda queued: queued.message.answers == owed)
            del self._owed[owed]

    async def _advance(self, advance: Advance, app: App) -> None:
        line_id = _new_id()
        until = self._clock.now() + advance.by
        try:
            while (due := await app.scheduler.next_due_at()) is not None and due <= until:
                self._clock.move_to(due)
                await app.scheduler.wake()
                await app.settle()
            self._clock.move_to(until)
            await app.deliver(self._is_not_owed)
        except StorageError as error:
            self._write_failure(None, line_id, str(error))
            return
        self._write_answer(None, line_id, now=until.isoformat())

    async def _write_owed(self, app: App) -> None:
        """Write what nobody asked for again: one line for each event that an earlier run had answered."""
        for owed, chat in sorted(self._owed.items()):
            await app.deliver(_answering(owed))
            self._write_answer(chat, await app.event_id(owed))

    def _is_not_owed(self, queued: QueuedMessage) -> bool:
        return queued.message.answers not in self._owed

    def _write_answer(self, chat: str | None, line_id: str | None, **more: object) -> None:
        self._write(answer_line(chat, line_id, self.channel.take(), **more))

    def _write_failure(self, chat: str | None, line_id: str | None, error: str) -> None:
        logger.info("line.failed error=%s", error)
        self.channel.take()  # not marked as sent: it comes with a later line
        self._write(answer_line(chat, line_id, (), error=error))

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()

    async def _whole(self, line: bytes) -> str:
        if len(line) > LONGEST_LINE:
            await asyncio.to_thread(self._skip_rest)
            raise LineError(f"this line is longer than {LONGEST_LINE} bytes")
        return line.decode("utf-8", "replace")

    def _skip_rest(self) -> None:
        while (part := self._lines.readline(LONGEST_LINE)) and not part.endswith(b"\n"):
            pass


def standard_streams() -> tuple[BinaryIO, TextIO]:
    """Standard input as bytes, standard output as UTF-8 whatever the terminal thinks."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return sys.stdin.buffer, sys.stdout


def _answering(event: TranscriptId) -> Callable[[QueuedMessage], bool]:
    return lambda queued: queued.message.answers == event


def _new_id() -> str:
    return uuid4().hex
