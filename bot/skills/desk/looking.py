"""Looking: what is known of a ticket and of its customer."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import HANDOFF, Job
from bot.domain.desk.ticket import Ticket
from bot.domain.replies import Card, Line, Phrase, Reply, Text
from bot.skills.desk.card import handoff_card, shown_lines
from bot.skills.desk.parts import DeskParts
from bot.skills.desk.relaying import note_shown
from bot.skills.desk.taking import Taking

HISTORY_LINES = 30


class Looking:
    """`/who`, `/history`."""

    def __init__(self, parts: DeskParts, taking: Taking) -> None:
        self._parts = parts
        self._taking = taking

    async def who(self, job: Job) -> Sequence[Reply]:
        """Show the handoff card again, with the notes."""
        ticket = await self._meant(job)
        await note_shown(job.turn, ticket, [job.turn.event.sender])
        card = await handoff_card(job.turn, ticket, self._parts, is_taken=ticket.is_held_by(job.own))
        notes = await job.turn.uow.desk.notes.of(ticket.id)
        if not notes or not isinstance(card.text, Card):
            return [card]
        lines: list[Line] = [Phrase("desk-notes"), *(Text(note.text) for note in notes)]
        return [replace(card, text=replace(card.text, lines=(*card.text.lines, *lines)))]

    async def history(self, job: Job) -> Sequence[Reply]:
        """Show what was said, without phones and the like to who does not have the ticket."""
        ticket = await self._meant(job)
        said = await job.turn.uow.transcript.recent(ticket.customer, limit=HISTORY_LINES)
        lines = tuple(shown_lines(said, is_masked=not ticket.is_held_by(job.own)))
        title = Phrase("desk-history", {"ticket": ticket.id, "count": len(lines)})
        return [Reply(text=Card(title=title, lines=lines), answer=HANDOFF)]

    async def _meant(self, job: Job) -> Ticket:
        number = job.order.number or job.order.rest
        if number:
            return await self._parts.tickets.numbered(job.turn.uow, number)
        if job.ticket is not None:
            return job.ticket
        return await self._taking.own(job)
