"""Exporting: tickets as a table, outside of turns: numbers and machine words only, nobody's name and nobody's words."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.desk.ticket import TicketChange, TicketEvent, TicketId
from bot.domain.job import Job
from bot.services.desk.carrying import Shelf
from bot.services.desk.more_books import Score
from bot.services.ports import Clock, UnitOfWork, UnitOfWorkFactory

EXPORT = "desk.export"
"""The job that writes the table of some days; its argument is how many, its result the path."""
NAME = "tickets.csv"
COLUMNS = (
    "ticket",
    "opened_at",
    "channel",
    "cause",
    "priority",
    "tags",
    "first_answer_at",
    "resolved_at",
    "promises_broken",
    "stars",
)
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Does the job."""

    uow: UnitOfWorkFactory
    shelf: Shelf
    clock: Clock

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return the path."""
        since = self.clock.now() - timedelta(days=int(job.args[0]))
        async with self.uow() as uow:
            rows = await table(uow, since=since)
        return [await self.shelf.put(NAME, as_csv(rows).encode())]


async def table(uow: UnitOfWork, *, since: datetime) -> list[Mapping[str, str]]:
    """Return a row for each ticket that was opened, or opened again, from a moment on."""
    log = await uow.desk.tickets.changes_since(since)
    stars = {score.ticket: score for score in await uow.desk.scores.since(since)}
    begun = [change.ticket for change in log if change.event in {TicketEvent.OPENED, TicketEvent.REOPENED}]
    rows = []
    for number in dict.fromkeys(begun):
        own = [change for change in log if change.ticket == number]
        rows.append(await _row(uow, number, own, stars.get(number)))
    return rows


def as_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows as people's spreadsheets read them: with a BOM, semicolons, and nothing that counts as a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _guarded(value) for name, value in row.items()} for row in rows)
    return _BOM + out.getvalue()


async def _row(
    uow: UnitOfWork, number: TicketId, log: Sequence[TicketChange], score: Score | None
) -> Mapping[str, str]:
    ticket = await uow.desk.tickets.find(number)
    return {
        "ticket": str(number),
        "opened_at": log[0].at.isoformat(),
        "channel": str(ticket.customer.channel) if ticket is not None else "",
        "cause": str(ticket.cause) if ticket is not None else "",
        "priority": str(ticket.priority) if ticket is not None else "",
        "tags": " ".join(ticket.tags) if ticket is not None else "",
        "first_answer_at": _first(log, TicketEvent.ANSWERED),
        "resolved_at": _first(reversed(log), TicketEvent.RESOLVED, TicketEvent.WITHDRAWN),
        "promises_broken": str(sum(change.event is TicketEvent.PROMISED for change in log)),
        "stars": str(score.stars) if score is not None else "",
    }


def _first(log: Iterable[TicketChange], *events: TicketEvent) -> str:
    return next((change.at.isoformat() for change in log if change.event in events), "")


def _guarded(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
