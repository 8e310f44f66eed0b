"""Backoff: how long to wait after something failed, longer each time."""

import asyncio
from random import SystemRandom

_CHANCE = SystemRandom()
FIRST = 0.2


class Backoff:
    """Doubles up to `longest` seconds, with jitter, so that all bots of the world do not come back at once."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._failures = 0

    @property
    def is_first(self) -> bool:
        """Whether nothing failed since the last success."""
        return self._failures == 0

    def succeed(self) -> None:
        """Begin anew."""
        self._failures = 0

    async def fail(self, *, least: float = 0.0) -> None:
        """Wait."""
        pause = min(self._longest, FIRST * 2 ** min(self._failures, 20))
        self._failures += 1
        await asyncio.sleep(max(least, pause * _CHANCE.uniform(0.5, 1.0)))
