"""Rewards, vouchers and promo codes in every store."""

import asyncio

import pytest

from bot.domain.errors import (
    ConflictError,
    InsufficientPointsError,
    LimitExceededError,
    PromoCodeError,
    RewardUnavailableError,
)
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.promo import PromoCode
from bot.domain.loyalty.voucher import Voucher, VoucherStatus
from bot.services.club.promo import Applied
from bot.services.ports import UnitOfWorkFactory
from tests.contract.club_samples import DAY, Club, bought


@pytest.fixture
def club(open_uow: UnitOfWorkFactory) -> Club:
    """A club on each kind of store."""
    return Club(open_uow)


async def _refund(club: Club, member: Member, code: str) -> Voucher:
    async with club.open_uow() as uow:
        async with uow.turn():
            voucher = await club.rewards.refund(uow, club.program, member, code=code, now=club.now)
        await uow.commit()
    return voucher


async def _use(club: Club, code: str) -> Voucher:
    async with club.open_uow() as uow:
        voucher = await club.rewards.use(uow, code=code, now=club.now)
        await uow.commit()
    return voucher


async def _left(club: Club, member: Member) -> dict[str, int | None]:
    async with club.open_uow() as uow:
        shelves = await club.rewards.shelves(uow, club.program, member, now=club.now)
    return {shelf.reward.id: shelf.left for shelf in shelves}


async def _try(club: Club, member: Member, reward: str, key: str) -> str:
    while True:
        try:
            await club.redeem(member, reward, key=key)
        except ConflictError:
            continue
        except (RewardUnavailableError, LimitExceededError) as refusal:
            return refusal.phrase.key
        return "got it"


async def test_points_become_a_voucher_that_is_shown_again(club: Club) -> None:
    ann = await club.join(points=1000)
    voucher = await club.redeem(ann, "mug", key="k")
    assert (voucher.status, voucher.cost, len(voucher.code)) == (VoucherStatus.ISSUED, 400, 14)
    assert await club.available(ann) == 600
    async with club.open_uow() as uow:
        assert list(await club.rewards.vouchers(uow, ann)) == [voucher]


async def test_a_button_pressed_ten_times_takes_one(club: Club) -> None:
    ann = await club.join(points=1000)
    vouchers = [await club.redeem(ann, "coupon", key="press") for _ in range(10)]
    assert set(vouchers) == {vouchers[0]}
    assert await club.available(ann) == 900


async def test_of_two_for_the_last_one_one_gets_it_and_the_other_keeps_the_points(club: Club) -> None:
    ann, bob = await club.join(points=1000), await club.join(points=1000)
    outcomes = await asyncio.gather(_try(club, ann, "mug", "a"), _try(club, bob, "mug", "b"))
    assert sorted(outcomes) == ["club-reward-gone", "got it"]
    assert sorted([await club.available(ann), await club.available(bob)]) == [600, 1000]
    assert "mug" not in await _left(club, ann)


async def test_a_limit_holds_for_who_presses_many_buttons_at_once(club: Club) -> None:
    ann = await club.join(points=1000)
    outcomes = await asyncio.gather(*(_try(club, ann, "coupon", f"k{number}") for number in range(5)))
    assert sorted(outcomes) == ["club-reward-limit"] * 3 + ["got it"] * 2
    assert await club.available(ann) == 800
    club.now = club.now.replace(year=2027)
    assert await _try(club, ann, "coupon", "next year") == "got it"


async def test_what_cannot_be_paid_is_not_taken(club: Club) -> None:
    ann = await club.join()
    with pytest.raises(InsufficientPointsError) as refused:
        await club.redeem(ann, "mug", key="k")
    assert (refused.value.available, refused.value.needed) == (0, 400)
    assert (await _left(club, ann))["mug"] == 1


async def test_a_reward_of_a_tier_is_for_that_tier(club: Club) -> None:
    ann = await club.join(points=1000)
    assert await _try(club, ann, "trip", "k") == "club-reward-other-tier"
    reached = (await club.buy(ann, bought("1", 2000))).member
    assert reached is not None
    assert await _try(club, reached, "trip", "k") == "got it"


async def test_an_unused_voucher_goes_back_for_its_points_once(club: Club) -> None:
    ann, bob = await club.join(points=1000), await club.join(points=1000)
    voucher = await club.redeem(ann, "mug", key="k")
    with pytest.raises(RewardUnavailableError):
        await _refund(club, bob, voucher.code)
    await _refund(club, ann, voucher.code)
    with pytest.raises(RewardUnavailableError):
        await _refund(club, ann, voucher.code)
    with pytest.raises(RewardUnavailableError):
        await _use(club, voucher.code)
    assert await club.available(ann) == 1000
    assert (await _left(club, ann))["mug"] == 1


async def test_a_used_voucher_is_used_once_and_does_not_go_back(club: Club) -> None:
    ann = await club.join(points=1000)
    voucher = await club.redeem(ann, "mug", key="k")
    await _use(club, voucher.code)
    for again in (_use(club, voucher.code), _refund(club, ann, voucher.code), _use(club, "NO-SUCH-CODE")):
        with pytest.raises(RewardUnavailableError):
            await again
    assert await club.available(ann) == 600


async def test_a_voucher_is_worth_nothing_after_its_time(club: Club) -> None:
    ann = await club.join(points=1000)
    voucher = await club.redeem(ann, "mug", key="k")
    assert voucher.expires_at is not None
    club.now = voucher.expires_at
    with pytest.raises(RewardUnavailableError):
        await _use(club, voucher.code)


async def test_imported_codes_go_out_in_order_each_once(club: Club) -> None:
    ann = await club.join(points=1000)
    assert "cinema" not in await _left(club, ann)
    async with club.open_uow() as uow:
        assert await uow.club.rewards.import_codes("cinema", ["C1", "C2", "C1"]) == 2
        assert await uow.club.rewards.import_codes("cinema", ["C2"]) == 0
        assert dict(await uow.club.rewards.codes_left()) == {"cinema": 2}
        await uow.commit()
    assert (await _left(club, ann))["cinema"] == 2
    codes = [(await club.redeem(ann, "cinema", key=key)).code for key in ("a", "b")]
    assert codes == ["C1", "C2"]
    assert "cinema" not in await _left(club, ann)
    assert await _try(club, ann, "cinema", "c") == "club-reward-gone"
    assert await club.available(ann) == 800


async def _add(club: Club, *codes: PromoCode) -> int:
    async with club.open_uow() as uow:
        added = await club.promo.add(uow, codes)
        await uow.commit()
    return added


async def _apply(club: Club, member: Member, text: str) -> Applied:
    async with club.open_uow() as uow:
        async with uow.turn():
            applied = await club.promo.apply(uow, club.program, member, text=text, now=club.now)
        await uow.commit()
    return applied


async def _refused(club: Club, member: Member, text: str) -> str:
    with pytest.raises(PromoCodeError) as refused:
        await _apply(club, member, text)
    return refused.value.phrase.key


@pytest.mark.parametrize("typed", ["SPRING-26", " spring 26 ", "ЫЗКШТП26", "ыз ким"])
async def test_a_promo_code_is_found_however_it_is_typed(club: Club, typed: str) -> None:
    ann = await club.join()
    await _add(
        club, PromoCode(code="spring-26", campaign="spring", points=70), PromoCode(code="c", campaign="x", points=1)
    )
    if typed == "ыз ким":
        assert await _refused(club, ann, typed) == "club-promo-unknown"
        return
    applied = await _apply(club, ann, typed)
    assert applied.entry is not None
    assert (applied.entry.basis.campaign, await club.available(ann)) == ("spring", 70)


async def test_letters_that_look_alike_are_alike(club: Club) -> None:
    ann = await club.join()
    await _add(club, PromoCode(code="TEMA", campaign="t", points=5))
    await _apply(club, ann, "ТЕМА")
    assert await club.available(ann) == 5


async def test_a_shared_code_counts_once_for_each_person_up_to_its_limit(club: Club) -> None:
    ann, bob, eve = [await club.join() for _ in range(3)]
    assert await _add(club, PromoCode(code="ALL", campaign="a", points=10, limit=2)) == 1
    assert await _add(club, PromoCode(code="ALL", campaign="b", points=99)) == 0
    await _apply(club, ann, "all")
    assert await _refused(club, ann, "all") == "club-promo-again"
    await _apply(club, bob, "all")
    assert await _refused(club, eve, "all") == "club-promo-gone"
    assert [await club.available(member) for member in (ann, bob, eve)] == [10, 10, 0]


async def test_a_code_has_its_time_and_its_person(club: Club) -> None:
    ann, bob = await club.join(), await club.join()
    await _add(
        club,
        PromoCode(code="SOON", campaign="a", points=10, since=club.now + DAY, until=club.now + 2 * DAY),
        PromoCode(code="MINE", campaign="a", points=10, member=bob.id, limit=1),
    )
    assert await _refused(club, ann, "soon") == "club-promo-early"
    assert await _refused(club, ann, "mine") == "club-promo-unknown"
    club.now += 2 * DAY
    assert await _refused(club, ann, "soon") == "club-promo-late"
    await _apply(club, bob, "mine")
    assert await club.available(bob) == 10


async def test_a_code_for_the_first_purchase_waits_for_it(club: Club) -> None:
    ann, bob = await club.join(), await club.join()
    await _add(club, PromoCode(code="HELLO", campaign="h", points=500, is_first_purchase=True))
    assert (await _apply(club, ann, "hello")).entry is None
    assert (await club.balance(ann)).pending == 0
    recorded = await club.buy(ann, bought("1", 1000))
    assert recorded.entries[-1].basis.campaign == "h"
    assert (await club.balance(ann)).pending == 350 + 500
    await club.buy(bob, bought("2", 1000))
    assert await _refused(club, bob, "hello") == "club-promo-first"
    await club.give_back("r", "1", line_1=1000)
    assert (await club.balance(ann)).pending == 0
