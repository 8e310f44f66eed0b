"""Undoing: an answer that was sent too soon."""

from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue.staff import HANDOFF, Job, say
from bot.domain.replies import Phrase, Reply
from bot.skills.desk.parts import DeskParts

WITHIN = timedelta(seconds=10)


class Undoing:
    """`/undo`."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    async def undo(self, job: Job) -> Sequence[Reply]:
        """Put a word that it was taken back in the place of what was just sent."""
        uow, now = job.turn.uow, job.turn.now
        for ticket in await uow.desk.tickets.held(job.own):
            relay = await uow.desk.relays.last_to(ticket.id, ticket.customer, since=now - WITHIN)
            ref = await uow.desk.relays.copy_ref(relay) if relay is not None else ""
            if relay is None or not ref:
                continue
            gone = Phrase("desk-taken-back")
            loaded = await uow.conversations.load([ticket.customer], language=job.turn.brand.languages[0])
            language = loaded[ticket.customer].language
            back = Reply(text=gone, answer=HANDOFF, to=ticket.customer, language=language, edits=ref)
            return [back, *say("desk-undone", ticket=ticket.id)]
        return say("desk-nothing-to-undo")
