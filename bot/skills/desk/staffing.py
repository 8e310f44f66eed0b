"""Staffing: who is there."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import HANDOFF, Job, say
from bot.domain.replies import Card, Line, Phrase, Reply
from bot.services.desk.books import Seat
from bot.services.desk.workers import answerers, leads


class Staffing:
    """`/help`, `/online`, `/offline`, `/team`."""

    async def help(self, job: Job) -> Sequence[Reply]:
        """List the commands that the asker has."""
        is_leading = await leads(job.turn.uow, job.own)
        return say("desk-help", role="leader" if is_leading else "operator")

    async def online(self, job: Job) -> Sequence[Reply]:
        """Be there for new tickets."""
        await _be(job, is_online=True)
        return say("desk-online", count=len(await job.turn.uow.desk.tickets.queue()))

    async def offline(self, job: Job) -> Sequence[Reply]:
        """Be told of no new tickets; the own ones stay."""
        await _be(job, is_online=False)
        return say("desk-offline", count=len(await job.turn.uow.desk.tickets.held(job.own)))

    async def team(self, job: Job) -> Sequence[Reply]:
        """Show who is there and what they have."""
        seats = {seat.operator: seat for seat in await job.turn.uow.desk.seats.all()}
        held = await job.turn.uow.desk.tickets.held()
        lines: list[Line] = []
        for each in await answerers(job.turn.uow):
            seat = seats.get(each)
            state = "unknown" if seat is None else "online" if seat.is_online else "offline"
            name = await job.turn.uow.people.name(each) or each.user_id
            count = sum(ticket.is_held_by(each) for ticket in held)
            lines.append(Phrase("desk-team-line", {"name": name, "state": state, "count": count}))
        return [Reply(text=Card(title=Phrase("desk-team"), lines=tuple(lines)), answer=HANDOFF)]


async def _be(job: Job, *, is_online: bool) -> None:
    book = job.turn.uow.desk.seats
    seat = await book.get(job.own) or Seat(operator=job.own, is_online=is_online, since=job.turn.now)
    await book.put(replace(seat, is_online=is_online, since=job.turn.now))
