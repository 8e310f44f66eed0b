"""Handoff card: what an operator sees at once of who calls."""

from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.desk.ticket import Ticket
from bot.domain.replies import Card, Line, Phrase, Reply, Text
from bot.skills.desk.parts import DeskParts, take_button

LINES_SHOWN = 10


async def handoff_card(turn: Turn, ticket: Ticket, parts: DeskParts) -> Reply:
    """Show who it is, why they call and what was said last; with a button to take it."""
    title = Phrase(
        "desk-card", {"ticket": ticket.id, "name": turn.event.name or "", "channel": str(ticket.customer.channel)}
    )
    lines: list[Line] = [Phrase("desk-card-cause", {"cause": str(ticket.cause)})]
    if ticket.topic:
        lines.append(Text(ticket.topic))
    lines += await _last_lines(turn, ticket)
    return Reply(text=Card(title=title, lines=tuple(lines)), buttons=((take_button(ticket),),), answer=HANDOFF)


async def _last_lines(turn: Turn, ticket: Ticket) -> list[Line]:
    said = await turn.uow.transcript.recent(ticket.customer, limit=LINES_SHOWN)
    if not said:
        return []
    shown = [Phrase("desk-card-line", {"who": "us" if line.is_ours else "them", "text": line.text}) for line in said]
    return [Phrase("desk-card-lines"), *shown]
