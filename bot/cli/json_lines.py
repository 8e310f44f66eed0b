"""`klubok chat --json`: one line of JSON in, one line of JSON out, in order."""

import sys
from codecs import BOM_UTF8
from datetime import UTC, datetime
from io import TextIOWrapper
from typing import TextIO
from uuid import uuid4

from bot.app import App
from bot.channels.console.channel import ConsoleChannel
from bot.channels.console.parse import CONSOLE, Advance, LineError, parse_line
from bot.channels.console.render import answer_line
from bot.cli.lines import LONGEST_LINE, LineReader
from bot.domain.errors import ConflictError, StorageError
from bot.domain.messages import Event
from bot.knowing import Knowledge
from bot.runtime.clock import MovableClock

LAST_YEAR = 9000
"""Forms set timers beyond the current time, and a date ends with the year 9999."""


class JsonLines:
    """Reads lines, lets the core answer each, writes what was said in one line.

    An answer is written right after it was marked as sent: a kill in that moment (well under a millisecond) loses it
    rather than saying it twice. What an earlier run had answered but not marked is written when its line comes again,
    or in a line of its own at the end.
    """

    def __init__(self, *, clock: MovableClock, lines: LineReader, out: TextIO) -> None:
        self.channel = ConsoleChannel()
        self._clock = clock
        self._lines = lines
        self._out = out

    async def run(self, app: App, knowledge: Knowledge) -> None:
        """Serve until the input ends."""
        while (line := await self._lines.read()) is not None:
            await self._serve(line, app, knowledge)
        await self._write_owed(app)

    async def _serve(self, line: bytes, app: App, knowledge: Knowledge) -> None:
        try:
            read = parse_line(_decode(line), at=self._clock.now(), new_id=_new_id)
            await knowledge.refresh()
            await (self._advance(read, app) if isinstance(read, Advance) else self._answer(read, app))
        except LineError as error:
            self._write_failure(error.chat, error.id, str(error))

    async def _answer(self, event: Event, app: App) -> None:
        is_accepted = False
        try:
            is_accepted = await app.inbox.accept(event)
            await app.settle()
            await self._deliver(event.id, app)
            while (job_ended := await app.finish_job()) is not None:
                await self._deliver(job_ended, app)
        except (StorageError, ConflictError) as error:
            advice = "it is stored and will be answered" if is_accepted else "nothing was stored, send it again"
            self._write_failure(event.sender.chat_id, event.id, f"{error} ({advice})")
            return
        self._write_answer(event.sender.chat_id, event.id)

    async def _deliver(self, event_id: str, app: App) -> None:
        row = await app.find(CONSOLE, event_id)
        if row is not None:
            await app.deliver(answers=row)

    async def _advance(self, advance: Advance, app: App) -> None:
        line_id = advance.id or _new_id()
        until = self._later(advance)
        try:
            while (due := await app.next_due_at()) is not None and due <= until:
                self._clock.move_to(due)
                if not await app.wake():
                    break
            self._clock.move_to(until)
            await app.deliver()
            while await app.finish_job() is not None:
                await app.deliver()
        except (StorageError, ConflictError) as error:
            self._write_failure(None, line_id, str(error))
            return
        self._write_answer(None, line_id, now=until.isoformat())

    def _later(self, advance: Advance) -> datetime:
        try:
            until = self._clock.now() + advance.by
        except OverflowError:
            until = datetime.max.replace(tzinfo=UTC)
        if until.year > LAST_YEAR:
            raise LineError(f"the clock cannot be moved beyond the year {LAST_YEAR}")
        return until

    async def _write_owed(self, app: App) -> None:
        """Write what nobody asked for again: one line for each event that an earlier run had answered."""
        await app.settle()
        for event, chat in (await app.owed(CONSOLE)).items():
            event_id = await app.event_id(event)
            await app.deliver(answers=event)
            self._write_answer(chat, event_id)

    def _write_answer(self, chat: str | None, line_id: str | None, **more: object) -> None:
        self._write(answer_line(chat, line_id, self.channel.take(), **more))

    def _write_failure(self, chat: str | None, line_id: str | None, error: str) -> None:
        self.channel.take()  # not marked as sent: it comes with the line's repeat, or at the end
        self._write(answer_line(chat, line_id, (), error=error))

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()


def utf8_output() -> TextIO:
    """Standard output as UTF-8, whatever the terminal thinks."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return sys.stdout


def _decode(line: bytes) -> str:
    if len(line) > LONGEST_LINE:
        raise LineError(f"this line is longer than {LONGEST_LINE} bytes")
    return line.removeprefix(BOM_UTF8).decode("utf-8", "replace")


def _new_id() -> str:
    return uuid4().hex
