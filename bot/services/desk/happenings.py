"""Happenings: what becomes of tickets by themselves, when their timers ring: perhaps too early, too late or twice."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.desk import moves
from bot.domain.desk.ticket import Ticket, TicketEvent, TicketId
from bot.services.desk.keeping import DeskUnit, Keeping, may_be_quiet
from bot.services.desk.tickets import Tickets


class Happened(StrEnum):
    """What became of a ticket."""

    WOKEN = "woken"
    FREED = "freed"
    EXPIRED = "expired"
    ENDED = "ended"
    WARNED = "warned"
    BROKEN = "broken"
    NEAR = "near"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """`was` before, `ticket` now."""

    what: Happened
    ticket: Ticket
    was: Ticket


NEAR, LATE = "near", "late"
"""The notes of the log that a ticket was told to be late soon, and to be late."""


class Happenings:
    """Never commits. None where there is nothing to do."""

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets
        self._keeping: Keeping = tickets.keeping

    async def due(self, uow: DeskUnit, number: TicketId, *, now: datetime) -> Happening | None:
        """End a snooze or a lease that is over."""
        ticket = await uow.desk.tickets.find(number)
        if ticket is None or not ticket.is_open:
            return None
        if ticket.snoozed_until is not None and ticket.snoozed_until <= now:
            woken = moves.wake(ticket, now=now, lease_until=self._keeping.lease(now))
            kept = await self._keeping.keep(uow, woken, TicketEvent.WOKEN, now)
            freed = await self._tickets.free_of_who_left(uow, kept, now=now)
            return Happening(what=Happened.WOKEN if freed.is_held else Happened.FREED, ticket=freed, was=ticket)
        if ticket.lease_until is not None and ticket.lease_until <= now:
            released = await self._tickets.release(uow, ticket, now=now, is_expired=True)
            return Happening(what=Happened.EXPIRED, ticket=released, was=ticket)
        await self._keeping.wind(uow, ticket, now)
        return None

    async def quiet(self, uow: DeskUnit, number: TicketId, *, now: datetime) -> Happening | None:
        """End a ticket that was answered and about which nobody says anything any more."""
        ticket = await uow.desk.tickets.find(number)
        if ticket is None or not may_be_quiet(ticket):
            return None
        if now < await self._answered_at(uow, ticket) + self._tickets.terms.ends_after:
            await self._keeping.wind(uow, ticket, now)
            return None
        ended = moves.resolve(ticket, now=now, reason="quiet")
        kept = await self._keeping.keep(uow, ended, TicketEvent.RESOLVED, now, note="quiet")
        return Happening(what=Happened.ENDED, ticket=kept, was=ticket)

    async def target(self, uow: DeskUnit, number: TicketId, *, now: datetime) -> Happening | None:
        """Warn that a ticket should be over soon, and tell when it should have been: once each time it is opened."""
        ticket = await uow.desk.tickets.find(number)
        if ticket is None or not ticket.is_open or may_be_quiet(ticket):
            return None
        target, looked_at = self._keeping.target(ticket), self._keeping.looked_at(ticket, now)
        if now < looked_at < target:  # it was opened anew meanwhile
            await self._keeping.look_at(uow, ticket, looked_at)
            return None
        what, note = (Happened.LATE, LATE) if now >= target else (Happened.NEAR, NEAR)
        if what is Happened.NEAR:
            await self._keeping.look_at(uow, ticket, target)
        log = await uow.desk.tickets.changes(ticket.id)
        since_then = [change for change in log if change.at >= ticket.opened_at]
        if any(change.event is TicketEvent.WARNED and change.note == note for change in since_then):
            return None
        await self._keeping.log(uow, ticket, TicketEvent.WARNED, now, note=note)
        return Happening(what=what, ticket=ticket, was=ticket)

    async def promise(self, uow: DeskUnit, number: TicketId, *, now: datetime) -> Happening | None:
        """Warn before a promise breaks, once; promise anew when it broke, later every time."""
        ticket = await uow.desk.tickets.find(number)
        if ticket is None or ticket.promised_at is None or self._keeping.warned_at(ticket) is None:
            return None
        if ticket.promised_at <= now:
            return await self._break(uow, ticket, now)
        log = await uow.desk.tickets.changes(ticket.id)
        promised = ticket.promised_at.isoformat()
        if any(change.event is TicketEvent.WARNED and change.note == promised for change in log):
            return None
        warned_at = self._keeping.warned_at(ticket)
        if warned_at is not None and now < warned_at:
            await self._keeping.wind(uow, ticket, now)
            return None
        await self._keeping.log(uow, ticket, TicketEvent.WARNED, now, note=promised)
        await self._keeping.ring_at(uow, ticket, ticket.promised_at)
        return Happening(what=Happened.WARNED, ticket=ticket, was=ticket)

    async def _break(self, uow: DeskUnit, ticket: Ticket, now: datetime) -> Happening:
        log = await uow.desk.tickets.changes(ticket.id)
        broken = sum(change.event is TicketEvent.PROMISED for change in log)
        anew = replace(ticket, promised_at=self._keeping.promise(ticket, now, broken=min(broken, _MOST_DOUBLED)))
        kept = await self._keeping.keep(uow, anew, TicketEvent.PROMISED, now)
        return Happening(what=Happened.BROKEN, ticket=kept, was=ticket)

    async def _answered_at(self, uow: DeskUnit, ticket: Ticket) -> datetime:
        log = await uow.desk.tickets.changes(ticket.id)
        return max((change.at for change in log if change.event in _SAID), default=ticket.opened_at)


_SAID = frozenset({TicketEvent.ANSWERED, TicketEvent.HEARD, TicketEvent.CLAIMED})
_MOST_DOUBLED = 6
