"""Tickets: what the desk does with them. Every change is stored with its line in the log and its next due time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.actions import Action
from bot.domain.desk import moves
from bot.domain.desk.errors import NoTicketError
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Cause, Priority, Ticket, TicketChange, TicketEvent, TicketId, TicketState
from bot.domain.messages import Address
from bot.domain.timer import Timer
from bot.services.books import Timers
from bot.services.desk.books import DeskBooks
from bot.services.desk.timing import Timing
from bot.services.desk.workers import leads, worker
from bot.services.staff import StaffBook

DUE = "desk.due"
"""The action of a ticket's timer; its argument is the ticket's number."""


class DeskUnit(Protocol):
    """What is needed of a unit of work."""

    @property
    def desk(self) -> DeskBooks: ...
    @property
    def staff(self) -> StaffBook: ...
    @property
    def timers(self) -> Timers: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A ticket after somebody called; `is_news` when nobody waited for it before."""

    ticket: Ticket
    is_news: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What became of a ticket by itself: `was` before, `ticket` now."""

    ticket: Ticket
    was: Ticket


_AN_HOUR = timedelta(hours=1)
_LONGEST_NUMBER = 12


class Tickets:
    """Never commits. What the rules forbid raises a DeskError, what somebody else changed a ConflictError."""

    def __init__(self, terms: DeskTerms, timing: Timing) -> None:
        self.terms = terms
        self.timing = timing

    async def call(
        self,
        uow: DeskUnit,
        customer: Address,
        cause: Cause,
        *,
        topic: str,
        now: datetime,
        priority: Priority = Priority.NORMAL,
    ) -> Called:
        """Have a customer answered by a person: open a ticket, open the last one again, or go on with the open one."""
        last = await uow.desk.tickets.last_of(customer)
        if last is not None and last.is_open:
            return Called(ticket=await self.hear(uow, last, now=now), is_news=False)
        promised = self._promise(priority, now)
        if last is not None and last.resolved_at is not None and now - last.resolved_at <= self.terms.reopens_within:
            reopened = moves.reopen(last, cause=cause, now=now, promised_at=promised)
            return Called(ticket=await self._kept(uow, reopened, TicketEvent.REOPENED, now, note=cause), is_news=True)
        ticket = Ticket(
            id=TicketId(0),
            customer=customer,
            state=TicketState.WAITING,
            cause=cause,
            priority=priority,
            topic=topic,
            opened_at=now,
            owed_since=now,
            promised_at=promised,
        )
        stored = await uow.desk.tickets.add(ticket)
        await self._log(uow, stored, TicketEvent.OPENED, now, by=customer, note=cause)
        await self._schedule(uow, stored)
        return Called(ticket=stored, is_news=True)

    async def hear(self, uow: DeskUnit, ticket: Ticket, *, now: datetime) -> Ticket:
        """Note that the customer wrote."""
        heard = moves.hear(ticket, now=now, lease_until=self._lease(now))
        if heard == ticket:
            return ticket
        return await self._kept(uow, heard, TicketEvent.HEARD, now, by=ticket.customer)

    async def claim(self, uow: DeskUnit, ticket: Ticket, *, by: Address, seat: Address, now: datetime) -> Ticket:
        """Let one of the staff have it, to be worked on at `seat`. Who leads takes it from others too.

        Raises:
            NotStaffError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        if ticket.is_held and not ticket.is_held_by(own) and await leads(uow, own):
            ticket = await self.release(uow, ticket, now=now, by=own)
        claimed = moves.claim(ticket, by=own, seat=seat, lease_until=self._lease(now))
        if claimed == ticket:
            return ticket
        return await self._kept(uow, claimed, TicketEvent.CLAIMED, now, by=own)

    async def answer(self, uow: DeskUnit, ticket: Ticket, *, by: Address, now: datetime) -> Ticket:
        """Note that the holder answered.

        Raises:
            NotStaffError, NotHeldError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        return await self._kept(uow, moves.answer(ticket, by=own, now=now), TicketEvent.ANSWERED, now, by=own)

    async def snooze(self, uow: DeskUnit, ticket: Ticket, *, by: Address, until: datetime, now: datetime) -> Ticket:
        """Put it off.

        Raises:
            NotStaffError, NotHeldError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        return await self._kept(uow, moves.snooze(ticket, by=own, until=until), TicketEvent.SNOOZED, now, by=own)

    async def transfer(self, uow: DeskUnit, ticket: Ticket, *, by: Address, to: Address, now: datetime) -> Ticket:
        """Give it to a colleague, who works on it in private, or where it is shown to all.

        Raises:
            NotStaffError, NotHeldError, TakenError, ResolvedError
        """
        own, other = await worker(uow, by), await worker(uow, to)
        seat = ticket.seat if ticket.seat is not None and self.terms.is_room(ticket.seat) else other
        moved = moves.transfer(ticket, by=own, to=other, seat=seat, lease_until=self._lease(now))
        return await self._kept(uow, moved, TicketEvent.TRANSFERRED, now, by=own)

    async def release(
        self, uow: DeskUnit, ticket: Ticket, *, now: datetime, by: Address | None = None, is_expired: bool = False
    ) -> Ticket:
        """Put it back in the queue, with a new promise where an answer is owed."""
        promised = self._promise(ticket.priority, now) if ticket.owed_since is not None else None
        event = TicketEvent.EXPIRED if is_expired else TicketEvent.RELEASED
        return await self._kept(uow, moves.release(ticket, promised_at=promised), event, now, by=by)

    async def resolve(self, uow: DeskUnit, ticket: Ticket, *, by: Address, reason: str, now: datetime) -> Ticket:
        """End it, by one of the staff.

        Raises:
            NotStaffError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        if ticket.is_held and not ticket.is_held_by(own) and not await leads(uow, own):
            moves.claim(ticket, by=own, seat=own, lease_until=now)  # says who has it
        resolved = moves.resolve(ticket, now=now, reason=reason)
        return await self._kept(uow, resolved, TicketEvent.RESOLVED, now, by=own)

    async def withdraw(self, uow: DeskUnit, ticket: Ticket, *, now: datetime) -> Ticket:
        """End it because the customer needs nobody any more."""
        resolved = moves.resolve(ticket, now=now, reason="")
        return await self._kept(uow, resolved, TicketEvent.WITHDRAWN, now, by=ticket.customer)

    async def reopen(self, uow: DeskUnit, ticket: Ticket, *, by: Address, now: datetime) -> Ticket:
        """Open one again, by one of the staff.

        Raises:
            NotStaffError, StillOpenError
        """
        own = await worker(uow, by)
        promised = self._promise(ticket.priority, now)
        reopened = moves.reopen(ticket, cause=ticket.cause, now=now, promised_at=promised)
        return await self._kept(uow, reopened, TicketEvent.REOPENED, now, by=own)

    async def leave_to_bot(self, uow: DeskUnit, ticket: Ticket, *, now: datetime) -> Ticket:
        """Let the bot go on until somebody takes it."""
        left = moves.leave_to_bot(ticket)
        if left == ticket:
            return ticket
        return await self._kept(uow, left, TicketEvent.LEFT_TO_BOT, now, by=ticket.customer)

    async def due(self, uow: DeskUnit, number: TicketId, *, now: datetime) -> Due | None:
        """Do what fell due for a ticket: a snooze or a lease that is over; None when nothing did.

        Called by the ticket's timer, perhaps too early, too late or twice.
        """
        ticket = await uow.desk.tickets.find(number)
        if ticket is None or not ticket.is_open:
            return None
        if ticket.snoozed_until is not None and ticket.snoozed_until <= now:
            woken = moves.wake(ticket, now=now, lease_until=self._lease(now))
            return Due(ticket=await self._kept(uow, woken, TicketEvent.WOKEN, now), was=ticket)
        if ticket.lease_until is not None and ticket.lease_until <= now:
            return Due(ticket=await self.release(uow, ticket, now=now, is_expired=True), was=ticket)
        await self._schedule(uow, ticket)
        return None

    async def numbered(self, uow: DeskUnit, number: str) -> Ticket:
        """Find a ticket by what was typed for its number.

        Raises:
            NoTicketError: there is none.
        """
        digits = number.strip().lstrip("#№").strip()
        is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_NUMBER
        ticket = await uow.desk.tickets.find(TicketId(int(digits))) if is_number else None
        if ticket is None:
            raise NoTicketError(number.strip())
        return ticket

    def _lease(self, now: datetime) -> datetime:
        return self.timing.after(now, self.terms.lease)

    def _promise(self, priority: Priority, now: datetime) -> datetime:
        return self.timing.promise(now, self.terms.answers_in.get(priority, _AN_HOUR))

    async def _kept(
        self,
        uow: DeskUnit,
        ticket: Ticket,
        event: TicketEvent,
        now: datetime,
        *,
        by: Address | None = None,
        note: str = "",
    ) -> Ticket:
        kept = await uow.desk.tickets.keep(ticket)
        await self._log(uow, kept, event, now, by=by, note=note)
        await self._schedule(uow, kept)
        return kept

    async def _log(
        self,
        uow: DeskUnit,
        ticket: Ticket,
        event: TicketEvent,
        now: datetime,
        *,
        by: Address | None = None,
        note: str = "",
    ) -> None:
        change = TicketChange(ticket=ticket.id, at=now, event=event, state=ticket.state, by=by, note=note)
        await uow.desk.tickets.log(change)

    async def _schedule(self, uow: DeskUnit, ticket: Ticket) -> None:
        key = f"desk:{ticket.id}"
        due_at = ticket.snoozed_until or ticket.lease_until
        if due_at is None:
            await uow.timers.cancel(ticket.customer, key)
            return
        action = Action(DUE, (str(ticket.id),))
        await uow.timers.set(Timer(key=key, address=ticket.customer, due_at=due_at, action=action))
