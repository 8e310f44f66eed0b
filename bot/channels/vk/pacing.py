"""Pacing: when the next request with one token may leave, whoever sends it."""

import asyncio
from collections.abc import Callable


class Pacing:
    """Requests leave at least one step apart, so that no window of a second ever holds more than `per_second`.

    What was not used is not saved up: neither idleness nor a stall of the loop is followed by a burst. Urgent requests
    overtake the others, of whom only one stands at the door at a time.
    """

    def __init__(self, per_second: float, ticks: Callable[[], float]) -> None:
        self._step = 1 / per_second
        self._ticks = ticks
        self._next_at = ticks()
        self._queue = asyncio.Lock()
        self._door = asyncio.Lock()

    async def take(self, *, is_urgent: bool = False) -> None:
        """Wait until one request may leave."""
        if is_urgent:
            await self._step_out()
            return
        async with self._queue:
            await self._step_out()

    def try_take(self) -> bool:
        """Let a request leave if nobody else wants to and nobody has to wait."""
        if self._queue.locked() or self._door.locked() or self._ticks() < self._next_at:
            return False
        self._next_at = self._ticks() + self._step
        return True

    async def _step_out(self) -> None:
        async with self._door:
            while (pause := self._next_at - self._ticks()) > 0:  # noqa: ASYNC110 - and a sleep may end early
                await asyncio.sleep(pause)
            self._next_at = self._ticks() + self._step
