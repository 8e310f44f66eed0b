"""Digesting: the last week of the desk as a picture, outside of turns."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.desk.ticket import TicketEvent
from bot.domain.job import Job
from bot.services.desk.carrying import Shelf
from bot.services.desk.keeping import DeskUnit
from bot.services.ports import Clock, UnitOfWorkFactory

CHART = "desk.chart"
"""The job that draws the last week; its arguments name calls and answers, its result is the path."""
DAYS = 7
NAME = "week.png"
_CALLS = frozenset({TicketEvent.OPENED, TicketEvent.REOPENED})


class Charts(Protocol):
    """Draws pairs of bars."""

    async def draw(self, days: Sequence[tuple[str, int, int]], legend: tuple[str, str]) -> bytes:
        """Return a PNG: for each day its name and two values."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawWeek:
    """Does the job."""

    uow: UnitOfWorkFactory
    charts: Charts
    shelf: Shelf
    clock: Clock
    zone: Callable[[], ZoneInfo]

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return the path of the picture."""
        zone = self.zone()
        today = self.clock.now().astimezone(zone).date()
        async with self.uow() as uow:
            days = await week(uow, today=today, zone=zone)
        picture = await self.charts.draw(days, (job.args[0], job.args[1]))
        return [await self.shelf.put(NAME, picture)]


async def week(uow: DeskUnit, *, today: date, zone: ZoneInfo) -> list[tuple[str, int, int]]:
    """Count the calls and the answered tickets of the days before `today`, by the brand's clock."""
    since = datetime.combine(today - timedelta(days=DAYS), time(), zone)
    log = await uow.desk.tickets.changes_since(since)
    calls = Counter(change.at.astimezone(zone).date() for change in log if change.event in _CALLS)
    answers = Counter(
        day
        for day, _ in {
            (change.at.astimezone(zone).date(), change.ticket) for change in log if change.event is TicketEvent.ANSWERED
        }
    )
    days = [today - timedelta(days=back) for back in range(DAYS, 0, -1)]
    return [(f"{day:%d.%m}", calls[day], answers[day]) for day in days]
