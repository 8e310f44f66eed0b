"""Workers: a few processes that work on pictures, started when needed and killed when they take too long."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.pictures.bounds import MOST_AT_ONCE, READ_SECONDS
from bot.pictures.frames import HEAD, length, pack

COMMAND = (sys.executable, "-I", "-m", "bot.pictures.worker")
"""Isolated: nothing of the environment, where the secrets are, and nothing of the current folder gets in."""

_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class WorkerError(Exception):
    """A process took too long or broke; it is gone, and with it what it was working on."""


class Workers:
    """Hands requests to processes, `most` at a time; the others wait for a free one. Survives all that processes do."""

    def __init__(self, *, command: Sequence[str] = COMMAND, most: int = MOST_AT_ONCE) -> None:
        self._command = command
        self._free = asyncio.Semaphore(most)
        self._idle: list[Process] = []

    async def ask(self, request: bytes, *, seconds: float = READ_SECONDS) -> bytes:
        """Return the answer to `request`, never empty.

        Raises:
            WorkerError: there is none after `seconds`, waiting for a free process left out.
        """
        async with self._free:
            try:
                async with asyncio.timeout(seconds):
                    return await self._answer(request)
            except TimeoutError:
                raise WorkerError("too slow") from None
            except (asyncio.IncompleteReadError, OSError) as error:
                raise WorkerError(type(error).__name__) from error

    async def close(self) -> None:
        """End the processes that wait for work; whoever asks later starts new ones."""
        while self._idle:
            await _end(self._idle.pop())

    async def _answer(self, request: bytes) -> bytes:
        if self._idle:
            try:
                return await self._ask(self._idle.pop(), request)
            except (asyncio.IncompleteReadError, ConnectionError):
                pass  # it had waited long enough and ended just now
        return await self._ask(await self._start(), request)

    async def _ask(self, process: Process, request: bytes) -> bytes:
        is_whole = False
        try:
            answer = await _exchange(process, request)
            is_whole = bool(answer)
        finally:
            if is_whole:
                self._idle.append(process)
            else:
                await _end(process)
        return answer

    async def _start(self) -> Process:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment
        )


@asynccontextmanager
async def open_workers(*, command: Sequence[str] = COMMAND, most: int = MOST_AT_ONCE) -> AsyncIterator[Workers]:
    """Have workers while the block lasts; none runs before it is needed."""
    workers = Workers(command=command, most=most)
    try:
        yield workers
    finally:
        await workers.close()


async def _exchange(process: Process, request: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise BrokenPipeError("no pipes")
    process.stdin.write(pack(request))
    await process.stdin.drain()
    return await process.stdout.readexactly(length(await process.stdout.readexactly(HEAD)))


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()
