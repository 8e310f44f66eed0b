"""Claims in words: where a receipt stands, to its member and to those who look at it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.job import Job
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.members.notices import NoticeKind
from bot.domain.purchases.claim import Claim, ClaimState, Refusal
from bot.domain.receipts.receipt import Receipt
from bot.domain.replies import Button, Card, Phrase, Reply
from bot.domain.staff import REVIEWERS
from bot.services.ports import UnitOfWork
from bot.services.purchases.receipts import Receipts
from bot.services.purchases.verifying import CHECK
from bot.services.staff import those_who
from bot.skills.club.telling import tell

MINE = Button(Phrase("receipts-button"), Action("receipts.list"))
TYPE_IN = Button(Phrase("receipt-type-button"), Action("receipts.type"))
SEND_BUTTONS = ((TYPE_IN,), (MINE,))

_KOPECKS = 100
REVIEWS_AT_ONCE = 5
_REFUSED: Mapping[Refusal, Phrase] = {
    Refusal.UNREADABLE: Phrase("receipt-refused-unreadable"),
    Refusal.REGISTERED: Phrase("receipt-refused-registered"),
    Refusal.UNSUITABLE: Phrase("receipt-refused-unsuitable"),
    Refusal.NOT_FOUND: Phrase("receipt-refused-not-found"),
    Refusal.MISMATCH: Phrase("receipt-refused-mismatch"),
    Refusal.NOT_OURS: Phrase("receipt-refused-not-ours"),
}
REASONS: Mapping[Refusal, Phrase] = {
    Refusal.NOT_OURS: Phrase("review-not-ours-button"),
    Refusal.NOT_FOUND: Phrase("review-not-found-button"),
    Refusal.MISMATCH: Phrase("review-mismatch-button"),
}
"""Why people of the brand may refuse a receipt."""


def written_day(day: date) -> str:
    """Write a day as receipts have it."""
    return f"{day:%d.%m.%Y}"


def receipt_params(receipt: Receipt) -> dict[str, str | int]:
    """Say what a receipt is of."""
    roubles, kopecks = divmod(receipt.total_kopecks, _KOPECKS)
    return {"day": written_day(receipt.day), "roubles": roubles, "kopecks": f"{kopecks:02}"}


def told(claim: Claim, receipts: Receipts) -> Phrase:
    """Say where a claim stands, in a line or two; what it was about is said before."""
    match claim.state:
        case ClaimState.SENT | ClaimState.READING:
            return Phrase("receipt-stands-reading")
        case ClaimState.CHECKING:
            return Phrase("receipt-stands-checking")
        case ClaimState.REVIEW:
            return Phrase("receipt-stands-review")
        case ClaimState.ACCEPTED:
            return _accepted(claim, receipts)
        case ClaimState.REFUSED:
            return _REFUSED[claim.refusal or Refusal.UNSUITABLE]


def _accepted(claim: Claim, receipts: Receipts) -> Phrase:
    day = receipts.spendable_on(claim)
    if not claim.points:
        return Phrase("receipt-accepted-before")
    if day is None:
        return Phrase("receipt-accepted-now", {"points": claim.points})
    return Phrase("receipt-accepted", {"points": claim.points, "from": written_day(day)})


def line_of(claim: Claim) -> Phrase:
    """Name a claim in a list."""
    if claim.receipt is None:
        return Phrase("receipts-line-unread", {"day": written_day(claim.sent_at.date())})
    return Phrase("receipts-line", receipt_params(claim.receipt))


async def begin_check(turn: Turn, claim: Claim, *, attempt: int = 0) -> None:
    """Have those who know asked, outside of the turn."""
    then = Action("receipts.checked", (str(claim.id), str(attempt)))
    job = Job(kind=CHECK, address=turn.conversation.address, then=then, args=(str(claim.id),))
    await turn.uow.jobs.add(job, at=turn.now)


async def ask_reviewers(uow: UnitOfWork, claim: Claim) -> Sequence[Reply]:
    """Show a claim that waits for people to everybody who may decide it; the first who presses does."""
    addresses = await those_who(uow, REVIEWERS) if claim.state is ClaimState.REVIEW else []
    if not addresses or claim.receipt is None:
        return []
    conversations = await uow.conversations.load(addresses, language="")
    question = await review_question(uow, claim)
    return [
        Reply(text=question, buttons=review_buttons(claim), to=address, language=conversations[address].language)
        for address in addresses
    ]


async def review_question(uow: UnitOfWork, claim: Claim) -> Phrase:
    """Say what is to be looked at: the fields as on the paper, and who has said what of them."""
    if claim.receipt is None:
        return Phrase("review-gone")
    receipt = claim.receipt
    said = ", ".join(f"{check.provider}: {check.verdict}" for check in await uow.purchases.claims.checks(claim.id))
    holder = await uow.purchases.claims.holder(receipt.key)
    is_alone = holder is None or holder.id == claim.id
    params = {
        **receipt_params(receipt),
        "claim": str(claim.id),
        "clock": f"{receipt.clock:%H:%M}" if receipt.clock else "—",
        "drive": receipt.drive,
        "document": str(receipt.document),
        "sign": str(receipt.sign),
        "checks": said or "—",
        "other": "none" if is_alone or holder is None else str(holder.id),
    }
    return Phrase("review-asked", params)


async def list_reviews(turn: Turn) -> Sequence[Reply]:
    """Show what waits for people, the longest waiting first."""
    waiting = await turn.uow.purchases.claims.waiting(limit=REVIEWS_AT_ONCE + 1)
    if not waiting:
        return [Reply(text=Phrase("review-none"))]
    replies = [
        Reply(text=await review_question(turn.uow, claim), buttons=review_buttons(claim))
        for claim in waiting[:REVIEWS_AT_ONCE]
    ]
    if len(waiting) > REVIEWS_AT_ONCE:
        more = Button(Phrase("review-more-button"), Action("reviews.list"))
        replies.append(Reply(text=Phrase("review-more"), buttons=((more,),)))
    return replies


def review_buttons(claim: Claim) -> tuple[tuple[Button, ...], ...]:
    """Let somebody decide."""
    number = str(claim.id)
    refuse = [(Button(label, Action("reviews.refuse", (number, str(why)))),) for why, label in REASONS.items()]
    return ((Button(Phrase("review-accept-button"), Action("reviews.accept", (number,))),), *refuse)


async def notice(turn: Turn, program: Program, claim: Claim, receipts: Receipts) -> Sequence[Reply]:
    """Tell the member what people of the brand decided."""
    member = await turn.uow.club.members.get(claim.member)
    if member is None:
        return []
    later = Action("receipts.notice", (str(claim.id),))
    text = shown(claim, receipts)
    return await tell(turn, program, member, NoticeKind.RECEIPT, text=text, later=later, button=MINE)


def shown(claim: Claim, receipts: Receipts) -> Card:
    """Say which receipt it is and where it stands."""
    return Card(title=line_of(claim), lines=(told(claim, receipts),))


def is_of(member: Member | None, claim: Claim | None) -> bool:
    """Whether a claim is this member's own."""
    return member is not None and claim is not None and claim.member == member.id
