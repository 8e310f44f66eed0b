"""Handoff card: what an operator sees at once of who calls, and what the bot would say."""

from collections.abc import Sequence

from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.answer import Answer, Question, source_of
from bot.domain.desk.ticket import Ticket
from bot.domain.masking import masked
from bot.domain.members.erasure import SaidLine
from bot.domain.messages import Address
from bot.domain.replies import Button, Card, Line, Phrase, Reply, Text
from bot.domain.text import words
from bot.skills.desk.parts import DeskParts, customer_name, is_question, take_button

LINES_SHOWN = 10
DRAFTS = 3
SECRETS = ("link_", "staff_", "inv_")
"""Links that carry what is nobody else's."""
_PERCENT = 100
_AN_HOUR = "1h"


async def handoff_card(turn: Turn, ticket: Ticket, parts: DeskParts, *, is_taken: bool = False) -> Reply:
    """Show who it is, why they call, what was said last; buttons to take it, or the bot's best answers as drafts."""
    params: dict[str, str | int] = {
        "ticket": ticket.id,
        "name": await customer_name(turn, ticket) or "none",
        "channel": str(ticket.customer.channel),
    }
    lines: list[Line] = [Phrase("desk-card-cause", {"cause": str(ticket.cause)})]
    if ticket.topic:
        lines.append(Text(ticket.topic))
    if ticket.tags:
        lines.append(Phrase("desk-card-tags", {"tags": ", ".join(ticket.tags)}))
    came_by = await turn.uow.people.came_by(ticket.customer)
    if came_by and not came_by.startswith(SECRETS):
        lines.append(Phrase("desk-card-came-by", {"link": came_by}))
    if parts.about is not None:
        lines += await parts.about(turn, ticket.customer)
    if await sounds_angry(turn, ticket.customer, parts):
        lines.append(Phrase("desk-card-angry"))
    lines += await _last_lines(turn, ticket)
    found = await _tried(turn, ticket, parts)
    if found is not None and found.hits:
        sureness = round((found.meta.confidence or 0.0) * _PERCENT)
        lines.append(Phrase("desk-card-tried", {"label": parts.label(found.hits[0]), "percent": sureness}))
    drafts = draft_buttons(found, ticket, parts) if is_taken else []
    ways = (_hold(ticket), _close(ticket)) if is_taken else (take_button(ticket),)
    return Reply(
        text=Card(title=Phrase("desk-card", params), lines=tuple(lines)), buttons=(*drafts, ways), answer=HANDOFF
    )


def _hold(ticket: Ticket) -> Button:
    return Button(Phrase("desk-hold-button"), Action("desk.hold", (str(ticket.id), _AN_HOUR)))


def _close(ticket: Ticket) -> Button:
    return Button(Phrase("desk-close-button"), Action("desk.close", (str(ticket.id),)))


def draft_buttons(found: Answer | None, ticket: Ticket, parts: DeskParts) -> list[tuple[Button, ...]]:
    """Offer what the bot found as drafts for the holder."""
    hits = found.hits[:DRAFTS] if found is not None else ()
    return [
        (Button(Text(parts.label(hit)), Action("desk.draft", (str(ticket.id), str(source_of(hit))))),) for hit in hits
    ]


async def _tried(turn: Turn, ticket: Ticket, parts: DeskParts) -> Answer | None:
    """Ask what the bot would have said to what the customer asked last, the wish for a person left out."""
    said = await turn.uow.transcript.recent(ticket.customer, limit=LINES_SHOWN)
    texts = [line.text for line in reversed(said) if not line.is_ours and line.text[:1] != "/"]
    asked = next((text for text in (*texts, ticket.topic) if is_question(text, parts.translator)), "")
    if parts.answers is None or not asked:
        return None
    return await parts.answers.answer(Question(text=asked, language=turn.brand.languages[0]))


async def sounds_angry(turn: Turn, customer: Address, parts: DeskParts) -> bool:
    """Whether a customer's last lines have angry words in them."""
    said = await turn.uow.transcript.recent(customer, limit=LINES_SHOWN)
    angry = parts.translator.words("words-angry")
    texts = [f" {' '.join(words(line.text))} " for line in said if not line.is_ours]
    return any(f" {expression} " in text for text in texts for expression in angry)


async def _last_lines(turn: Turn, ticket: Ticket) -> Sequence[Line]:
    recent = await turn.uow.transcript.recent(ticket.customer, limit=LINES_SHOWN)
    return [Phrase("desk-card-lines"), *shown_lines(recent, is_masked=True)] if recent else []


def shown_lines(recent: Sequence[SaidLine], *, is_masked: bool) -> Sequence[Line]:
    """Show what was said; masked for all but who has the ticket."""
    return [
        Phrase(
            "desk-card-line",
            {"who": "us" if line.is_ours else "them", "text": masked(line.text) if is_masked else line.text},
        )
        for line in recent
    ]
