"""Purchases, returns, tiers, invitations and events of members, in every store."""

from dataclasses import replace

import pytest

from bot.domain.ids import ChannelName
from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.entry import Basis, EntryKind
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import RuleKind
from bot.domain.messages import Address
from bot.services.club.happenings import Became, Happening, Happenings
from bot.services.club.overview import overview
from bot.services.ports import UnitOfWorkFactory
from tests.contract.club_samples import DAY, NOON, Club, bought, rule


@pytest.fixture
def club(open_uow: UnitOfWorkFactory) -> Club:
    """A club on each kind of store."""
    return Club(open_uow)


async def test_a_purchase_earns_once_however_often_it_is_reported(club: Club) -> None:
    ann = await club.join()
    first = await club.buy(ann, bought("1", 1000))
    again = await club.buy(ann, bought("1", 1000))
    assert [(entry.basis.rule, entry.points) for entry in first.entries] == [("basic", 50), ("first", 300)]
    assert (again.entries, again.is_repeated) == ((), True)
    assert (await club.balance(ann)).pending == 350
    club.now += 15 * DAY
    assert (await club.available(ann)) == 350


async def test_a_purchase_of_somebody_else_is_not_earned_once_more(club: Club) -> None:
    ann, bob = await club.join(), await club.join()
    await club.buy(ann, bought("1", 1000))
    assert (await club.buy(bob, bought("1", 1000))).is_repeated
    assert (await club.balance(bob)).pending == 0


async def test_an_entry_explains_itself(club: Club) -> None:
    ann = await club.join()
    entry = (await club.buy(ann, bought("1", 1000))).entries[0]
    async with club.open_uow() as uow:
        basis = await club.points.explain(uow, entry.ref)
    assert basis is not None
    assert (basis.rule, basis.version, basis.source) == ("basic", "1", "order:1")
    assert (basis.inputs["paid_kopecks"], basis.inputs["per_100_roubles"]) == (100_000, 5)


async def test_a_return_takes_its_part_and_the_last_one_the_rest(club: Club) -> None:
    ann = await club.join()
    await club.buy(ann, bought("1", 700, 300))
    await club.give_back("r1", "1", line_1=350)
    assert (await club.balance(ann)).pending == 350 - 17
    await club.give_back("r1", "1", line_1=350)
    assert (await club.balance(ann)).pending == 350 - 17
    await club.give_back("r2", "1", line_1=350, line_2=300)
    assert await club.balance(ann) == await club.balance(await club.join())


async def test_more_cannot_come_back_than_was_bought(club: Club) -> None:
    ann = await club.join()
    await club.buy(ann, bought("1", 1000))
    await club.give_back("r1", "1", line_1=5000, line_9=100)
    await club.give_back("r2", "1", line_1=1000)
    assert (await club.balance(ann)).pending == 0
    assert await club.give_back("r3", "unknown", line_1=1) is None


async def test_what_was_spent_and_is_returned_is_owed(club: Club) -> None:
    ann = await club.join()
    await club.buy(ann, bought("1", 2000))
    club.now += 20 * DAY
    await club.redeem(ann, "mug", key="k")
    await club.give_back("r1", "1", line_1=2000)
    balance = await club.balance(ann)
    assert (balance.available, balance.debt) == (0, 400)


async def test_whoever_returned_everything_buys_for_the_first_time_again(club: Club) -> None:
    ann = await club.join()
    await club.buy(ann, bought("1", 1000))
    await club.give_back("r1", "1", line_1=1000)
    await club.buy(ann, bought("2", 1000))
    assert (await club.balance(ann)).pending == 350
    await club.buy(ann, bought("3", 1000))
    assert (await club.balance(ann)).pending == 400


async def test_what_a_first_purchase_brought_stays_while_another_is_kept(club: Club) -> None:
    ann = await club.join()
    bob = await club.join(invited_by=ann.id)
    await club.buy(bob, bought("1", 1000))
    await club.buy(bob, bought("2", 1000))
    for number in ("r1", "r1 again"):
        await club.give_back(number, "1", line_1=1000)
        assert ((await club.balance(bob)).pending, (await club.balance(ann)).pending) == (50 + 300 + 200, 300)
    await club.give_back("r2", "2", line_1=1000)
    assert ((await club.balance(bob)).pending, (await club.balance(ann)).pending) == (0, 0)


async def test_what_cost_nothing_is_no_first_purchase(club: Club) -> None:
    ann = await club.join()
    bob = await club.join(invited_by=ann.id)
    for number in (1, 2):
        assert (await club.buy(bob, bought(f"free{number}", 0))).entries == ()
    await club.buy(bob, bought("paid", 1000))
    assert ((await club.balance(bob)).pending, (await club.balance(ann)).pending) == (350 + 200, 300)


async def test_a_tier_is_reached_by_a_purchase_and_counts_from_the_next(club: Club) -> None:
    ann = await club.join()
    reached = (await club.buy(ann, bought("1", 2000))).member
    assert reached is not None
    assert reached.standing is not None
    assert reached.standing.tier == "expert"
    second = await club.buy(ann, bought("2", 1000))
    assert second.entries[0].points == 100


async def test_a_member_sees_balance_tier_and_what_is_missing(club: Club) -> None:
    ann = await club.join()
    await club.buy(ann, bought("1", 1000))
    async with club.open_uow() as uow:
        member = await uow.club.members.get(ann.id)
        assert member is not None
        seen = await overview(uow, club.program, member, points=club.points, now=club.now)
        newcomer = await overview(uow, club.program, ann, points=club.points, now=club.now + 800 * DAY)
    assert seen.tier is not None
    assert seen.next is not None
    assert (seen.balance.pending, seen.qualifying, seen.tier.id) == (350, 50, "friend")
    assert (seen.next.tier.id, seen.next.missing) == ("expert", 50)
    assert (newcomer.qualifying, newcomer.balance.available) == (0, 0)


async def test_a_return_takes_back_what_led_to_a_tier(club: Club) -> None:
    ann = await club.join()
    await club.buy(ann, bought("1", 1000))
    await club.give_back("r", "1", line_1=1000)
    async with club.open_uow() as uow:
        assert await club.points.qualifying(uow, ann.account, since=NOON.date()) == 0


async def test_a_budget_ends_for_everybody(club: Club) -> None:
    ann, bob = await club.join(), await club.join()
    for number, member in enumerate((ann, bob)):
        await club.buy(member, bought(str(number), 1000, product="tv"))
    entries = [(await club.buy(member, bought(f"x{member.id}", 1000, product="tv"))).entries for member in (ann, bob)]
    given = [entry.points for each in entries for entry in each if entry.basis.rule == "weekend"]
    assert (await club.balance(ann)).pending == 50 + 50 + 300 + 50
    assert (await club.balance(bob)).pending == 50 + 10 + 300 + 50
    assert given == [0, 0]


async def test_a_cap_is_counted_by_the_month_of_the_brand(club: Club) -> None:
    ann = await club.join()
    for month in (0, 40):
        club.now = NOON + month * DAY
        for number in range(4):
            async with club.open_uow() as uow:
                occasion = f"{month}:{number}"
                await club.accruals.happened(
                    uow, club.program, ann, kind=RuleKind.REVIEW, occasion=occasion, now=club.now
                )
                await uow.commit()
    assert await club.available(ann) == 240


async def test_a_cap_is_of_the_month_of_a_purchase_whenever_it_is_told(club: Club) -> None:
    club.program = replace(club.program, rules=(rule("basic", per_100_roubles=5, cap_per_month=60),))
    ann = await club.join()
    for number, day in enumerate((-40, -39, -1, 0)):
        await club.buy(ann, bought(str(number), 1000, at=NOON + day * DAY))
    assert (await club.balance(ann)).pending + await club.available(ann) == 60 + 60


async def test_an_event_counts_once_for_each_occasion(club: Club) -> None:
    ann = await club.join()
    for _ in range(2):
        async with club.open_uow() as uow:
            await club.accruals.happened(uow, club.program, ann, kind=RuleKind.REVIEW, occasion="o1", now=club.now)
            await uow.commit()
    assert await club.available(ann) == 50


async def test_what_happened_elsewhere_gives_points_once(club: Club) -> None:
    ann = await club.join()
    happenings = Happenings(club.accruals, lambda product: frozenset({"10"} if product == "camera" else ()))
    club.program = replace(
        club.program,
        rules=(
            rule("review", RuleKind.REVIEW, points=50, categories=frozenset({"10"})),
            replace(rule("quiz", RuleKind.QUIZ, points=120), is_qualifying=True),
        ),
    )

    async def tell(kind: RuleKind, occasion: str, *, card: str = ann.card, product: str = "") -> tuple[Became, int]:
        told = Happening(card=CardNumber(card), kind=kind, occasion=occasion, product=product)
        async with club.open_uow() as uow:
            became = await happenings.take_in(uow, club.program, told, now=club.now)
            await uow.commit()
        club.now += DAY
        return became

    assert await tell(RuleKind.REVIEW, "7", product="camera") == (Became.GIVEN, 50)
    assert await tell(RuleKind.REVIEW, "7", product="camera") == (Became.KNOWN, 0)
    assert await tell(RuleKind.REVIEW, "8", product="tv") == (Became.NO_RULE, 0)
    assert await tell(RuleKind.POLL, "9") == (Became.NO_RULE, 0)
    assert await tell(RuleKind.QUIZ, "7", card="2700000000000") == (Became.UNKNOWN_CARD, 0)
    assert await tell(RuleKind.QUIZ, "7") == (Became.GIVEN, 120)
    assert await club.available(ann) == 170
    async with club.open_uow() as uow:
        standing = (await uow.club.members.get(ann.id) or ann).standing
    assert standing is not None
    assert standing.tier == "expert"


async def test_an_occasion_told_again_is_what_was_given_then(club: Club) -> None:
    ann = await club.join()

    async def happen(occasion: str) -> list[int]:
        async with club.open_uow() as uow:
            found = await club.accruals.happened(
                uow, club.program, ann, kind=RuleKind.REVIEW, occasion=occasion, now=club.now
            )
            await uow.commit()
        return [entry.points for entry in found]

    given = [await happen(occasion) for occasion in ("o1", "o2", "o3", "o4")]
    assert given == [[50], [50], [20], [0]]
    assert [await happen(occasion) for occasion in ("o1", "o2", "o3", "o4")] == given
    club.program = replace(club.program, rules=(rule("review", RuleKind.REVIEW, points=70),))
    assert await happen("o1") == [50]
    assert await club.available(ann) == 120


async def test_both_sides_of_an_invitation_get_theirs_with_the_first_purchase(club: Club) -> None:
    ann = await club.join()
    bob, eve = await club.join(invited_by=ann.id), await club.join(invited_by=ann.id)
    await club.buy(bob, bought("1", 1000))
    await club.buy(bob, bought("2", 1000))
    await club.buy(eve, bought("3", 1000))
    assert (await club.balance(ann)).pending == 300
    assert (await club.balance(bob)).pending == 350 + 200 + 50
    assert (await club.balance(eve)).pending == 350 + 200
    for number, left in (("1", 300), ("2", 0)):
        await club.give_back(f"r{number}", number, line_1=1000)
        assert (await club.balance(ann)).pending == left


async def test_nobody_is_thanked_for_having_invited_themselves(club: Club) -> None:
    ann = await club.join()
    bob = await club.join(invited_by=ann.id)
    async with club.open_uow() as uow:
        await club.points.merge(uow, ann.account, bob.account, key="m", basis=Basis(source="link:1"), now=club.now)
        await uow.commit()
    recorded = await club.buy(bob, bought("1", 1000))
    assert [entry.basis.rule for entry in recorded.entries] == ["basic", "first"]
    assert (await club.balance(bob)).pending == 350


async def test_points_of_a_merged_account_are_still_taken_back(club: Club) -> None:
    ann, again = await club.join(), await club.join()
    recorded = await club.buy(ann, bought("1", 1000))
    async with club.open_uow() as uow:
        await club.points.merge(uow, ann.account, again.account, key="m", basis=recorded.entries[0].basis, now=club.now)
        await uow.commit()
    assert (await club.balance(again)).pending == 350
    await club.give_back("r", "1", line_1=1000)
    assert await club.balance(ann) == await club.balance(again)
    assert (await club.balance(again)).pending == 0
    async with club.open_uow() as uow:
        history = await club.points.history(uow, ann.account)
    assert history[0].kind is EntryKind.REVERSE_EARN


async def test_what_was_bought_and_redeemed_goes_along_to_who_takes_one_in_and_back(club: Club) -> None:
    ann, again = await club.join(), await club.join(points=1000)
    voucher = await club.redeem(again, "coupon", key="k")
    await club.buy(again, bought("1", 1000))
    async with club.open_uow() as uow:
        moved = await uow.purchases.hand_over(again.id, ann.id)
        assert await club.rewards.vouchers(uow, again) == []
        assert [each.code for each in await club.rewards.vouchers(uow, ann)] == [voucher.code]
        await uow.commit()
    assert [entry.basis.rule for entry in (await club.buy(ann, bought("2", 1000))).entries] == ["basic"]
    async with club.open_uow() as uow:
        await uow.purchases.hand_back(ann.id, again.id, moved)
        await uow.commit()
    async with club.open_uow() as uow:
        assert [each.code for each in await club.rewards.vouchers(uow, again)] == [voucher.code]
        assert await club.rewards.vouchers(uow, ann) == []
        assert [await uow.club.purchases.kept(member.id) for member in (ann, again)] == ["order:2", "order:1"]


async def test_a_voucher_of_a_merged_account_gives_its_points_back(club: Club) -> None:
    ann, again = await club.join(), await club.join(points=1000)
    voucher = await club.redeem(again, "coupon", key="k")
    async with club.open_uow() as uow:
        await club.points.merge(uow, again.account, ann.account, key="m", basis=Basis(), now=club.now)
        await uow.purchases.hand_over(again.id, ann.id)
        await uow.commit()
    assert await club.available(ann) == 900
    async with club.open_uow() as uow:
        await club.rewards.refund(uow, club.program, ann, code=voucher.code, now=club.now)
        await uow.commit()
    assert await club.available(ann) == 1000


async def test_a_merge_that_was_a_mistake_is_undone(club: Club) -> None:
    ann, bob = await club.join(), await club.join()
    await club.buy(ann, bought("1", 1000))
    basis = (await club.buy(bob, bought("2", 2000))).entries[0].basis
    for key in ("m1", "m2"):
        async with club.open_uow() as uow:
            await club.points.merge(uow, ann.account, bob.account, key=key, basis=basis, now=club.now)
            await uow.commit()
        assert ((await club.balance(bob)).pending, await _qualifying(club, bob)) == (750, 150)
        async with club.open_uow() as uow:
            await club.points.undo_merge(uow, ann.account, bob.account, key=f"undo:{key}", basis=basis, now=club.now)
            await uow.commit()
        assert ((await club.balance(ann)).pending, await _qualifying(club, ann)) == (350, 50)
        assert ((await club.balance(bob)).pending, await _qualifying(club, bob)) == (400, 100)
    await club.give_back("r", "1", line_1=1000)
    assert ((await club.balance(ann)).pending, await _qualifying(club, ann)) == (0, 0)


async def _qualifying(club: Club, member: Member) -> int:
    async with club.open_uow() as uow:
        return await club.points.qualifying(uow, member.account, since=NOON.date())


async def test_a_member_is_known_by_the_chats_they_write_from(club: Club) -> None:
    ann, bob = await club.join(), await club.join()
    chats = [Address(ChannelName(name), "c", "u") for name in ("telegram", "vk")]
    async with club.open_uow() as uow:
        assert await uow.club.members.who(chats[0]) is None
        await uow.club.members.link(chats[0], ann.id, at=NOON)
        await uow.club.members.link(chats[1], ann.id, at=NOON)
        await uow.club.members.link(chats[1], bob.id, at=NOON)
        await uow.commit()
    async with club.open_uow() as uow:
        assert [await uow.club.members.who(chat) for chat in chats] == [ann, bob]
