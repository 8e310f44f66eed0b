"""The clocks: the real one, and one that scripts and tests move."""

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The time of the machine."""

    def now(self) -> datetime:
        """Current time, aware, UTC."""
        return datetime.fromtimestamp(time.time(), tz=UTC)

    def ticks(self) -> float:
        """Seconds of a steady clock, for durations only."""
        return time.perf_counter()


class MovableClock(SystemClock):
    """Runs like the real one, or stands at `fixed`; `advance` moves it forward."""

    def __init__(self, fixed: datetime | None = None) -> None:
        self._fixed = fixed
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Current time, aware, UTC."""
        return (self._fixed or super().now()) + self._ahead

    def move_to(self, at: datetime) -> None:
        """Move forward to `at`; a time that has passed changes nothing."""
        self._ahead += max(at - self.now(), timedelta())

    def advance(self, by: timedelta) -> None:
        """Move forward; never backward."""
        self.move_to(self.now() + by)
