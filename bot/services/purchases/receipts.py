"""Receipts: registered once, checked by who knows, decided once, paid in points."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.errors import LimitExceededError, RuleViolationError
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.messages import Address
from bot.domain.purchases.claim import (
    KEPT,
    Claim,
    ClaimDecidedError,
    ClaimId,
    ClaimState,
    Refusal,
    accepted,
    handed_to_people,
    read_as,
    refused,
)
from bot.domain.purchases.verification import Verdict
from bot.domain.receipts.receipt import Receipt, Resemblance, compare, demand_fresh, demand_purchase
from bot.domain.replies import Phrase
from bot.services.club.ports import Need
from bot.services.ports import UnitOfWork

_PICTURE_STATES = frozenset(ClaimState)


class Counting(Protocol):
    """Counts what was bought."""

    async def count_receipt(
        self, uow: UnitOfWork, member: Member, receipt: Receipt, *, now: datetime
    ) -> tuple[str, int] | None:
        """Give the points of what a receipt proves; return the purchase's name and the points.

        None where another member has the points of this purchase.
        """
        ...


class ReceiptKnownError(RuleViolationError):
    """The member has registered this receipt before; `claim` is where it stands."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(Phrase("receipt-known"))
        self.claim = claim


class Receipts:
    """What becomes of receipts. Never commits."""

    def __init__(self, counting: Counting, program: Callable[[], Program]) -> None:
        self._counting = counting
        self._program = program

    async def photographed(self, uow: UnitOfWork, member: Member, *, now: datetime) -> Claim:
        """Note that a picture waits to be read.

        Raises:
            LimitExceededError: enough pictures for today.
        """
        most = self._program().purchases.pictures_per_day
        await self._lock(uow, member, now=now)
        if await uow.purchases.claims.count(member.id, _PICTURE_STATES, since=self._day(now)) >= most:
            phrase = Phrase("receipt-pictures-limit", {"limit": most})
            raise LimitExceededError(phrase, rule="pictures_per_day", resets_at=None)
        return await uow.purchases.claims.add(member.id, at=now)

    async def register(
        self, uow: UnitOfWork, member: Member, receipt: Receipt, *, now: datetime, claim: ClaimId | None = None
    ) -> Claim:
        """Register what a picture says (of `claim`) or what was typed. Nothing is written when it is refused.

        Raises:
            ReceiptKnownError: the member has registered it before.
            RuleViolationError: it is of a return, too old, somebody's already, or one too many.
            ConflictError: somebody was quicker; here or by the commit.
        """
        program = self._program()
        demand_purchase(receipt)
        demand_fresh(receipt, now=now, zone=program.zone, limit=program.purchases.receipt_age)
        await self._lock(uow, member, now=now)
        begun = await uow.purchases.claims.get(claim, is_locked=True) if claim is not None else None
        if begun is not None and begun.receipt is not None:
            return begun  # told twice
        is_contested = await self._is_contested(uow, member, receipt)
        await self._demand_few(uow, member, now=now)
        if begun is None:
            begun = await uow.purchases.claims.add(member.id, at=now)
        read = read_as(begun, receipt, is_contested=is_contested)
        await uow.purchases.claims.keep(read)
        return read

    async def drop(self, uow: UnitOfWork, claim: ClaimId, why: Refusal, *, now: datetime) -> None:
        """Close a claim whose picture gave nothing that can be registered."""
        begun = await uow.purchases.claims.get(claim, is_locked=True)
        if begun is not None and begun.is_open:
            await uow.purchases.claims.keep(refused(begun, why, at=now))

    async def settle(self, uow: UnitOfWork, claim: ClaimId, verdict: Verdict, *, now: datetime) -> Claim | None:
        """Draw the conclusion from what those who know said; None where there is nothing to conclude any more.

        A contradiction is looked at by people: it may be a misreading.
        """
        checked = await uow.purchases.claims.get(claim, is_locked=True)
        if checked is None or checked.state is not ClaimState.CHECKING:
            return None
        match verdict:
            case Verdict.CONFIRMED:
                return await self._accept(uow, checked, by=None, now=now)
            case Verdict.NOT_OURS:
                return await self._refuse(uow, checked, Refusal.NOT_OURS, by=None, now=now)
            case _:
                waiting = handed_to_people(checked)
                await uow.purchases.claims.keep(waiting)
                return waiting

    async def confirm(self, uow: UnitOfWork, claim: ClaimId, *, by: Address, now: datetime) -> Claim:
        """Let a person of the brand say yes.

        Raises:
            ClaimDecidedError: somebody was quicker.
            RuleViolationError: another claim has this receipt.
        """
        waiting = await self._waiting(uow, claim)
        holder = await uow.purchases.claims.holder(waiting.receipt.key) if waiting.receipt else None
        if holder is not None and holder.id != waiting.id:
            raise RuleViolationError(Phrase("review-held", {"claim": str(holder.id)}))
        return await self._accept(uow, waiting, by=by, now=now)

    async def deny(self, uow: UnitOfWork, claim: ClaimId, why: Refusal, *, by: Address, now: datetime) -> Claim:
        """Let a person of the brand say no.

        Raises:
            ClaimDecidedError: somebody was quicker.
        """
        return await self._refuse(uow, await self._waiting(uow, claim), why, by=by, now=now)

    async def order_came(self, uow: UnitOfWork, claim: Claim, *, now: datetime) -> Claim | None:
        """Say yes to an open claim whose order has come in; None where it was decided before."""
        waiting = await uow.purchases.claims.get(claim.id, is_locked=True)
        if waiting is None or waiting.state not in {ClaimState.CHECKING, ClaimState.REVIEW}:
            return None
        return await self._accept(uow, waiting, by=None, now=now)

    def spendable_on(self, claim: Claim) -> date | None:
        """Tell when the points of an accepted claim can be spent; None where they can be at once."""
        program = self._program()
        if claim.receipt is None or not program.pending:
            return None
        return program.pending.after(claim.receipt.day) + timedelta(days=1)

    async def _accept(self, uow: UnitOfWork, claim: Claim, *, by: Address | None, now: datetime) -> Claim:
        member = await uow.club.members.get(claim.member)
        if member is None or claim.receipt is None:
            raise ValueError(f"claim {claim.id} is nobody's, or of nothing")
        if not member.is_active:
            return await self._refuse(uow, claim, Refusal.UNSUITABLE, by=by, now=now)
        counted = await self._counting.count_receipt(uow, member, claim.receipt, now=now)
        if counted is None:
            return await self._refuse(uow, claim, Refusal.REGISTERED, by=by, now=now)
        source, points = counted
        done = accepted(claim, source=source, points=points, at=now)
        await uow.purchases.claims.keep(done, by=by)
        return done

    async def _refuse(self, uow: UnitOfWork, claim: Claim, why: Refusal, *, by: Address | None, now: datetime) -> Claim:
        done = refused(claim, why, at=now)
        await uow.purchases.claims.keep(done, by=by)
        return done

    async def _waiting(self, uow: UnitOfWork, claim: ClaimId) -> Claim:
        found = await uow.purchases.claims.get(claim, is_locked=True)
        if found is None:
            raise RuleViolationError(Phrase("review-gone"))
        if found.state is not ClaimState.REVIEW:
            raise ClaimDecidedError(found.state)
        return found

    async def _is_contested(self, uow: UnitOfWork, member: Member, receipt: Receipt) -> bool:
        """Whether another claim says something else of the same paper."""
        is_contested = False
        for other in await uow.purchases.claims.alike(receipt):
            resemblance = compare(receipt, other.receipt) if other.receipt else Resemblance.DIFFERENT
            if resemblance is Resemblance.SAME and other.member == member.id:
                raise ReceiptKnownError(other)
            if resemblance is Resemblance.SAME and other.holds_key:
                raise RuleViolationError(Phrase("receipt-registered"))
            is_contested = is_contested or resemblance is not Resemblance.DIFFERENT
        return is_contested

    async def _demand_few(self, uow: UnitOfWork, member: Member, *, now: datetime) -> None:
        terms = self._program().purchases
        day = self._day(now)
        if await uow.purchases.claims.count(member.id, KEPT, since=day) >= terms.receipts_per_day:
            phrase = Phrase("receipt-day-limit", {"limit": terms.receipts_per_day})
            raise LimitExceededError(phrase, rule="receipts_per_day", resets_at=None)
        if await uow.purchases.claims.count(member.id, KEPT, since=day.replace(day=1)) >= terms.receipts_per_month:
            phrase = Phrase("receipt-month-limit", {"limit": terms.receipts_per_month})
            raise LimitExceededError(phrase, rule="receipts_per_month", resets_at=None)

    async def _lock(self, uow: UnitOfWork, member: Member, *, now: datetime) -> None:
        """Let a member do one thing at a time, from whichever platform."""
        await uow.club.ledger.load(member.account, Need(), now=now)

    def _day(self, now: datetime) -> datetime:
        return now.astimezone(self._program().zone).replace(hour=0, minute=0, second=0, microsecond=0)
