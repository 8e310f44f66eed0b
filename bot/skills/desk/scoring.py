"""Scoring: how customers found the help that they got."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.flow.form import Flow, InvalidAnswerError, Step
from bot.dialogue.staff import HANDOFF
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.conversation import FlowState
from bot.domain.desk.ticket import Ticket, TicketEvent
from bot.domain.replies import Button, Phrase, Reply, Text
from bot.services.desk.more_books import Score
from bot.services.desk.workers import answerers
from bot.skills.desk.parts import DeskParts, places

FORM = "score"
BEST = 5
_FINE = 4
_LONGEST_COMMENT = 1000


def score_buttons(ticket: Ticket) -> tuple[Button, ...]:
    """Offer one to five stars."""
    stars = range(1, BEST + 1)
    return tuple(Button(Text("⭐" * each), Action("people.score", (str(ticket.id), str(each)))) for each in stars)


def score_flow(parts: DeskParts) -> Flow:
    """Describe the form for a word more, asked of who was not pleased."""

    async def finish(turn: Turn, state: FlowState) -> Sequence[Reply]:
        ticket = await _scored(turn, parts, state.answers.get("ticket", ""))
        score = await turn.uow.desk.scores.of(ticket.id) if ticket is not None else None
        comment = state.answers.get("comment", "")
        if ticket is None or score is None or not comment:
            return [Reply(text=Phrase("desk-score-thanks"), answer=HANDOFF)]
        await turn.uow.desk.scores.put(replace(score, comment=comment))
        thanks = Reply(text=Phrase("desk-score-thanks"), answer=HANDOFF)
        return [thanks, *await _tell_staff(turn, parts, ticket, replace(score, comment=comment))]

    comment = Step(
        name="comment",
        prompt="desk-score-why",
        hint="desk-score-why-hint",
        is_optional=True,
        check=_check,
    )
    return Flow(name=FORM, title="desk-score-title", steps=(comment,), finish=finish, cancelled="desk-score-thanks")


async def take_score(turn: Turn, parts: DeskParts, flows: FlowEngine) -> Sequence[Reply]:
    """Keep a score; ask who is not pleased what was wrong."""
    number, stars = (turn.action.argument(0), turn.action.argument(1)) if turn.action else ("", "")
    ticket = await _scored(turn, parts, number)
    if ticket is None or stars not in set("12345"):
        return [Reply(text=Phrase("desk-score-late"), answer=HANDOFF)]
    score = Score(ticket=ticket.id, stars=int(stars), at=turn.now)
    await turn.uow.desk.scores.put(score)
    await parts.tickets.keeping.log(turn.uow, ticket, TicketEvent.RATED, turn.now, by=ticket.customer, note=stars)
    told = await _tell_staff(turn, parts, ticket, score)
    is_talking = await turn.uow.desk.tickets.open_of(turn.conversation.address) is not None
    if score.stars >= _FINE or is_talking:  # what is typed now is for the person, not for a form
        return [Reply(text=Phrase("desk-score-thanks"), replaces=True, answer=HANDOFF), *told]
    return [*await flows.start(turn, FORM, known={"ticket": number}), *told]


async def _scored(turn: Turn, parts: DeskParts, number: str) -> Ticket | None:
    """Return the ticket that is scored, where it is the person's own."""
    ticket = await parts.tickets.find(turn.uow, number)
    return ticket if ticket is not None and ticket.customer == turn.conversation.address else None


async def _tell_staff(turn: Turn, parts: DeskParts, ticket: Ticket, score: Score) -> Sequence[Reply]:
    """Tell who helped, or the room where it was shown."""
    rooms = await places(turn.uow, parts.terms, ticket) if parts.terms.rooms else []
    to = rooms or [each for each in await answerers(turn.uow) if each == ticket.last_operator]
    note = Phrase("desk-scored", {"ticket": ticket.id, "stars": "⭐" * score.stars, "comment": score.comment})
    return [Reply(text=note, to=each, language=turn.brand.languages[0], answer=HANDOFF) for each in to]


def _check(text: str) -> str:
    if len(text.strip()) > _LONGEST_COMMENT:
        raise InvalidAnswerError(Phrase("desk-score-why-hint"))
    return text.strip()
