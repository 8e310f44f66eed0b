"""Telling: members hear of what the staff did for them, but not what they switched off, and not by night."""

from collections.abc import Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.members.notices import NoticeKind, told_at
from bot.domain.replies import Button, Card, Phrase, Reply
from bot.domain.timer import Timer
from bot.services.club.notices import Notices


async def tell(
    turn: Turn,
    program: Program,
    member: Member,
    kind: NoticeKind,
    *,
    text: Phrase | Card,
    later: Action,
    button: Button | None = None,
) -> Sequence[Reply]:
    """Tell a member something now; by night have `later` done for them when the quiet hours are over."""
    to = await Notices().way(turn.uow, program, member, kind)
    if to is None:
        return []
    at = told_at(program.notices, turn.now, program.zone)
    if at > turn.now:
        await turn.uow.timers.set(Timer(key=f"{later.name}:{turn.event.id}", address=to, due_at=at, action=later))
        return []
    language = (await turn.uow.conversations.load([to], language=turn.brand.languages[0]))[to].language
    return [Reply(text=text, buttons=((button,),) if button else (), to=to, language=language)]
