"""Reviews: people of the brand look at receipts that nobody else could judge."""

from collections.abc import Callable, Mapping, Sequence

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.program import Program
from bot.domain.purchases.claim import Claim, ClaimDecidedError, ClaimId, ClaimState, Refusal
from bot.domain.replies import Phrase, Reply
from bot.domain.staff import REVIEWERS
from bot.services.club.reconciliation import Reconciliation
from bot.services.purchases.receipts import Receipts
from bot.services.staff import may
from bot.skills.club.claims import REASONS, list_reviews, notice


class ReviewsSkill:
    """Shows what waits and takes decisions; for whoever may."""

    name = "reviews"
    is_urgent = False
    is_personal = True
    commands: Mapping[str, Action] = {"command-reviews": Action("reviews.list")}

    def __init__(self, receipts: Receipts, program: Callable[[], Program]) -> None:
        self._receipts = receipts
        self._program = program

    def matches(self, turn: Turn) -> bool:
        """Only by its command or a button."""
        return False

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do what was asked, for people of the brand only."""
        if not await may(turn.uow, turn.conversation.address, REVIEWERS):
            return [Reply(text=Phrase("review-not-yours"))]
        match turn.action.verb if turn.action else "":
            case "accept":
                return await self._accept(turn)
            case "refuse":
                return await self._refuse(turn)
            case "alarm":
                return await self._alarm(turn)
            case _:
                return await list_reviews(turn)

    async def _alarm(self, turn: Turn) -> Sequence[Reply]:
        """Tell why nobody may spend; nothing where everybody may again."""
        reason = await Reconciliation().is_stopped(turn.uow)
        return [Reply(text=Phrase("review-books-differ", {"reason": reason}))] if reason else []

    async def _accept(self, turn: Turn) -> Sequence[Reply]:
        try:
            claim = await self._receipts.confirm(turn.uow, _claim(turn), by=turn.conversation.address, now=turn.now)
        except ClaimDecidedError as late:
            return [_late(turn, late)]
        except RuleViolationError as refused:
            return [Reply(text=refused.phrase)]
        return await self._decided(turn, claim)

    async def _refuse(self, turn: Turn) -> Sequence[Reply]:
        why = next((why for why in REASONS if turn.action and turn.action.argument(1) == str(why)), Refusal.NOT_FOUND)
        try:
            claim = await self._receipts.deny(turn.uow, _claim(turn), why, by=turn.conversation.address, now=turn.now)
        except ClaimDecidedError as late:
            return [_late(turn, late)]
        except RuleViolationError as refused:
            return [Reply(text=refused.phrase)]
        return await self._decided(turn, claim)

    async def _decided(self, turn: Turn, claim: Claim) -> Sequence[Reply]:
        params: dict[str, str | int] = {"claim": str(claim.id), "state": str(claim.state), "points": claim.points}
        done = Reply(text=Phrase("review-done", params), replaces=True)
        return [done, *await notice(turn, self._program(), claim, self._receipts)]


def _claim(turn: Turn) -> ClaimId:
    number = turn.action.argument(0) if turn.action else ""
    return ClaimId(int(number) if number.isascii() and number.isdecimal() else 0)


def _late(turn: Turn, late: ClaimDecidedError) -> Reply:
    state = late.state if late.state in {ClaimState.ACCEPTED, ClaimState.REFUSED} else ClaimState.CHECKING
    return Reply(text=Phrase("review-decided", {"state": str(state)}), replaces=True)
