"""Tickets: what the desk does with them. Every change is stored with its line in the log and its next due time."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.desk import moves
from bot.domain.desk.errors import NewerOpenError, NotHeldError, NoTicketError, TakenError
from bot.domain.desk.terms import DeskTerms
from bot.domain.desk.ticket import Cause, Priority, Ticket, TicketEvent, TicketId, TicketState
from bot.domain.messages import Address
from bot.services.desk.keeping import DeskUnit, Keeping
from bot.services.desk.timing import Timing
from bot.services.desk.workers import answerers, leads, worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A ticket after somebody called; `is_news` when nobody waited for it before."""

    ticket: Ticket
    is_news: bool


_LONGEST_NUMBER = 12


class Tickets:
    """Never commits. What the rules forbid raises a DeskError, what somebody else changed a ConflictError."""

    def __init__(self, terms: DeskTerms, timing: Timing) -> None:
        self.terms = terms
        self.timing = timing
        self.keeping = Keeping(terms, timing)

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
        going_on = await uow.desk.tickets.open_of(customer)
        if going_on is not None and going_on.is_bot_on:
            again = await self.keeping.keep(uow, moves.call_again(going_on), TicketEvent.HEARD, now, by=customer)
            return Called(ticket=await self.hear(uow, again, now=now), is_news=True)
        if going_on is not None:
            return Called(ticket=await self.hear(uow, going_on, now=now), is_news=False)
        last = await uow.desk.tickets.last_of(customer)
        if last is not None and last.resolved_at is not None and now - last.resolved_at <= self.terms.reopens_within:
            again = replace(last, priority=priority)
            promised = self.keeping.promise(again, now)
            reopened = moves.reopen(again, cause=cause, now=now, promised_at=promised, topic=topic)
            kept = await self.keeping.keep(uow, reopened, TicketEvent.REOPENED, now, note=cause)
            return Called(ticket=kept, is_news=True)
        ticket = Ticket(
            id=TicketId(0),
            customer=customer,
            state=TicketState.WAITING,
            cause=cause,
            priority=priority,
            topic=topic,
            opened_at=now,
            owed_since=now,
        )
        stored = await uow.desk.tickets.add(replace(ticket, promised_at=self.keeping.promise(ticket, now)))
        await self.keeping.log(uow, stored, TicketEvent.OPENED, now, by=customer, note=cause)
        await self.keeping.wind(uow, stored, now)
        return Called(ticket=stored, is_news=True)

    async def hear(self, uow: DeskUnit, ticket: Ticket, *, now: datetime) -> Ticket:
        """Note that the customer wrote."""
        heard = moves.hear(ticket, now=now, lease_until=self.keeping.lease(now))
        if not heard.is_held and heard.promised_at is None:
            heard = replace(heard, promised_at=self.keeping.promise(heard, now))
        if heard == ticket:
            return ticket
        return await self.keeping.keep(uow, heard, TicketEvent.HEARD, now, by=ticket.customer)

    async def claim(self, uow: DeskUnit, ticket: Ticket, *, by: Address, seat: Address, now: datetime) -> Ticket:
        """Let one of the staff have it, to be worked on at `seat`. Who leads takes it from others too; what is answered
        past us is nobody's of ours, and anybody may take it.

        Raises:
            NotStaffError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        if ticket.is_held and not ticket.is_held_by(own) and (ticket.is_held_outside or await leads(uow, own)):
            ticket = await self.release(uow, ticket, now=now, by=own)
        claimed = moves.claim(ticket, by=own, seat=seat, lease_until=self.keeping.lease(now))
        if claimed == ticket:
            return ticket
        return await self.keeping.keep(uow, claimed, TicketEvent.CLAIMED, now, by=own)

    async def answer(self, uow: DeskUnit, ticket: Ticket, *, by: Address, now: datetime) -> Ticket:
        """Note that the holder answered.

        Raises:
            NotStaffError, NotHeldError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        return await self.keeping.keep(uow, moves.answer(ticket, by=own, now=now), TicketEvent.ANSWERED, now, by=own)

    async def answered_outside(self, uow: DeskUnit, customer: Address, *, by: str, topic: str, now: datetime) -> Ticket:
        """Note that somebody, the account `by`, answered a customer past us: it is theirs until they are silent.

        Whoever had the ticket has it no more: there is one voice.
        """
        called = await self.call(uow, customer, Cause.INBOX, topic=topic, now=now)
        ticket, who = called.ticket, Address(customer.channel, by or "inbox", by or "inbox")
        if ticket.is_held and not ticket.is_held_by(who):
            ticket = await self.release(uow, ticket, now=now)
        claimed = moves.claim(ticket, by=who, seat=customer, lease_until=self.keeping.lease(now))
        if claimed != ticket:
            ticket = await self.keeping.keep(uow, claimed, TicketEvent.CLAIMED, now, by=who, note=Cause.INBOX)
        answered = moves.answer(ticket, by=who, now=now)
        return await self.keeping.keep(uow, answered, TicketEvent.ANSWERED, now, by=who, note=Cause.INBOX)

    async def take_back(self, uow: DeskUnit, ticket: Ticket, *, by: Address, now: datetime) -> Ticket:
        """Note that the holder took an answer back: one is owed again.

        Raises:
            NotStaffError, NotHeldError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        back = moves.take_back(ticket, by=own, now=now, lease_until=self.keeping.lease(now))
        return await self.keeping.keep(uow, back, TicketEvent.TAKEN_BACK, now, by=own)

    async def free_of_who_left(self, uow: DeskUnit, ticket: Ticket, *, now: datetime) -> Ticket:
        """Put a ticket back in the queue whose holder is none of the staff any more."""
        if (
            not ticket.is_held
            or ticket.is_held_outside
            or any(ticket.is_held_by(each) for each in await answerers(uow))
        ):
            return ticket
        return await self.release(uow, ticket, now=now)

    async def leave_seat(self, uow: DeskUnit, ticket: Ticket, room: Address, *, now: datetime) -> Ticket:
        """Let who holds a ticket work on it in private, where `room` is gone."""
        if ticket.seat != room:
            return ticket
        return await self.keeping.keep(uow, replace(ticket, seat=ticket.operator), TicketEvent.TRANSFERRED, now)

    async def snooze(self, uow: DeskUnit, ticket: Ticket, *, by: Address, until: datetime, now: datetime) -> Ticket:
        """Put it off. What ends while nobody works is promised for when somebody does.

        Raises:
            NotStaffError, NotHeldError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        promised = until if self.timing.is_open(until) else self.timing.promise(until, self.terms.lease)
        snoozed = moves.snooze(ticket, by=own, until=until, promised_at=promised)
        return await self.keeping.keep(uow, snoozed, TicketEvent.SNOOZED, now, by=own)

    async def transfer(self, uow: DeskUnit, ticket: Ticket, *, by: Address, to: Address, now: datetime) -> Ticket:
        """Give it to a colleague, who works on it in private, or where it is shown to all. Who leads gives what others
        have, too.

        Raises:
            NotStaffError, NotHeldError, TakenError, ResolvedError
        """
        own, other = await worker(uow, by), await worker(uow, to)
        seat = ticket.seat if ticket.seat is not None and self.terms.is_room(ticket.seat) else other
        holder = ticket.operator if ticket.operator is not None and await leads(uow, own) else own
        moved = moves.transfer(ticket, by=holder, to=other, seat=seat, lease_until=self.keeping.lease(now))
        return await self.keeping.keep(uow, moved, TicketEvent.TRANSFERRED, now, by=own)

    async def give_back(self, uow: DeskUnit, ticket: Ticket, *, by: Address, now: datetime) -> Ticket:
        """Put it back in the queue, by who has it. Who leads does that to others too.

        Raises:
            NotStaffError, NotHeldError, TakenError
        """
        own = await worker(uow, by)
        if not ticket.is_held:
            raise NotHeldError(ticket.id)
        if not (ticket.is_held_by(own) or ticket.is_held_outside or await leads(uow, own)):
            raise TakenError(ticket)
        return await self.release(uow, ticket, now=now, by=own)

    async def release(
        self, uow: DeskUnit, ticket: Ticket, *, now: datetime, by: Address | None = None, is_expired: bool = False
    ) -> Ticket:
        """Put it back in the queue.

        Where an answer is owed what was promised holds, unless that is over or the lease is: then it is promised anew.
        """
        promised = ticket.promised_at if ticket.owed_since is not None else None
        if ticket.owed_since is not None and (is_expired or promised is None or promised <= now):
            promised = self.keeping.promise(ticket, now)
        event = TicketEvent.EXPIRED if is_expired else TicketEvent.RELEASED
        return await self.keeping.keep(uow, moves.release(ticket, promised_at=promised), event, now, by=by)

    async def resolve(self, uow: DeskUnit, ticket: Ticket, *, by: Address, reason: str, now: datetime) -> Ticket:
        """End it, by one of the staff.

        Raises:
            NotStaffError, TakenError, ResolvedError
        """
        own = await worker(uow, by)
        is_free = not ticket.is_held or ticket.is_held_outside or ticket.is_held_by(own)
        if not is_free and not await leads(uow, own):
            moves.claim(ticket, by=own, seat=own, lease_until=now)  # says who has it
        resolved = moves.resolve(ticket, now=now, reason=reason)
        return await self.keeping.keep(uow, resolved, TicketEvent.RESOLVED, now, by=own)

    async def withdraw(self, uow: DeskUnit, ticket: Ticket, *, now: datetime) -> Ticket:
        """End it because the customer needs nobody any more."""
        resolved = moves.resolve(ticket, now=now, reason="")
        return await self.keeping.keep(uow, resolved, TicketEvent.WITHDRAWN, now, by=ticket.customer)

    async def reopen(self, uow: DeskUnit, ticket: Ticket, *, by: Address, now: datetime) -> Ticket:
        """Open one again, by one of the staff.

        Raises:
            NotStaffError, StillOpenError, NewerOpenError
        """
        own = await worker(uow, by)
        newer = await uow.desk.tickets.open_of(ticket.customer)
        if newer is not None and newer.id != ticket.id:
            raise NewerOpenError(ticket.id, newer.id)
        promised = self.keeping.promise(ticket, now)
        reopened = moves.reopen(ticket, cause=ticket.cause, now=now, promised_at=promised)
        return await self.keeping.keep(uow, reopened, TicketEvent.REOPENED, now, by=own)

    async def leave_to_bot(self, uow: DeskUnit, ticket: Ticket, *, now: datetime) -> Ticket:
        """Let the bot go on until somebody takes it."""
        left = moves.leave_to_bot(ticket)
        if left == ticket:
            return ticket
        return await self.keeping.keep(uow, left, TicketEvent.LEFT_TO_BOT, now, by=ticket.customer)

    def move_room(self, old: Address, new: Address) -> None:
        """Let the desk be in `new` from now on, where it was in `old`."""
        self.terms = replace(self.terms, rooms=tuple(new if room == old else room for room in self.terms.rooms))

    async def find(self, uow: DeskUnit, number: str) -> Ticket | None:
        """Find a ticket by the number that a button or a timer of ours carries."""
        is_number = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER
        return await uow.desk.tickets.find(TicketId(int(number))) if is_number else None

    async def numbered(self, uow: DeskUnit, number: str) -> Ticket:
        """Find a ticket by what was typed for its number.

        Raises:
            NoTicketError: there is none.
        """
        ticket = await self.find(uow, number.strip().lstrip("#№").strip())
        if ticket is None:
            raise NoTicketError(number.strip())
        return ticket
