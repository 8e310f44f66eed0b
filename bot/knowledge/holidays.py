"""Production calendars of countries: days off, those moved from weekends included, and weekends that are worked."""

from datetime import date
from functools import lru_cache
from typing import Any

from bot.domain.desk.calendar import DayOff, no_days_off


def is_known(country: str) -> bool:
    """Whether there is a calendar of that country (ISO 3166, two letters)."""
    import holidays  # noqa: PLC0415 - most commands need no calendar

    return country in holidays.list_supported_countries()


def days_off(country: str) -> DayOff:
    """Return what the calendar of a country says of a day; for no country, or an unknown one, it says nothing."""
    if not country or not is_known(country):
        return no_days_off

    def says(day: date) -> bool | None:
        calendar = _calendar(country, day.year)
        if day in calendar:
            return True
        return False if day in calendar.weekend_workdays else None

    return says


@lru_cache(maxsize=64)
def _calendar(country: str, year: int) -> Any:
    import holidays  # noqa: PLC0415 - as above

    return holidays.country_holidays(country, years=year, expand=False)
