"""Back-off: how long to wait after something failed, longer each time."""

import asyncio
import random
from collections.abc import Callable

_GROWTH = 2.0


class BackOff:
    """Pauses, in seconds, that double from `first` up to `longest`.

    Each is up to a quarter shorter or longer by chance, so that all bots of the world do not come back at once.
    """

    def __init__(self, *, first: float, longest: float, chance: Callable[[], float] = random.random) -> None:
        self._first = first
        self._longest = longest
        self._chance = chance
        self._next: float | None = None

    @property
    def is_first(self) -> bool:
        """Whether nothing failed since the last success."""
        return self._next is None

    def reset(self) -> None:
        """Begin anew: it went well."""
        self._next = None

    def next(self) -> float:
        """Say how many seconds to wait now; each time longer."""
        pause = self._first if self._next is None else self._next
        self._next = min(pause * _GROWTH, self._longest)
        return pause * (0.75 + self._chance() / 2)

    async def wait(self, *, least: float = 0.0) -> None:
        """Wait until the next try, `least` so long."""
        await asyncio.sleep(max(least, self.next()))
