"""Ending: tickets closed, opened again, put off."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue.staff import HANDOFF, Job, say
from bot.domain.actions import Action
from bot.domain.desk.errors import NoTicketError
from bot.domain.replies import Button, Phrase, Reply
from bot.skills.desk.parts import DeskParts, tell_customer
from bot.skills.desk.promises import promised
from bot.skills.desk.taking import Taking, sit

LONGEST_REASON = 200
_PERIOD = re.compile(r"(\d{1,3})\s*([^\W\d_]*)")
_UNITS = {"words-minutes": timedelta(minutes=1), "words-hours": timedelta(hours=1), "words-days": timedelta(days=1)}
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
        await sit(job, None)
        again = Button(Phrase("desk-reopen-button"), Action("desk.reopen", (str(ended.id),)))
        done = Reply(text=Phrase("desk-closed", {"ticket": ended.id}), buttons=((again,),), answer=HANDOFF)
        return [done, await tell_customer(job.turn, ended, Phrase("desk-ended"))]

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
        period = self._period(job.order.rest)
        if period is None:
            return say("desk-hold-how-long")
        ticket = await self._taking.own(job)
        until = job.turn.now + period
        held = await self._parts.tickets.snooze(job.turn.uow, ticket, by=job.own, until=until, now=job.turn.now)
        when = promised(until, job.turn, self._parts.translator)
        return say("desk-held", ticket=held.id, when=when)

    def _period(self, text: str) -> timedelta | None:
        """Read ``3h``, ``30 мин``, ``2``; a number alone counts hours."""
        match = _PERIOD.match(text.strip().casefold())
        if match is None:
            return None
        unit = next(
            (length for key, length in _UNITS.items() if match[2] in self._parts.translator.words(key)),
            timedelta(hours=1) if not match[2] else None,
        )
        return min(int(match[1]) * unit, _LONGEST_SNOOZE) if unit is not None and int(match[1]) > 0 else None
