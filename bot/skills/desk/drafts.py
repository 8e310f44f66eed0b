"""Drafts: answers that stand ready: what the bot would say, and what is said often."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.staff import HANDOFF, Job, say
from bot.domain.actions import Action
from bot.domain.answer import Hit, parse_source
from bot.domain.catalogue import Offer
from bot.domain.desk.ticket import Ticket
from bot.domain.knowledge import FaqEntry
from bot.domain.messages import Attached, AttachmentKind
from bot.domain.replies import Attachment, Button, Card, Line, Phrase, Reply, Text
from bot.domain.text import fold
from bot.services.desk.more_books import Canned
from bot.skills.desk.parts import DeskParts, customer_name, not_sent
from bot.skills.desk.relaying import note_passed, send_file
from bot.skills.desk.taking import Taking

MOST_SHOWN = 20
LONGEST = 3500
LONGEST_NAME = 32
_ASKED = re.compile(r"\{ask:\s*([^}]{1,60})\}")
_KNOWN = re.compile(r"((?:,\s*|\s)?)\{(name|ticket|brand)\}")


class Drafts:
    """`/canned`, and the bot's answers under a handoff card."""

    def __init__(self, parts: DeskParts, taking: Taking) -> None:
        self._parts = parts
        self._taking = taking

    async def draft(self, job: Job) -> Sequence[Reply]:
        """Show what the bot would say, with a button to send it."""
        text = self._found(job.order.rest, job.turn.brand.languages[0])
        if not text:
            return say("desk-draft-gone")
        send = Button(Phrase("desk-draft-send-button"), Action("desk.send", (job.order.number, job.order.rest)))
        return [Reply(text=Text(text), buttons=((send,),), answer=HANDOFF)]

    async def send(self, job: Job) -> Sequence[Reply]:
        """Send the customer what the bot would say."""
        ticket = await self._taking.own(job)
        uow = job.turn.uow
        language = (await uow.conversations.load([ticket.customer], language=job.turn.brand.languages[0]))[
            ticket.customer
        ].language
        text = self._found(job.order.rest, language)
        return await self._say(job, ticket, text) if text else say("desk-draft-gone")

    async def canned(self, job: Job) -> Sequence[Reply]:
        """List, add, remove or send what is said often: ``/canned``, ``/canned + name text``, ``/canned name``."""
        rest, words = job.order.rest, self._parts.translator.words
        verb, _, behind = rest.partition(" ")
        called, _, text = behind.strip().partition(" ")
        if fold(verb) in words("words-canned-add") and text.strip():
            return await self._add(job, fold(called)[:LONGEST_NAME], text.strip()[:LONGEST])
        if fold(verb) in words("words-canned-remove") and called:
            is_gone = await job.turn.uow.desk.canned.remove(fold(called))
            return say("desk-canned-removed" if is_gone else "desk-canned-unknown", name=called)
        known = await job.turn.uow.desk.canned.all()
        name, _, given = (rest or job.order.number).partition(" ")
        chosen = next((each for each in known if name and each.name == fold(name)), None)
        if chosen is None:
            return _listed(known, fold(name))
        return await self._fill(job, chosen, given)

    async def _add(self, job: Job, name: str, text: str) -> Sequence[Reply]:
        event = job.turn.event
        kind, reference = (str(event.kind), event.reference) if isinstance(event, Attached) else ("", "")
        canned = Canned(name=name, text=text, by=job.own, at=job.turn.now, kind=kind, reference=reference)
        await job.turn.uow.desk.canned.put(canned)
        return say("desk-canned-added", name=name)

    async def _fill(self, job: Job, chosen: Canned, given: str) -> Sequence[Reply]:
        """Fill the gaps in, what is asked for by what was typed behind the name, parted by ``|``."""
        asked = _ASKED.findall(chosen.text)
        values = [value.strip() for value in given.split("|")] if given.strip() else []
        if len(values) < len(asked):
            return say("desk-canned-asks", name=chosen.name, fields=" | ".join(asked))
        if len(values) > len(asked):
            return say("desk-canned-too-much", name=chosen.name, fields=" | ".join(asked) or "none")
        ticket = await self._taking.own(replace(job, order=replace(job.order, number="")))
        left = iter(values)
        text = _ASKED.sub(lambda _: next(left), chosen.text)
        known = {"name": await customer_name(job.turn, ticket), "ticket": str(ticket.id), "brand": job.turn.brand.name}
        return await self._say(
            job, ticket, _KNOWN.sub(lambda gap: _with(gap, known[gap[2]]), text).lstrip(", "), chosen
        )

    async def _say(self, job: Job, ticket: Ticket, text: str, canned: Canned | None = None) -> Sequence[Reply]:
        if not ticket.is_held_by(job.own):
            return [not_sent(ticket)]
        if not await job.turn.uow.people.is_reachable(ticket.customer):
            return say("desk-customer-gone", ticket=ticket.id)
        await note_passed(job.turn, ticket, [ticket.customer])
        await self._parts.tickets.answer(job.turn.uow, ticket, by=job.own, now=job.turn.now)
        files: tuple[Attachment, ...] = ()
        if canned is not None and canned.reference:
            files = await send_file(job.turn, ticket, AttachmentKind(canned.kind), canned.reference, source=canned.by)
        sent = Reply(text=Text(text), attachments=files, answer=HANDOFF, to=ticket.customer)
        done = Phrase("desk-sent-text", {"ticket": ticket.id, "text": text})
        return [sent, Reply(text=done, answer=HANDOFF, replaces=True)]  # with its button: a second press sends nothing

    def _found(self, source: str, language: str) -> str:
        place = parse_source(source)
        hit = self._parts.answers.find(place) if self._parts.answers is not None and place is not None else None
        return told_by(hit, language) if hit is not None else ""


def _with(gap: re.Match[str], value: str) -> str:
    """Fill a gap in; where there is nothing to say, what leads to it goes too: “Hello, {name}!” is “Hello!”."""
    return f"{gap[1]}{value}" if value else ""


def told_by(hit: Hit, language: str) -> str:
    """What a place of the pack says, as a person would send it."""
    if isinstance(hit, FaqEntry):
        return hit.answer(language)
    if isinstance(hit, Offer):
        return "\n".join(part for part in (hit.name, hit.url) if part)
    return hit.text[:LONGEST]


def _listed(known: Sequence[Canned], wanted: str) -> Sequence[Reply]:
    found = [each for each in known if wanted in each.name or wanted in fold(each.text)]
    if not found:
        return say("desk-canned-none")
    lines: list[Line] = [Phrase("desk-canned-line", {"name": each.name, "text": each.text}) for each in found]
    buttons = tuple((Button(Text(each.name), Action("desk.canned", (each.name,))),) for each in found[:_BUTTONS])
    title = Phrase("desk-canned")
    return [Reply(text=Card(title=title, lines=tuple(lines[:MOST_SHOWN])), buttons=buttons, answer=HANDOFF)]


_BUTTONS = 5
