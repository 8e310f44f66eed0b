"""Marking: notes, tags and priorities of tickets."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import Job, say
from bot.domain.desk.ticket import Priority, TicketEvent
from bot.domain.replies import Reply
from bot.domain.text import fold
from bot.services.desk.books import Note
from bot.skills.desk.parts import DeskParts
from bot.skills.desk.taking import Taking

MOST_TAGS = 10
LONGEST_TAG = 30
_PRIORITIES = {
    "words-priority-low": Priority.LOW,
    "words-priority-normal": Priority.NORMAL,
    "words-priority-high": Priority.HIGH,
    "words-priority-urgent": Priority.URGENT,
}


class Marking:
    """`/note`, `/tag`, `/priority`."""

    def __init__(self, parts: DeskParts, taking: Taking) -> None:
        self._parts = parts
        self._taking = taking

    async def note(self, job: Job) -> Sequence[Reply]:
        """Keep a word for colleagues."""
        if not job.order.rest:
            return say("desk-note-how")
        ticket = await self._taking.own(job)
        await job.turn.uow.desk.notes.add(Note(ticket=ticket.id, at=job.turn.now, by=job.own, text=job.order.rest))
        return say("desk-noted", ticket=ticket.id)

    async def tag(self, job: Job) -> Sequence[Reply]:
        """Put tags on, or take off those that begin with a minus."""
        ticket = await self._taking.own(job)
        wanted = [fold(word).strip(",.#")[:LONGEST_TAG] for word in job.order.rest.split()]
        gone = {word.removeprefix("-") for word in wanted if word.startswith("-")}
        new = [word for word in wanted if word and not word.startswith("-")]
        kept = tuple(tag for tag in dict.fromkeys((*ticket.tags, *new)) if tag not in gone)[:MOST_TAGS]
        if kept != ticket.tags:
            marked, keeping = replace(ticket, tags=kept), self._parts.tickets.keeping
            await keeping.keep(job.turn.uow, marked, TicketEvent.TAGGED, job.turn.now, by=job.own)
        return say("desk-tags", ticket=ticket.id, tags=", ".join(kept) or "—")

    async def priority(self, job: Job) -> Sequence[Reply]:
        """Say how soon it is to be answered."""
        typed = fold(job.order.rest)
        words = self._parts.translator.words
        wanted = next((each for key, each in _PRIORITIES.items() if typed in words(key)), None)
        if wanted is None:
            return say("desk-priority-how")
        ticket = await self._taking.own(job)
        marked, keeping = replace(ticket, priority=wanted), self._parts.tickets.keeping
        await keeping.keep(job.turn.uow, marked, TicketEvent.TAGGED, job.turn.now, by=job.own, note=wanted)
        return say("desk-priority", ticket=ticket.id, priority=str(wanted))
