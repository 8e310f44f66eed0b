"""Window: how many requests a platform may have counted within a second, as far as we can know."""

from collections import deque
from heapq import heappop, heappush

SECOND = 1.0
UNKNOWN_WAIT = 0.05
"""Seconds until the next look when all that is counted is still on its way."""
_REMEMBERED = 64


class Window:
    """Keeps requests below a bound in every second as the platform sees it, in seconds of one steady clock.

    A request that took longer than the quickest of late may have reached the platform later than others, so it is
    counted from when it may have arrived at the latest; one that is not answered yet is counted until it is.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._counted = 0
        self._arrived: list[float] = []
        self._took: deque[float] = deque(maxlen=_REMEMBERED)

    def wait(self, now: float) -> float:
        """Return how long to wait, at least, before one more may leave; 0 when it may."""
        while self._arrived and self._arrived[0] <= now - SECOND:
            heappop(self._arrived)
            self._counted -= 1
        if self._counted < self._most:
            return 0.0
        return self._arrived[0] + SECOND - now if self._arrived else UNKNOWN_WAIT

    def leave(self) -> None:
        """Count a request that leaves."""
        self._counted += 1

    def answer(self, left_at: float, now: float) -> None:
        """Note that a request was answered, or failed."""
        took = now - left_at
        self._took.append(took)
        heappush(self._arrived, left_at + took - min(self._took))
