"""Pacing: when the next request with one token may leave, whoever sends it."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.services.window import Window

VK_PER_SECOND = 20
"""Requests that VK takes of a community's token."""
_CATCH_UP = 0.25
"""Seconds that the schedule may lag behind: a loop that wakes late now and then still sends its number in a second."""

_CLOSEST = 0.8
"""Of a step: what is late is made up for little by little, as a burst would meet others on the way."""


class Pacing:
    """Requests leave a step apart, and no window of a second ever holds more than `per_second` of them.

    Neither idleness nor a stall of the loop is followed by a burst. Urgent requests overtake the others, of whom only
    one stands at the door at a time. What is late on its way counts against VK's own bound until it must have arrived.
    """

    def __init__(self, per_second: float, ticks: Callable[[], float]) -> None:
        self._step = 1 / per_second
        self._ticks = ticks
        self._slot = ticks()
        self._left: deque[float] = deque(maxlen=max(1, int(per_second)))
        self._window = Window(max(VK_PER_SECOND, int(per_second) + 1))
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
        now = self._ticks()
        if self._queue.locked() or self._door.locked() or now < self._next_at() or self._window.wait(now) > 0:
            return False
        self._leave()
        return True

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Say that a request is on its way until the block ends."""
        self._window.leave()
        left_at = self._ticks()
        try:
            yield
        finally:
            self._window.answer(left_at, self._ticks())

    async def _step_out(self) -> None:
        async with self._door:
            while (pause := max(self._next_at() - self._ticks(), self._window.wait(self._ticks()))) > 0:  # noqa: ASYNC110 - and a sleep may end early
                await asyncio.sleep(pause)
            self._leave()

    def _next_at(self) -> float:
        if not self._left:
            return self._slot
        a_second_ago = self._left[0] + 1.0 if len(self._left) == self._left.maxlen else self._slot
        return max(self._slot, self._left[-1] + _CLOSEST * self._step, a_second_ago)

    def _leave(self) -> None:
        now = self._ticks()
        self._slot = max(self._slot, now - _CATCH_UP) + self._step
        self._left.append(now)
