"""Receipts are registered once, by one member; what is doubtful goes to people, and is decided once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import LimitExceededError, RuleViolationError
from bot.domain.loyalty.member import Member
from bot.domain.purchases.claim import Claim, ClaimDecidedError, ClaimState, Refusal
from bot.domain.purchases.terms import PurchaseTerms
from bot.domain.purchases.verification import Verdict, Verification
from bot.domain.receipts.receipt import Operation, Receipt
from bot.services.purchases.receipts import ReceiptKnownError
from bot.services.purchases.verifying import OwnOrdersVerifier, ask_all, summed_up
from tests.unit.services.purchases.world import (
    BOB,
    OPERATOR,
    PROGRAM,
    RECEIPT,
    World,
    make_order,
    other_receipt,
)


async def settle(world: World, claim: Claim, verdict: Verdict) -> Claim | None:
    async with world.database.unit_of_work() as uow:
        done = await world.receipts.settle(uow, claim.id, verdict, now=world.now)
        await uow.commit()
    return done


async def refusal(world: World, member: Member, receipt: Receipt) -> str:
    with pytest.raises(RuleViolationError) as refused:
        await world.register(member, receipt)
    return refused.value.phrase.key


async def test_a_receipt_that_is_confirmed_gives_points_that_wait() -> None:
    world = World()
    ann = await world.join()
    claim = await world.register(ann)
    done = await settle(world, claim, Verdict.CONFIRMED)
    assert done is not None
    assert (done.state, done.points, done.source) == (ClaimState.ACCEPTED, 444, "receipt:9287440300634471-13571")
    assert (await world.balance(ann)).pending == 444
    assert world.receipts.spendable_on(done) == RECEIPT.day + timedelta(days=15)
    assert await settle(world, claim, Verdict.CONFIRMED) is None


async def test_the_second_member_hears_that_it_is_registered_and_nothing_else() -> None:
    world = World()
    ann, bob = await world.join(), await world.join(BOB, 2)
    await world.register(ann)
    with pytest.raises(RuleViolationError) as refused:
        await world.register(bob)
    assert (refused.value.phrase.key, dict(refused.value.phrase.params)) == ("receipt-registered", {})


async def test_who_sends_a_receipt_again_is_told_where_it_stands() -> None:
    world = World()
    ann = await world.join()
    claim = await world.register(ann)
    with pytest.raises(ReceiptKnownError) as known:
        await world.register(ann, replace(RECEIPT, clock=None))
    assert known.value.claim == claim


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIPT, total_kopecks=9_999_900),
        replace(RECEIPT, sign=5),
        replace(RECEIPT, document=13572),
    ],
)
async def test_a_receipt_that_contradicts_another_goes_to_people(other: Receipt) -> None:
    world = World()
    ann, bob = await world.join(), await world.join(BOB, 2)
    first = await world.register(ann)
    contested = await world.register(bob, other)
    assert (contested.state, contested.holds_key) == (ClaimState.REVIEW, False)
    assert (await world.claim(first.id)) == first


@pytest.mark.parametrize(
    ("receipt", "key"),
    [
        (replace(RECEIPT, operation=Operation.SALE_RETURN), "receipt-of-return"),
        (replace(RECEIPT, operation=Operation.EXPENSE), "receipt-of-expense"),
        (replace(RECEIPT, day=RECEIPT.day - timedelta(days=365)), "receipt-too-old"),
        (replace(RECEIPT, day=RECEIPT.day + timedelta(days=9)), "receipt-day-ahead"),
    ],
)
async def test_what_earns_nothing_is_refused_and_leaves_nothing(receipt: Receipt, key: str) -> None:
    world = World()
    ann = await world.join()
    assert await refusal(world, ann, receipt) == key
    async with world.database.unit_of_work() as uow:
        assert await uow.purchases.claims.of(ann.id, limit=5) == []


async def test_a_day_and_a_month_have_their_limits() -> None:
    world = World(replace(PROGRAM, purchases=PurchaseTerms(receipts_per_day=2, receipts_per_month=3)))
    ann = await world.join()
    for number in range(2):
        await world.register(ann, other_receipt(number))
    assert await refusal(world, ann, other_receipt(2)) == "receipt-day-limit"
    world.clock.advance(timedelta(days=1))
    await world.register(ann, other_receipt(2))
    assert await refusal(world, ann, other_receipt(3)) == "receipt-month-limit"
    world.clock.advance(timedelta(days=8))
    await world.register(ann, other_receipt(3))


async def test_a_refused_receipt_does_not_count_and_may_be_registered_by_another() -> None:
    world = World(replace(PROGRAM, purchases=PurchaseTerms(receipts_per_day=1)))
    ann, bob = await world.join(), await world.join(BOB, 2)
    await settle(world, await world.register(ann), Verdict.NOT_OURS)
    await world.register(ann, other_receipt(1))
    assert (await world.register(bob)).state is ClaimState.CHECKING


async def test_pictures_have_a_limit_of_their_own() -> None:
    world = World(replace(PROGRAM, purchases=PurchaseTerms(pictures_per_day=1)))
    ann = await world.join()
    async with world.database.unit_of_work() as uow:
        await world.receipts.photographed(uow, ann, now=world.now)
        with pytest.raises(LimitExceededError):
            await world.receipts.photographed(uow, ann, now=world.now)


async def test_a_picture_that_gave_nothing_is_closed_and_read_only_once() -> None:
    world = World()
    ann = await world.join()
    async with world.database.unit_of_work() as uow:
        one, other = [await world.receipts.photographed(uow, ann, now=world.now) for _ in range(2)]
        await world.receipts.drop(uow, one.id, Refusal.UNREADABLE, now=world.now)
        first = await world.receipts.register(uow, ann, RECEIPT, claim=other.id, now=world.now)
        assert await world.receipts.register(uow, ann, other_receipt(1), claim=other.id, now=world.now) == first
        await uow.commit()
    assert (await world.claim(one.id)).refusal is Refusal.UNREADABLE


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.NOT_OURS, ClaimState.REFUSED),
        (Verdict.MISMATCH, ClaimState.REVIEW),
        (Verdict.NOT_FOUND, ClaimState.REVIEW),
        (Verdict.UNSUPPORTED, ClaimState.REVIEW),
        (Verdict.RETRY_LATER, ClaimState.REVIEW),
    ],
)
async def test_only_who_is_sure_decides_without_people(verdict: Verdict, state: ClaimState) -> None:
    world = World()
    done = await settle(world, await world.register(await world.join()), verdict)
    assert done is not None
    assert done.state is state


async def test_the_first_press_decides_and_the_second_is_told() -> None:
    world = World()
    ann = await world.join()
    claim = await world.register(ann)
    await settle(world, claim, Verdict.NOT_FOUND)
    async with world.database.unit_of_work() as uow:
        done = await world.receipts.confirm(uow, claim.id, by=OPERATOR, now=world.now)
        with pytest.raises(ClaimDecidedError) as late:
            await world.receipts.deny(uow, claim.id, Refusal.NOT_OURS, by=BOB, now=world.now)
        await uow.commit()
    assert (done.state, late.value.state) == (ClaimState.ACCEPTED, ClaimState.ACCEPTED)
    assert (await world.balance(ann)).pending == 444


async def test_nobody_can_say_yes_to_two_claims_on_one_receipt() -> None:
    world = World()
    ann, bob = await world.join(), await world.join(BOB, 2)
    await settle(world, await world.register(ann), Verdict.CONFIRMED)
    contested = await world.register(bob, replace(RECEIPT, total_kopecks=1_000))
    async with world.database.unit_of_work() as uow:
        with pytest.raises(RuleViolationError) as held:
            await world.receipts.confirm(uow, contested.id, by=OPERATOR, now=world.now)
        denied = await world.receipts.deny(uow, contested.id, Refusal.MISMATCH, by=OPERATOR, now=world.now)
        await uow.commit()
    assert held.value.phrase.key == "review-held"
    assert denied.refusal is Refusal.MISMATCH
    assert (await world.balance(bob)).pending == 0


async def test_a_receipt_whose_order_gave_somebody_else_points_is_refused() -> None:
    world = World()
    ann, bob = await world.join(), await world.join(BOB, 2)
    await world.take(make_order(card=ann.card))
    done = await settle(world, await world.register(bob), Verdict.CONFIRMED)
    assert done is not None
    assert (done.state, done.refusal) == (ClaimState.REFUSED, Refusal.REGISTERED)
    assert (await world.balance(bob)).pending == 0


async def test_who_has_left_meanwhile_gets_no_points() -> None:
    world = World()
    ann = await world.join()
    claim = await world.register(ann)
    async with world.database.unit_of_work() as uow:
        await uow.club.members.leave(ann.id, at=world.now)
        await uow.commit()
    done = await settle(world, claim, Verdict.CONFIRMED)
    assert done is not None
    assert done.refusal is Refusal.UNSUITABLE
    assert (await world.balance(ann)).pending == 0


class _Says:
    """A verifier that always says the same."""

    def __init__(self, name: str, verdict: Verdict) -> None:
        self.name = name
        self._verdict = verdict

    async def verify(self, receipt: Receipt) -> Verification:
        return Verification(provider=self.name, verdict=self._verdict)


@pytest.mark.parametrize(
    ("verdicts", "asked", "together"),
    [
        ([Verdict.CONFIRMED, Verdict.NOT_OURS], 1, Verdict.CONFIRMED),
        ([Verdict.NOT_FOUND, Verdict.NOT_OURS], 2, Verdict.NOT_OURS),
        ([Verdict.MISMATCH, Verdict.CONFIRMED], 1, Verdict.MISMATCH),
        ([Verdict.NOT_FOUND, Verdict.PENDING], 2, Verdict.PENDING),
        ([Verdict.RETRY_LATER, Verdict.CONFIRMED], 2, Verdict.CONFIRMED),
        ([Verdict.UNSUPPORTED, Verdict.NOT_FOUND], 2, Verdict.NOT_FOUND),
        ([], 0, Verdict.UNSUPPORTED),
    ],
)
async def test_who_is_sure_ends_the_asking(verdicts: list[Verdict], asked: int, together: Verdict) -> None:
    said = await ask_all([_Says(str(place), verdict) for place, verdict in enumerate(verdicts)], RECEIPT)
    assert (len(said), summed_up(said)) == (asked, together)


async def test_the_store_knows_its_own_receipts() -> None:
    world = World()
    await world.take(make_order())
    verifier = OwnOrdersVerifier(world.database.unit_of_work)
    receipts = (RECEIPT, replace(RECEIPT, total_kopecks=1), other_receipt(1))
    said = [(await verifier.verify(receipt)).verdict for receipt in receipts]
    assert said == [Verdict.CONFIRMED, Verdict.MISMATCH, Verdict.NOT_FOUND]
