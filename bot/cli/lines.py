"""LineReader: lines of standard input, awaited; nobody has to wait for a reader that sleeps."""

import asyncio
import os
from threading import Thread

CHUNK = 65_536
LONGEST_LINE = 1_000_000
"""Bytes; the rest of a longer line is read and forgotten, not kept in memory."""


class LineReader:
    """Reads a file descriptor in a thread of its own, which does not keep the program from ending (Ctrl-C)."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue(maxsize=1)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rest = b""
        self._is_over = False

    async def read(self) -> bytes | None:
        """Return the next line without its end, at most one byte longer than LONGEST_LINE; None at the end."""
        line, is_complete = self._cut()
        while not is_complete and not self._is_over:
            chunk = await self._next_chunk()
            self._is_over = not chunk
            self._rest = line + chunk
            line, is_complete = self._cut()
        return line if is_complete or line else None

    def _cut(self) -> tuple[bytes, bool]:
        line, end, rest = self._rest.partition(b"\n")
        self._rest = rest
        return line[: LONGEST_LINE + 1], bool(end)

    async def _next_chunk(self) -> bytes:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            Thread(target=self._work, args=(self._loop,), daemon=True).start()
        return await self._chunks.get()

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        chunk = b"-"
        while chunk:
            chunk = os.read(self._descriptor, CHUNK)
            try:
                asyncio.run_coroutine_threadsafe(self._chunks.put(chunk), loop).result()
            except RuntimeError:  # the loop has closed: nobody reads any more
                return
