"""Timing: until when the desk answers, as a protocol of the working time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.desk.calendar import WorkCalendar


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


class WorkingTime:
    """The working time of a calendar, which may be another one in the next call: the brand may change its hours."""

    def __init__(self, calendar: Callable[[], WorkCalendar]) -> None:
        self._calendar = calendar

    def is_open(self, now: datetime) -> bool:
        """Whether people work at that moment."""
        return self._calendar().is_open(now)

    def after(self, now: datetime, working: timedelta) -> datetime:
        """Return the moment until which so much working time passes."""
        return self._calendar().add(now, working)

    def promise(self, now: datetime, working: timedelta) -> datetime:
        """Return the same, rounded up to what is said to people."""
        return self._calendar().promise(now, working)


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
