"""Period: a stretch of the calendar such as a year or fourteen days, counted in the brand's time zone."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_PERIOD = re.compile(r"P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?")
_LAST_YEAR = 9998


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Months and days, added in this order."""

    months: int = 0
    days: int = 0

    def __bool__(self) -> bool:
        return bool(self.months or self.days)

    def after(self, day: date) -> date:
        """Count from `day`; a day that a month does not have is its last one."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        if year > _LAST_YEAR:
            return date(_LAST_YEAR, 12, 31)
        moved = day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
        left = (date(_LAST_YEAR, 12, 31) - moved).days
        return moved + timedelta(days=min(self.days, left))

    def before(self, day: date) -> date:
        """Count back from `day`."""
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        moved = day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
        return moved - timedelta(days=self.days)

    def end(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Tell when the last day of the period, counted from the day of `moment`, is over in `zone`."""
        last = self.after(moment.astimezone(zone).date())
        return datetime.combine(last + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)


def read_period(text: str) -> Period:
    """Read an ISO 8601 period of years, months, weeks or days: ``P12M``.

    Raises:
        ValueError: it is no such period.
    """
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no period")
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return Period(months=years * 12 + months, days=weeks * 7 + days)
