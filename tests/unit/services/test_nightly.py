"""What happens by itself: each thing once, in the morning, to those who want it, whatever stops it meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.loyalty.member import Member
from bot.domain.loyalty.period import Period
from bot.domain.loyalty.tiers import Standing
from bot.domain.members.consent import ConsentChange
from bot.domain.members.notices import NoticeKind
from bot.services.club.reconciliation import Reconciliation
from tests.unit.services.nights import DAY, PROGRAM, Nights, address, told

ANN, BOB = address("ann"), address("bob")


async def test_points_that_become_available_at_midnight_are_told_of_in_the_morning() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await nights.earn(ann, 50, pending=1)
    await nights.earn(ann, 20, pending=1)
    assert told(await nights.live(DAY)) == []
    assert await nights.available(ann) == 0
    assert told(await nights.live(timedelta(hours=12))) == []
    assert await nights.available(ann) == 70
    assert told(await nights.live(timedelta(hours=7))) == [("ann", "notices-available(points=70)")]
    assert nights.clock.now().astimezone(PROGRAM.zone).hour == 10
    assert told(await nights.live(3 * DAY)) == []


async def test_points_that_expire_are_told_of_two_weeks_before_and_once() -> None:
    nights = Nights()
    ann, bob = await nights.join(ANN), await nights.join(BOB)
    await nights.live(DAY)
    await nights.earn(ann, 30, life=20)
    await nights.earn(ann, 12, life=20)
    await nights.earn(bob, 5, life=21)
    assert told(await nights.live(6 * DAY)) == []
    assert told(await nights.live(DAY)) == [("ann", "notices-expiring(day=14.12.2026, points=42)")]
    assert told(await nights.live(DAY)) == [("bob", "notices-expiring(day=15.12.2026, points=5)")]
    assert told(await nights.live(12 * DAY)) == []
    assert await nights.available(ann) == 42
    await nights.live(3 * DAY)
    assert (await nights.available(ann), await nights.available(bob)) == (0, 0)


async def test_who_was_not_told_while_the_program_stood_still_is_told_afterwards() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await nights.live(DAY)
    await nights.earn(ann, 30, life=20)
    nights.clock.advance(15 * DAY)
    assert told(await nights.live(DAY)) == [("ann", "notices-expiring(day=14.12.2026, points=30)")]


async def test_nothing_is_said_of_points_that_were_spent_meanwhile() -> None:
    nights = Nights()
    ann, bob = await nights.join(ANN), await nights.join(BOB)
    await nights.live(DAY)
    await nights.earn(ann, 30, life=15)
    await nights.earn(bob, 30, life=15)
    await nights.live(timedelta(hours=36))
    await nights.spend(ann, 30)
    await nights.spend(bob, 10)
    assert told(await nights.live(DAY)) == [("bob", "notices-expiring(day=09.12.2026, points=20)")]


async def test_many_people_are_told_part_by_part_and_nobody_twice_however_often_it_is_stopped() -> None:
    nights = Nights()
    members = [await nights.join(address(f"u{number}")) for number in range(60)]
    await nights.live(DAY)
    for member in members:
        await nights.earn(member, 10, life=14)
    nights.clock.advance(timedelta(hours=13))
    while await nights.shift.do():
        nights.shift = nights.new_shift()
    said = told(await nights.live(2 * DAY))
    assert sorted(who for who, _ in said) == sorted(f"u{number}" for number in range(60))


async def test_a_birthday_gift_comes_once_a_year_and_is_told_of_only_with_consent() -> None:
    nights = Nights()
    ann, bob = await nights.join(ANN), await nights.join(BOB)
    await nights.agree(ANN)
    await nights.born(ann, 25, 11)
    await nights.born(bob, 25, 11)
    said = told(await nights.live(5 * DAY))
    assert said == [("ann", "notices-birthday(name=Анна, points=300)")]
    assert (await nights.available(ann), await nights.available(bob)) == (300, 300)
    await nights.born(ann, 30, 11)
    assert told(await nights.live(5 * DAY)) == []
    assert await nights.available(ann) == 300
    said = told(await nights.live(365 * DAY))
    assert said.count(("ann", "notices-birthday(name=Анна, points=300)")) == 1
    assert await nights.available(bob) == 300  # those of the year before have expired


@pytest.mark.parametrize(("known_days_ago", "points"), [(12, 300), (11, 0)])
async def test_a_birthday_counts_that_was_known_two_weeks_before(known_days_ago: int, points: int) -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await nights.born(ann, 25, 11, known_days_ago=known_days_ago)
    await nights.live(4 * DAY)
    assert await nights.available(ann) == points


async def test_birthdays_of_days_that_were_missed_are_made_up_for() -> None:
    nights = Nights()
    ann, bob = await nights.join(ANN), await nights.join(BOB)
    await nights.live(DAY)
    await nights.born(ann, 26, 11)
    await nights.born(bob, 28, 11)
    nights.clock.advance(6 * DAY)
    await nights.live(timedelta(hours=1))
    assert (await nights.available(ann), await nights.available(bob)) == (300, 300)


async def test_who_was_born_on_the_leap_day_celebrates_the_day_before_in_other_years() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await nights.born(ann, 29, 2)
    await nights.live(96 * DAY)
    assert nights.clock.now().date() == date(2027, 2, 27)
    assert await nights.available(ann) == 0
    await nights.live(DAY)
    assert await nights.available(ann) == 300


async def _stand(nights: Nights, member: Member, tier: str) -> None:
    today = nights.clock.now().date()
    async with nights.database.unit_of_work() as uow:
        await uow.club.members.stand(member.id, Standing(tier=tier, since=today, until=today))
        await uow.commit()


async def test_a_tier_that_is_reached_is_told_of_at_once_and_the_first_one_is_no_news() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await _stand(nights, ann, "friend")
    assert told(await nights.live(DAY)) == []
    await _stand(nights, ann, "expert")
    while await nights.shift.do():
        pass
    assert told(await nights.live(timedelta())) == [("ann", "notices-tier(perks=, tier=A)")]
    assert told(await nights.live(2 * DAY)) == []


async def test_a_tier_that_is_lost_is_said_to_be_lost() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await _stand(nights, ann, "expert")
    assert told(await nights.live(DAY)) == [("ann", "notices-tier(perks=, tier=A)")]
    await _stand(nights, ann, "friend")
    while await nights.shift.do():
        pass
    assert told(await nights.live(timedelta())) == [("ann", "notices-tier-lost(tier=A)")]
    assert told(await nights.live(2 * DAY)) == []


async def test_the_review_of_every_night_keeps_a_deserved_tier_longer_and_ends_another() -> None:
    nights = Nights(replace(PROGRAM, tier_period=Period(months=1), tier_grace=Period(days=2)))
    ann = await nights.join(ANN)
    await _stand(nights, ann, "friend")
    await nights.live(40 * DAY)
    async with nights.database.unit_of_work() as uow:
        kept = await uow.club.members.get(ann.id)
    assert kept is not None
    assert kept.standing == Standing(tier="friend", since=date(2026, 11, 23), until=date(2027, 2, 2))
    async with nights.database.unit_of_work() as uow:
        lapsed = Standing(tier="expert", since=date(2026, 11, 1), until=date(2026, 12, 31))
        await uow.club.members.stand(ann.id, lapsed)
        await uow.commit()
    await nights.live(2 * DAY)
    async with nights.database.unit_of_work() as uow:
        ended = await uow.club.members.get(ann.id)
    assert ended is not None
    assert ended.standing is not None
    assert ended.standing.tier == "friend"


async def test_whoever_switched_a_kind_off_left_or_cannot_be_reached_is_not_told() -> None:
    nights = Nights()
    members = [await nights.join(address(name)) for name in ("muted", "gone", "blocked", "there")]
    async with nights.database.unit_of_work() as uow:
        await uow.membership.notices.mute(members[0].id, NoticeKind.AVAILABLE, is_muted=True)
        await uow.club.members.leave(members[1].id, at=nights.clock.now())
        await uow.people.mark_unreachable(
            address("blocked"), reason="blocked", at=nights.clock.now(), unless_after=uow.tables.next_id()
        )
        await uow.commit()
    for member in members:
        await nights.earn(member, 10, pending=1)
    assert told(await nights.live(3 * DAY)) == [("there", "notices-available(points=10)")]


async def test_a_consent_taken_back_in_the_night_counts_in_the_morning() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await nights.agree(ANN)
    await nights.born(ann, 24, 11)
    await nights.live(timedelta(hours=14))
    assert await nights.available(ann) == 300
    await nights.agree(ANN, change=ConsentChange.WITHDRAWN)
    assert told(await nights.live(DAY)) == []


async def test_who_agreed_on_one_channel_is_congratulated_there_and_not_on_another() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    nights.talk("v1", channel="vk")
    async with nights.database.unit_of_work() as uow:
        await uow.club.members.link(address("v1", "vk"), ann.id, at=nights.clock.now())
        await uow.commit()
    await nights.agree(ANN)
    await nights.born(ann, 25, 11)
    await nights.earn(ann, 10, pending=1)
    assert sorted(told(await nights.live(4 * DAY))) == [
        ("ann", "notices-birthday(name=Анна, points=300)"),
        ("v1", "notices-available(points=310)"),
    ]


async def test_a_difference_in_the_books_stops_redemption_the_next_night() -> None:
    nights = Nights()
    ann = await nights.join(ANN)
    await nights.earn(ann, 100)
    kept = nights.database.tables.club.accounts[ann.account]
    nights.database.tables.club.accounts[ann.account] = replace(kept, available=101)
    await nights.live(DAY)
    async with nights.database.unit_of_work() as uow:
        assert "101" in await Reconciliation().is_stopped(uow)


async def test_words_said_long_ago_are_blanked_where_the_operator_wants_it() -> None:
    forgetful, other = Nights(kept_for=30 * DAY), Nights()
    for nights in (forgetful, other):
        await nights.talk("ann").say("меня зовут Анна")
        await nights.live(20 * DAY)
    for nights, lines in ((forgetful, 0), (other, 2)):
        async with nights.database.unit_of_work() as uow:
            assert len(await uow.membership.privacy.said([ANN], limit=9)) == 2
        await nights.live(12 * DAY)
        async with nights.database.unit_of_work() as uow:
            assert len(await uow.membership.privacy.said([ANN], limit=9)) == lines
