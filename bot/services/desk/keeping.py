"""Keeping: every change of a ticket is stored with its line in the log and with what falls due for it next."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.actions import Action
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Ticket, TicketChange, TicketEvent, TicketState
from bot.domain.messages import Address
from bot.domain.timer import Timer
from bot.services.books import Timers
from bot.services.desk.books import DeskBooks
from bot.services.desk.timing import Timing
from bot.services.staff import StaffBook

DUE, QUIET, PROMISE = "desk.due", "desk.quiet", "desk.promise"
"""Actions of a ticket's timers, each with its number: a lease or a snooze is over; nobody says anything any more; a
promise is near or broken."""
_AN_HOUR = timedelta(hours=1)
_WARNED_PART = 4


class DeskUnit(Protocol):
    """What is needed of a unit of work."""

    @property
    def desk(self) -> DeskBooks: ...
    @property
    def staff(self) -> StaffBook: ...
    @property
    def timers(self) -> Timers: ...


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
        return kept

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
        is_answered = ticket.state is TicketState.ANSWERING and ticket.owed_since is None
        await _set(uow, ticket, DUE, ticket.snoozed_until or ticket.lease_until)
        await _set(uow, ticket, QUIET, now + self._terms.ends_after if is_answered else None)
        await _set(uow, ticket, PROMISE, self.warned_at(ticket))

    async def ring_at(self, uow: DeskUnit, ticket: Ticket, at: datetime) -> None:
        """Look at a promise again at that moment."""
        await _set(uow, ticket, PROMISE, at)

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

    def _allowance(self, ticket: Ticket) -> timedelta:
        return self._terms.answers_in.get(ticket.priority, _AN_HOUR)


async def _set(uow: DeskUnit, ticket: Ticket, verb: str, due_at: datetime | None) -> None:
    key = f"{verb}:{ticket.id}"
    if due_at is None:
        await uow.timers.cancel(ticket.customer, key)
        return
    action = Action(verb, (str(ticket.id),))
    await uow.timers.set(Timer(key=key, address=ticket.customer, due_at=due_at, action=action))
