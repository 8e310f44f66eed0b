"""Digesting: the last week of the desk as a picture, outside of turns."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.desk.ticket import TicketEvent
from bot.domain.job import Job
from bot.domain.knowledge import Lesson
from bot.services.desk.carrying import Shelf
from bot.services.desk.keeping import DeskUnit
from bot.services.gaps import GapsService, logged_questions
from bot.services.ports import Clock, UnitOfWork, UnitOfWorkFactory

CHART = "desk.chart"
"""The job that draws the last week; its arguments name calls and answers, its results are the path, then what the bot
was asked in vain most often since the last time."""
GAPS = 3
_READ_UNTIL = "desk.digest.read:"
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
    gaps: GapsService
    lessons: Callable[[], Sequence[Lesson]]

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return the path of the picture, and the gaps."""
        zone = self.zone()
        today = self.clock.now().astimezone(zone).date()
        async with self.uow() as uow:
            days = await week(uow, today=today, zone=zone)
            asked = await self._asked_in_vain(uow, f"{_READ_UNTIL}{job.address.channel}:{job.address.chat_id}")
            await uow.commit()
        picture = await self.charts.draw(days, (job.args[0], job.args[1]))
        return [await self.shelf.put(NAME, picture), *asked]

    async def _asked_in_vain(self, uow: UnitOfWork, key: str) -> Sequence[str]:
        """Read the log from where the last digest for the same place came to; of the first one, the last day."""
        noted = await uow.bookmarks.read(key)
        logged = [question async for question in logged_questions(uow, after=int(noted or 0))]
        if logged:
            await uow.bookmarks.write(key, str(logged[-1].id))
        since = None if noted else self.clock.now() - timedelta(days=1)
        found = await self.gaps.among(uow, logged, lessons=self.lessons(), since=since)
        return [gap.wordings[0] for gap in found[:GAPS]]


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
