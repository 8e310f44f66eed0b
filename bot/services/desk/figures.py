"""Figures: how the desk did, counted from the log of its tickets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.domain.desk.ticket import TicketChange, TicketEvent, TicketId
from bot.services.desk.keeping import DeskUnit

_BEGINS = frozenset({TicketEvent.OPENED, TicketEvent.REOPENED})
_ENDS = frozenset({TicketEvent.RESOLVED, TicketEvent.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one period: how many tickets were `opened`, `answered`, `resolved`; how many wait or are held now.

    `first_answers` is the median time from the call to the first answer, None where none was given. `broken` are
    the tickets, of those `promised` an answer, that did not get it in time.
    `stars` is the mean score, None without `scores`.
    """

    opened: int
    answered: int
    resolved: int
    waiting: int
    held: int
    first_answers: timedelta | None
    promised: int
    broken: int
    scores: int
    stars: float | None


async def figures(uow: DeskUnit, *, since: datetime) -> Figures:
    """Count from a moment on. Reads the log of the period."""
    log = await uow.desk.tickets.changes_since(since)
    scores = await uow.desk.scores.since(since)
    firsts = list(_first_answers(log))
    promised = {change.ticket for change in log if change.event in _BEGINS}
    opened = sum(change.event in _BEGINS for change in log)
    return Figures(
        opened=opened,
        answered=len({change.ticket for change in log if change.event is TicketEvent.ANSWERED}),
        resolved=sum(change.event in _ENDS for change in log),
        waiting=len(await uow.desk.tickets.queue()),
        held=len(await uow.desk.tickets.held()),
        first_answers=timedelta(seconds=median(firsts)) if firsts else None,
        promised=len(promised),
        broken=len(promised & {change.ticket for change in log if change.event is TicketEvent.PROMISED}),
        scores=len(scores),
        stars=sum(score.stars for score in scores) / len(scores) if scores else None,
    )


def _first_answers(log: Sequence[TicketChange]) -> Iterable[float]:
    """Yield how many seconds each call waited for its first answer."""
    called: dict[TicketId, datetime] = {}
    for change in log:
        if change.event in _BEGINS:
            called[change.ticket] = change.at
        elif change.event is TicketEvent.ANSWERED and change.ticket in called:
            yield (change.at - called.pop(change.ticket)).total_seconds()
