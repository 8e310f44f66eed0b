"""Timing: until when the desk answers, as a protocol of the working time."""

from datetime import datetime, timedelta
from typing import Protocol


class Timing(Protocol):
    """Working time of the brand, as it is now."""

    def is_open(self, now: datetime) -> bool:
        """Whether people work at that moment."""
        ...

    def after(self, now: datetime, working: timedelta) -> datetime:
        """Return the moment until which so much working time passes."""
        ...

    def promise(self, now: datetime, working: timedelta) -> datetime:
        """Return the same, rounded up to what is said to people."""
        ...


class AlwaysOpen:
    """A desk without hours."""

    def is_open(self, now: datetime) -> bool:
        """Always."""
        return True

    def after(self, now: datetime, working: timedelta) -> datetime:
        """Add it."""
        return now + working

    def promise(self, now: datetime, working: timedelta) -> datetime:
        """Add it."""
        return now + working
