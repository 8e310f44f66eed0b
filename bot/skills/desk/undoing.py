"""Undoing: an answer that was sent too soon."""

from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue.staff import HANDOFF, Job, say
from bot.domain.desk.ticket import same_account
from bot.domain.replies import Phrase, Reply
from bot.skills.desk.parts import DeskParts

WITHIN = timedelta(seconds=10)
_UNDONE = "desk.undone:"


class Undoing:
    """`/undo`."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    async def undo(self, job: Job) -> Sequence[Reply]:
        """Put a word that it was taken back in the place of what was sent last; an answer is owed again."""
        uow, now = job.turn.uow, job.turn.now
        relays = [
            await uow.desk.relays.last_to(ticket.id, ticket.customer, since=now - WITHIN)
            for ticket in await uow.desk.tickets.held(job.own)
        ]
        own = [each for each in relays if each is not None and same_account(each.source, job.own)]
        relay = max(own, key=lambda each: each.event, default=None)
        key = f"{_UNDONE}{job.own.channel}:{job.own.user_id}"
        ref = await uow.desk.relays.copy_ref(relay) if relay is not None else ""
        if relay is None or not ref or await uow.bookmarks.read(key) == str(relay.event):
            return say("desk-nothing-to-undo")
        await uow.bookmarks.write(key, str(relay.event))
        ticket = await self._parts.tickets.find(uow, str(relay.ticket))
        if ticket is not None:
            await self._parts.tickets.take_back(uow, ticket, by=job.own, now=now)
        loaded = await uow.conversations.load([relay.target], language=job.turn.brand.languages[0])
        language = loaded[relay.target].language
        gone = Phrase("desk-taken-back")
        back = Reply(text=gone, answer=HANDOFF, to=relay.target, language=language, edits=ref, takes_back=True)
        return [back, *say("desk-undone", ticket=relay.ticket)]
