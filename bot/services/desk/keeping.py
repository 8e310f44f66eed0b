"""Keeping: every change of a ticket is stored with its line in the log and with what falls due for it next."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.actions import Action
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import QUEUED, Ticket, TicketChange, TicketEvent, TicketState
from bot.domain.job import Job
from bot.domain.messages import Address
from bot.domain.timer import Timer
from bot.services.books import JobBook, Timers
from bot.services.desk.books import DeskBooks
from bot.services.desk.timing import Timing
from bot.services.staff import StaffBook

DUE, QUIET, PROMISE, TARGET = "desk.due", "desk.quiet", "desk.promise", "desk.target"
"""Actions of a ticket's timers, each with its number: a lease or a snooze is over; nobody says anything any more; a
promise is near or broken; it should have been over by now."""
RENAME_TOPIC = "desk.rename-topic"
"""The job that brings the titles of a ticket's topics up to date."""
_AN_HOUR, _A_DAY = timedelta(hours=1), timedelta(days=1)
_SEEN_IN_TITLES = frozenset(
    {
        TicketEvent.CLAIMED,
        TicketEvent.ANSWERED,
        TicketEvent.SNOOZED,
        TicketEvent.WOKEN,
        TicketEvent.RELEASED,
        TicketEvent.EXPIRED,
        TicketEvent.RESOLVED,
        TicketEvent.WITHDRAWN,
        TicketEvent.REOPENED,
    }
)
_WARNED_PART = 4


class DeskUnit(Protocol):
    """What is needed of a unit of work."""

    @property
    def desk(self) -> DeskBooks: ...
    @property
    def staff(self) -> StaffBook: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def jobs(self) -> JobBook: ...


class Keeping:
    """Never commits. Raises ConflictError for what somebody else changed."""

    def __init__(self, terms: DeskTerms, timing: Timing) -> None:
        self._terms = terms
        self._timing = timing

    async def keep(
        self,
        uow: DeskUnit,
        ticket: Ticket,
        event: TicketEvent,
        now: datetime,
        *,
        by: Address | None = None,
        note: str = "",
    ) -> Ticket:
        """Store what became of a ticket."""
        kept = await uow.desk.tickets.keep(ticket)
        await self.log(uow, kept, event, now, by=by, note=note)
        await self.wind(uow, kept, now)
        await self._retitle(uow, kept, event, now)
        return kept

    async def _retitle(self, uow: DeskUnit, ticket: Ticket, event: TicketEvent, now: datetime) -> None:
        """Bring the titles of the customer's topics up to date."""
        channels = {room.channel for room in self._terms.rooms} if event in _SEEN_IN_TITLES else set()
        for channel in sorted(channels):
            if await uow.desk.rooms.of(ticket.customer, channel=channel) is not None:
                await uow.jobs.add(Job(kind=RENAME_TOPIC, address=ticket.customer, args=(str(ticket.id),)), at=now)
                return

    async def log(
        self,
        uow: DeskUnit,
        ticket: Ticket,
        event: TicketEvent,
        now: datetime,
        *,
        by: Address | None = None,
        note: str = "",
    ) -> None:
        """Write a line about a ticket."""
        change = TicketChange(ticket=ticket.id, at=now, event=event, state=ticket.state, by=by, note=note)
        await uow.desk.tickets.log(change)

    async def wind(self, uow: DeskUnit, ticket: Ticket, now: datetime) -> None:
        """Set the timers of a ticket to what falls due for it next."""
        is_answered = may_be_quiet(ticket)
        await _set(uow, ticket, DUE, ticket.snoozed_until or ticket.lease_until)
        await _set(uow, ticket, QUIET, now + self._terms.ends_after if is_answered else None)
        await _set(uow, ticket, PROMISE, self.warned_at(ticket))
        await _set(uow, ticket, TARGET, self.looked_at(ticket, now) if ticket.is_open else None)

    async def ring_at(self, uow: DeskUnit, ticket: Ticket, at: datetime) -> None:
        """Look at a promise again at that moment."""
        await _set(uow, ticket, PROMISE, at)

    async def look_at(self, uow: DeskUnit, ticket: Ticket, at: datetime) -> None:
        """See at that moment whether it is over."""
        await _set(uow, ticket, TARGET, at)

    def target(self, ticket: Ticket) -> datetime:
        """Return when a ticket should be over."""
        return self._timing.after(ticket.opened_at, self._resolving(ticket))

    def looked_at(self, ticket: Ticket, now: datetime) -> datetime:
        """Return when to see next whether it is over: when it is high time, later when it should be."""
        high_time = self._timing.after(ticket.opened_at, self._resolving(ticket) * (_WARNED_PART - 1) / _WARNED_PART)
        return high_time if now < high_time else self.target(ticket)

    def lease(self, now: datetime) -> datetime:
        """Return until when a holder may owe an answer."""
        return self._timing.after(now, self._terms.lease)

    def promise(self, ticket: Ticket, now: datetime, *, broken: int = 0) -> datetime:
        """Return until when an answer is promised, later every time a promise was `broken`."""
        return self._timing.promise(now, self._allowance(ticket) * 2**broken)

    def warned_at(self, ticket: Ticket) -> datetime | None:
        """Return when it is high time to keep a promise; None where nothing is promised."""
        is_due = ticket.owed_since is not None and ticket.is_open and ticket.state is not TicketState.SNOOZED
        if ticket.promised_at is None or not is_due:
            return None
        return ticket.promised_at - self._allowance(ticket) / _WARNED_PART

    def _resolving(self, ticket: Ticket) -> timedelta:
        return self._terms.resolves_in.get(ticket.priority, _A_DAY)

    def _allowance(self, ticket: Ticket) -> timedelta:
        return self._terms.answers_in.get(ticket.priority, _AN_HOUR)


def may_be_quiet(ticket: Ticket) -> bool:
    """Whether nothing is owed, so that silence ends it: it was answered, and perhaps given back since."""
    is_waiting = ticket.state is TicketState.ANSWERING or ticket.state in QUEUED
    return is_waiting and ticket.owed_since is None


async def _set(uow: DeskUnit, ticket: Ticket, verb: str, due_at: datetime | None) -> None:
    key = f"{verb}:{ticket.id}"
    if due_at is None:
        await uow.timers.cancel(ticket.customer, key)
        return
    action = Action(verb, (str(ticket.id),))
    await uow.timers.set(Timer(key=key, address=ticket.customer, due_at=due_at, action=action))
