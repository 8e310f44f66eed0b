"""Ending: tickets closed, opened again, put off."""

from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue.staff import HANDOFF, Job, say
from bot.domain.actions import Action
from bot.domain.desk.errors import NoTicketError
from bot.domain.desk.ticket import Ticket
from bot.domain.replies import Button, Phrase, Reply
from bot.skills.desk.parts import DeskParts, tell_customer, tell_holder
from bot.skills.desk.periods import read_period
from bot.skills.desk.promises import reminded, tell_promise
from bot.skills.desk.scoring import score_buttons
from bot.skills.desk.taking import Taking, leave
from bot.skills.desk.teaching import teach_button

LONGEST_REASON = 200
_LONGEST_SNOOZE = timedelta(days=30)


class Ending:
    """`/close`, `/reopen`, `/hold`."""

    def __init__(self, parts: DeskParts, taking: Taking) -> None:
        self._parts = parts
        self._taking = taking

    async def close(self, job: Job) -> Sequence[Reply]:
        """End the ticket; the bot answers its customer again."""
        ticket = await self._taking.own(job)
        reason = job.order.rest[:LONGEST_REASON]
        ended = await self._parts.tickets.resolve(job.turn.uow, ticket, by=job.own, reason=reason, now=job.turn.now)
        others = [each for each in await job.turn.uow.desk.tickets.held(job.own) if each.id != ticket.id]
        await leave(job, ticket.id)
        again = Button(Phrase("desk-reopen-button"), Action("desk.reopen", (str(ended.id),)))
        after = (again, teach_button(ended.id)) if self._parts.teach is not None and ticket.answered_at else (again,)
        more = tuple((_switch(each),) for each in others[:_MOST_OTHERS])
        done = Reply(text=Phrase("desk-closed", {"ticket": ended.id}), buttons=(after, *more), answer=HANDOFF)
        is_asked = self._parts.terms.asks_score and ticket.answered_at is not None
        stars = score_buttons(ended) if is_asked else ()
        text = Phrase("desk-ended-score" if is_asked else "desk-ended")
        told = await tell_holder(job.turn, ticket, job.own)
        return [done, await tell_customer(job.turn, ended, text, *stars), *told]

    async def reopen(self, job: Job) -> Sequence[Reply]:
        """Open a ticket again and take it."""
        number = job.order.number or job.order.rest
        ticket = await self._parts.tickets.numbered(job.turn.uow, number) if number else job.ticket
        if ticket is None:
            raise NoTicketError
        reopened = await self._parts.tickets.reopen(job.turn.uow, ticket, by=job.own, now=job.turn.now)
        return await self._taking.take(Job(turn=job.turn, order=job.order, ticket=reopened, own=job.own))

    async def hold(self, job: Job) -> Sequence[Reply]:
        """Put the own ticket off."""
        period = read_period(job.order.rest, self._parts.translator)
        if period is None:
            return say("desk-hold-how-long")
        ticket = await self._taking.own(job)
        until = job.turn.now + min(period, _LONGEST_SNOOZE)
        held = await self._parts.tickets.snooze(job.turn.uow, ticket, by=job.own, until=until, now=job.turn.now)
        when = reminded(until, job.turn, self._parts.translator)
        done = say("desk-held", ticket=held.id, when=when)
        if held.promised_at is None:
            return done
        translator = self._parts.translator
        return [*done, await tell_promise(job.turn, held, "desk-takes-longer", held.promised_at, translator)]


_MOST_OTHERS = 3


def _switch(ticket: Ticket) -> Button:
    return Button(Phrase("desk-switch-button", {"ticket": ticket.id}), Action("desk.take", (str(ticket.id),)))
