"""Blocking: customers who are not answered for a while, or any more; and those who write too much at once."""

from collections import OrderedDict, deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.dialogue.staff import HANDOFF, Job, say
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket, TicketEvent
from bot.domain.messages import Address
from bot.domain.replies import Phrase, Reply
from bot.services.desk.more_books import Block
from bot.services.desk.workers import leads
from bot.skills.desk.parts import DeskParts, tell_customer, tell_holder
from bot.skills.desk.periods import split_period
from bot.skills.desk.taking import Taking

LONGEST_REASON = 200
WITHIN = timedelta(minutes=1)
_REMEMBERED = 10_000
_FOR_GOOD = "none"


class Blocking:
    """`/ban`, `/unban`."""

    def __init__(self, parts: DeskParts, taking: Taking) -> None:
        self._parts = parts
        self._taking = taking

    async def ban(self, job: Job) -> Sequence[Reply]:
        """Stop answering the customer of a ticket: ``/ban 7d reason``; for good, which only who leads may, with no
        time."""
        period, rest = split_period(job.order.rest, self._parts.translator)
        reason = rest.strip()[:LONGEST_REASON]
        if not reason:
            return say("desk-ban-how")
        if period is None and not await leads(job.turn.uow, job.own):
            return say("desk-ban-for-good")
        ticket = await self._taking.own(job)
        if await job.turn.uow.staff.roles(ticket.customer):
            return say("desk-ban-staff")
        until = job.turn.now + period if period is not None else None
        block = Block(customer=ticket.customer, until=until, reason=reason, by=job.own, at=job.turn.now)
        await job.turn.uow.desk.blocks.put(block)
        await self._log(job, ticket, TicketEvent.BLOCKED, note=until.isoformat() if until is not None else _FOR_GOOD)
        holder = await tell_holder(job.turn, ticket, job.own)
        if ticket.is_open:
            ticket = await self._parts.tickets.resolve(
                job.turn.uow, ticket, by=job.own, reason="blocked", now=job.turn.now
            )
        when = _said(until.astimezone(job.turn.brand.timezone), job.turn) if until is not None else _FOR_GOOD
        told = await tell_customer(job.turn, ticket, Phrase("desk-you-are-blocked", {"when": when}))
        return [*say("desk-banned", ticket=ticket.id, when=when), told, *holder]

    async def unban(self, job: Job) -> Sequence[Reply]:
        """Answer the customer of a ticket again; who leads alone lifts what was for good."""
        ticket = await self._meant(job)
        if ticket is None:
            return say("desk-unban-how")
        block = await job.turn.uow.desk.blocks.of(ticket.customer)
        if block is not None and block.until is None and not await leads(job.turn.uow, job.own):
            return say("desk-unban-leader")
        is_lifted = await job.turn.uow.desk.blocks.lift(ticket.customer)
        if not is_lifted:
            return say("desk-not-banned", ticket=ticket.id)
        await self._log(job, ticket, TicketEvent.UNBLOCKED)
        told = await tell_customer(job.turn, ticket, Phrase("desk-you-are-free"))
        return [*say("desk-unbanned", ticket=ticket.id), told]

    async def _log(self, job: Job, ticket: Ticket, event: TicketEvent, *, note: str = "") -> None:
        """Keep who did it: a block that is lifted leaves no other trace."""
        await self._parts.tickets.keeping.log(job.turn.uow, ticket, event, job.turn.now, by=job.own, note=note)

    async def _meant(self, job: Job) -> Ticket | None:
        number = job.order.number or job.order.rest
        return await self._parts.tickets.numbered(job.turn.uow, number) if number else job.ticket


def _said(until: datetime, turn: Turn) -> str:
    """Write a moment, with its year unless it is this one."""
    return f"{until:%d.%m %H:%M}" if until.year == turn.now.year else f"{until:%d.%m.%Y %H:%M}"


async def blocked(turn: Turn) -> Block | None:
    """Return what keeps us from answering whoever writes; None for nearly everybody."""
    block = await turn.uow.desk.blocks.of(turn.conversation.address)
    return block if block is not None and (block.until is None or block.until > turn.now) else None


class Floods:
    """Counts what people write: more than `most` within a minute is a flood, answered by one warning, and no more until
    it is over. None bounds nothing. Kept in memory only: a restart forgives."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._said: OrderedDict[Address, deque[datetime]] = OrderedDict()

    def take(self, turn: Turn) -> Sequence[Reply] | None:
        """Warn who writes too much, once, and be silent after that; None for what is to be answered."""
        if self._most is None:
            return None
        said = self._said.setdefault(turn.event.sender, deque(maxlen=self._most + 2))
        self._said.move_to_end(turn.event.sender)
        if len(self._said) > _REMEMBERED:
            self._said.popitem(last=False)
        said.append(turn.now)
        while said and turn.now - said[0] > WITHIN:
            said.popleft()
        if len(said) <= self._most:
            return None
        return [Reply(text=Phrase("desk-flood"), answer=HANDOFF)] if len(said) == self._most + 1 else []
