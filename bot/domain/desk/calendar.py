"""WorkCalendar: when people of the brand work, and arithmetic in working time. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.brand import Hours, Interval

DayOff: TypeAlias = Callable[[date], bool | None]
"""What a country's production calendar says of a day: True for off, False for a day that is worked though its weekday
is not, None for what the week says."""

LONGEST_LOOK = 366
"""Days looked ahead for a working one; a brand that works on none within a year works never."""
_FRIDAY = 4
_ROUND = timedelta(minutes=5)


def no_days_off(day: date) -> bool | None:
    """Know no holidays."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """`hours` in the brand's `zone`, and what the production calendar says. A brand that names no hours is always open.

    All moments are aware; those returned are UTC. Over a change of the clocks the local times hold.
    """

    hours: Hours
    zone: ZoneInfo
    day_off: DayOff = no_days_off

    def is_open(self, at: datetime) -> bool:
        """Whether people work at that moment."""
        if not self.hours.week:
            return True
        return any(since <= at < until for since, until in self._of_day(at.astimezone(self.zone).date()))

    def add(self, at: datetime, working: timedelta) -> datetime:
        """Return the moment until which so much working time passes from `at` on; none of it is the next opening.

        Where nobody works within a year, or no hours are named, it is plain time.
        """
        if not self.hours.week:
            return (at + working).astimezone(UTC)
        left = working
        for since, until in self._stretches(at):
            length = until - since
            if length >= left:
                return since + left
            left -= length
        return (at + working).astimezone(UTC)

    def between(self, since: datetime, until: datetime) -> timedelta:
        """Return how much working time passes from `since` to `until`; none where `until` is before."""
        if not self.hours.week:
            return max(until - since, timedelta())
        passed = timedelta()
        for begins, ends in self._stretches(since):
            if begins >= until:
                break
            passed += min(ends, until) - begins
        return passed

    def promise(self, at: datetime, working: timedelta) -> datetime:
        """Return as `add`, rounded up to five minutes, as people say it."""
        exact = self.add(at, working)
        rest = (exact - datetime(2000, 1, 1, tzinfo=UTC)) % _ROUND
        return exact if not rest else exact + (_ROUND - rest)

    def _stretches(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield working time from `at` on, for a year."""
        first = at.astimezone(self.zone).date()
        for number in range(LONGEST_LOOK):
            for since, until in self._of_day(first + timedelta(days=number)):
                if until > at:
                    yield max(since, at.astimezone(UTC)), until

    def _of_day(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for interval in sorted(self._intervals(day), key=lambda interval: interval.since):
            since, until = (
                datetime.combine(day, moment, self.zone).astimezone(UTC) for moment in (interval.since, interval.until)
            )
            if since < until:
                yield since, until

    def _intervals(self, day: date) -> tuple[Interval, ...]:
        says = self.day_off(day)
        usual = self.hours.week.get(day.weekday(), ())
        if day in self.hours.closed or says is True:
            return ()
        return usual or (self.hours.week.get(_FRIDAY, ()) if says is False else ())
