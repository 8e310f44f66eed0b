"""Promo codes: a member types one, or comes by a link that has it."""

from collections.abc import Mapping, Sequence

from bot.dialogue.flow.engine import FlowEngine
from bot.dialogue.flow.form import Flow, InvalidAnswerError, Step
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.conversation import FlowState
from bot.domain.errors import PromoCodeError
from bot.domain.replies import Button, Phrase, Reply
from bot.services.club.promo import PromoCodes
from bot.skills.club.parts import CLUB, HISTORY, ClubParts, invitation, member_of

FORM = "promo"
_AGAIN = Button(Phrase("promo-again-button"), Action("promo.start"))


class PromoSkill:
    """Applies a code; without one it asks for it."""

    name = "promo"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-promo": Action("promo.start")}

    def __init__(self, flows: FlowEngine, parts: ClubParts, codes: PromoCodes) -> None:
        self._flows = flows
        self._parts = parts
        self._codes = codes

    def matches(self, turn: Turn) -> bool:
        """Only by its command, a button or a link."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Apply the code that came along, or ask for one; who is not in the club is invited."""
        member = await member_of(turn)
        if member is None:
            return [invitation(self._parts.program(), turn)]
        code = turn.action.argument(0) if turn.action is not None else ""
        if not code:
            return await self._flows.start(turn, FORM)
        try:
            applied = await self._codes.try_code(turn.uow, self._parts.program(), member, text=code, now=turn.now)
        except PromoCodeError as refused:
            return [Reply(text=refused.phrase, buttons=((_AGAIN, CLUB),))]
        return [_told(applied.promo.points, is_waiting=applied.entry is None)]


def promo_flow(parts: ClubParts, codes: PromoCodes) -> Flow:
    """Describe the form: one question, asked again while the code is wrong."""

    async def settle(turn: Turn, state: FlowState, value: str) -> str:
        member = await member_of(turn)
        if member is None:
            raise InvalidAnswerError(Phrase("club-promo-unknown"))
        try:
            applied = await codes.try_code(turn.uow, parts.program(), member, text=value, now=turn.now)
        except PromoCodeError as refused:
            raise InvalidAnswerError(refused.phrase) from refused
        return f"{applied.promo.points}{_WAITS if applied.entry is None else ''}"

    async def finish(turn: Turn, state: FlowState) -> Sequence[Reply]:
        given = state.answers["code"]
        return [_told(int(given.removesuffix(_WAITS)), is_waiting=given.endswith(_WAITS))]

    return Flow(
        name=FORM,
        title="promo-title",
        steps=(Step(name="code", prompt="promo-prompt", hint="promo-hint", settle=settle),),
        finish=finish,
    )


_WAITS = "+"
"""Behind points that come with the first purchase."""


def _told(points: int, *, is_waiting: bool) -> Reply:
    key = "promo-waits" if is_waiting else "promo-given"
    return Reply(text=Phrase(key, {"points": points}), buttons=((HISTORY, CLUB),))
