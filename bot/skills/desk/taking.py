"""Taking: the queue, and who has which ticket."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import HANDOFF, Job, say
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.desk.errors import NoTicketError
from bot.domain.desk.ticket import Ticket, TicketId, same_account
from bot.domain.messages import Address
from bot.domain.replies import Button, Card, Line, Phrase, Reply
from bot.services.desk.books import Seat
from bot.services.desk.workers import answerers
from bot.skills.desk.card import handoff_card
from bot.skills.desk.parts import DeskParts, places, take_button, tell_customer
from bot.skills.desk.promises import tell_promise
from bot.skills.desk.relaying import note_shown

SHOWN = 10


class Taking:
    """`/queue`, `/take`, `/next`, `/return`, `/transfer`."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    async def queue(self, job: Job) -> Sequence[Reply]:
        """Show who waits, and what the asker has."""
        waiting = await job.turn.uow.desk.tickets.queue()
        own = await job.turn.uow.desk.tickets.held(job.own)
        lines: list[Line] = [_line(ticket, job.turn) for ticket in waiting[:SHOWN]]
        if len(waiting) > SHOWN:
            lines.append(Phrase("desk-queue-more", {"count": len(waiting) - SHOWN}))
        if own:
            lines.append(Phrase("desk-queue-own", {"tickets": ", ".join(f"№{ticket.id}" for ticket in own)}))
        title = Phrase("desk-queue", {"count": len(waiting)})
        buttons = tuple((take_button(ticket),) for ticket in waiting[:_BUTTONS])
        return [Reply(text=Card(title=title, lines=tuple(lines)), buttons=buttons, answer=HANDOFF)]

    async def take(self, job: Job) -> Sequence[Reply]:
        """Take the ticket named, or talked about here, or the first of the queue."""
        number = job.order.number or job.order.rest
        if number:
            return await self._take(job, await self._parts.tickets.numbered(job.turn.uow, number))
        if job.ticket is not None and not job.ticket.is_held_by(job.own):
            return await self._take(job, job.ticket)
        return await self.next(job)

    async def next(self, job: Job) -> Sequence[Reply]:
        """Take the first of the queue that is not the asker's own call."""
        waiting = await job.turn.uow.desk.tickets.queue()
        first = next((each for each in waiting if not same_account(each.customer, job.own)), None)
        return await self._take(job, first) if first is not None else say("desk-queue-empty")

    async def give_back(self, job: Job) -> Sequence[Reply]:
        """Put the own ticket back in the queue."""
        ticket = await self.own(job)
        released = await self._parts.tickets.give_back(job.turn.uow, ticket, by=job.own, now=job.turn.now)
        await leave(job, ticket.id)
        told = [
            Reply(text=Phrase("desk-returned", {"ticket": ticket.id}), buttons=((take_button(released),),), to=to)
            for to in await places(job.turn.uow, self._parts.terms, released)
            if to != job.turn.event.sender
        ]
        anew = await self._told_anew(job, ticket, released)
        return [*say("desk-returned-yours", ticket=ticket.id), *told, *anew]

    async def _told_anew(self, job: Job, before: Ticket, now: Ticket) -> list[Reply]:
        """Tell the customer until when they wait, where it is not what they were told."""
        if now.promised_at is None or now.promised_at == before.promised_at:
            return []
        translator = self._parts.translator
        return [await tell_promise(job.turn, now, "desk-takes-longer", now.promised_at, translator)]

    async def transfer(self, job: Job) -> Sequence[Reply]:
        """Give the own ticket to a colleague."""
        ticket = await self.own(job)
        to = await self._colleague(job)
        if to is None or to == job.own:
            return say("desk-who-to")
        moved = await self._parts.tickets.transfer(job.turn.uow, ticket, by=job.own, to=to, now=job.turn.now)
        await leave(job, ticket.id)
        language = job.turn.brand.languages[0]
        given = Reply(text=Phrase("desk-given", {"ticket": moved.id}), to=to, language=language)
        if await self._is_free(job, to):
            await sit(job, moved.id, whose=to)
        else:  # what they are typing is for somebody else
            switch = Button(Phrase("desk-switch-button", {"ticket": moved.id}), Action("desk.take", (str(moved.id),)))
            given = replace(given, text=Phrase("desk-given-beside", {"ticket": moved.id}), buttons=((switch,),))
        await note_shown(job.turn, moved, [to])
        card = replace(await handoff_card(job.turn, moved, self._parts, is_taken=True), to=to, language=language)
        key = "desk-transferred" if await self._is_there(job, to) else "desk-transferred-away"
        return [*say(key, ticket=ticket.id), given, card, *await self._tell_others(job.turn, ticket, moved)]

    async def _is_there(self, job: Job, colleague: Address) -> bool:
        """Whether a colleague did not say that they are away."""
        seat = await job.turn.uow.desk.seats.get(colleague)
        return seat is None or seat.is_online

    async def _is_free(self, job: Job, colleague: Address) -> bool:
        """Whether a colleague is not talking to somebody else."""
        seat = await job.turn.uow.desk.seats.get(colleague)
        current = await job.turn.uow.desk.tickets.find(seat.current) if seat and seat.current else None
        return current is None or not current.is_held_by(colleague)

    async def own(self, job: Job) -> Ticket:
        """Return the asker's ticket that is meant.

        Raises:
            NoTicketError: there is none here.
            NotHeldError, TakenError: it is not theirs, said by what is tried next.
        """
        if job.order.number:
            return await self._parts.tickets.numbered(job.turn.uow, job.order.number)
        if job.ticket is not None and job.ticket.is_open:
            return job.ticket
        raise NoTicketError

    async def _take(self, job: Job, ticket: Ticket) -> Sequence[Reply]:
        turn, was_held = job.turn, ticket.is_held
        taken = await self._parts.tickets.claim(
            turn.uow, ticket, by=job.own, seat=await self._seat(job, ticket), now=turn.now
        )
        await sit(job, taken.id)
        told = [Reply(text=Phrase("desk-took", {"ticket": taken.id}), answer=HANDOFF)]
        if taken.version == ticket.version:
            return told
        await note_shown(turn, taken, [turn.event.sender])
        card = await handoff_card(turn, taken, self._parts, is_taken=True)
        told.append(card)
        if not was_held:
            told.append(await tell_customer(turn, taken, Phrase("desk-joined")))
        return [*told, *await self._tell_others(turn, ticket, taken)]

    async def _seat(self, job: Job, ticket: Ticket) -> Address:
        """Where it is worked on: in the customer's topic of the room where it was taken, else in that room, or in
        private."""
        sender = job.turn.event.sender
        if not self._parts.terms.is_room(sender):
            return job.own
        topic = await job.turn.uow.desk.rooms.of(ticket.customer, channel=sender.channel)
        return topic or Address(sender.channel, sender.chat_id, "")

    async def _tell_others(self, turn: Turn, before: Ticket, taken: Ticket) -> list[Reply]:
        """Tell those who were shown it that somebody has it."""
        shown = await places(turn.uow, self._parts.terms, before)
        note = Phrase("desk-taken-by-other", {"ticket": taken.id})
        return [
            Reply(text=note, to=to, language=turn.brand.languages[0])
            for to in shown
            if to not in {turn.event.sender, taken.seat, taken.operator}
        ]

    async def _colleague(self, job: Job) -> Address | None:
        """Find who is meant by their account, or by the beginning of their name."""
        wanted = " ".join(job.order.rest.split()).removeprefix("@").casefold()
        staff = await answerers(job.turn.uow)
        by_account = next((each for each in staff if wanted and each.user_id.casefold() == wanted), None)
        names = {each: (await job.turn.uow.people.name(each)).casefold() for each in staff} if wanted else {}
        by_name = [each for each, name in names.items() if name.startswith(wanted)]
        return by_account or (by_name[0] if len(by_name) == 1 else None)


_BUTTONS = 5


async def leave(job: Job, ticket: TicketId) -> None:
    """Let what the asker types in private be about that ticket no more; about another it stays."""
    seat = await job.turn.uow.desk.seats.get(job.own)
    if seat is not None and seat.current == ticket:
        await job.turn.uow.desk.seats.put(replace(seat, current=None))


async def sit(job: Job, ticket: TicketId, *, whose: Address | None = None) -> None:
    """Let what is typed in a private chat be about a ticket."""
    own = whose or job.own
    book = job.turn.uow.desk.seats
    before = await book.get(own)
    seat = before or Seat(operator=own, is_online=True, since=job.turn.now)
    await book.put(replace(seat, current=ticket))


def _line(ticket: Ticket, turn: Turn) -> Line:
    waits = turn.now - (ticket.owed_since or ticket.opened_at)
    params: dict[str, str | int] = {
        "ticket": ticket.id,
        "minutes": int(waits.total_seconds() // 60),
        "topic": ticket.topic,
        "priority": str(ticket.priority),
    }
    return Phrase("desk-queue-line", params)
