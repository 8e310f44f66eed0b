"""Registering a receipt, however it came: said in the turn, with all that comes of it."""

from collections.abc import Sequence

from bot.dialogue.turn import Turn
from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.member import Member
from bot.domain.purchases.claim import ClaimId, ClaimState, Refusal
from bot.domain.receipts.receipt import Receipt
from bot.domain.replies import Card, Phrase, Reply
from bot.services.purchases.receipts import ReceiptKnownError, Receipts
from bot.skills.club.claims import MINE, ask_reviewers, begin_check, shown, told
from bot.skills.club.parts import JOIN, SEND_RECEIPT, member_of

_REGISTERED = Phrase("receipt-registered")


async def register(
    turn: Turn, member: Member, receipt: Receipt, receipts: Receipts, *, claim: ClaimId | None = None
) -> Sequence[Reply]:
    """Register a receipt and say what comes next, or why not; `claim` is the one whose picture was read."""
    try:
        registered = await receipts.register(turn.uow, member, receipt, claim=claim, now=turn.now)
    except RuleViolationError as refused:
        if claim is not None:
            await receipts.drop(turn.uow, claim, _why(refused), now=turn.now)
        return _refused(refused, receipts)
    if registered.state is ClaimState.CHECKING:
        await begin_check(turn, registered)
    return [
        Reply(text=shown(registered, receipts), buttons=((MINE,),)),
        *await ask_reviewers(turn.uow, registered),
    ]


async def register_typed(turn: Turn, receipt: Receipt, receipts: Receipts) -> Sequence[Reply]:
    """Register what somebody typed, who may have left the club meanwhile."""
    member = await member_of(turn)
    if member is None:
        return [Reply(text=Phrase("receipt-stranger"), buttons=((JOIN,),))]
    return await register(turn, member, receipt, receipts)


def _refused(refused: RuleViolationError, receipts: Receipts) -> Sequence[Reply]:
    if isinstance(refused, ReceiptKnownError):
        stands = told(refused.claim, receipts)
        return [Reply(text=Card(title=refused.phrase, lines=(stands,)), buttons=((MINE,),))]
    return [Reply(text=refused.phrase, buttons=((SEND_RECEIPT,),))]


def _why(refused: RuleViolationError) -> Refusal:
    is_known = isinstance(refused, ReceiptKnownError) or refused.phrase == _REGISTERED
    return Refusal.REGISTERED if is_known else Refusal.UNSUITABLE
