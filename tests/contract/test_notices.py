"""Who celebrates, who wants to hear of what, who invites whom, and what happens to points by itself."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import ConflictError
from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.commands import Earn
from bot.domain.loyalty.entry import AccountId
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.tiers import Standing
from bot.domain.members.notices import NoticeKind
from bot.services.club.membership import KnownBirthday
from bot.services.club.points import Points
from bot.services.club.ports import Expiring
from bot.services.ports import UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON, enrol

TODAY = NOON.date()
DAY = timedelta(days=1)


async def _people(open_uow: UnitOfWorkFactory) -> tuple[Member, Member]:
    async with open_uow() as uow:
        ann = await enrol(uow, ANN, card=card_number("27", 1))
        bob = await enrol(uow, BOB, card=card_number("27", 2))
        await uow.commit()
    return ann, bob


def _known(member: Member, *, days_ago: int = 0, changes: int = 0) -> KnownBirthday:
    return KnownBirthday(member=member.id, known_at=NOON - days_ago * DAY, changes=changes)


async def test_who_celebrates_is_found_by_the_day_only(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    async with open_uow() as uow:
        await uow.membership.birthdays.put("03-07", _known(ann, days_ago=20))
        await uow.membership.birthdays.put("02-29", _known(bob))
        await uow.membership.birthdays.put("03-08", _known(bob, changes=1))
        await uow.commit()
    async with open_uow() as uow:
        birthdays = uow.membership.birthdays
        assert await birthdays.celebrating(["03-07"], after=MemberId(0), limit=9) == [_known(ann, days_ago=20)]
        assert await birthdays.celebrating(["02-29", "03-01"], after=MemberId(0), limit=9) == []
        both = await birthdays.celebrating(["03-07", "03-08"], after=MemberId(0), limit=9)
        assert [each.member for each in both] == [ann.id, bob.id]
        assert await birthdays.celebrating(["03-07", "03-08"], after=ann.id, limit=1) == [_known(bob, changes=1)]
        assert await birthdays.get(bob.id) == _known(bob, changes=1)
        await birthdays.erase(bob.id)
        assert await birthdays.get(bob.id) is None


async def test_a_birthday_goes_over_to_a_linked_member_who_has_none(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    async with open_uow() as uow:
        birthdays = uow.membership.birthdays
        await birthdays.put("03-07", _known(ann))
        await birthdays.hand_over(ann.id, bob.id)
        assert await birthdays.get(ann.id) is None
        assert await birthdays.celebrating(["03-07"], after=MemberId(0), limit=9) == [_known(bob)]
        await birthdays.put("05-05", _known(ann))
        await birthdays.hand_over(ann.id, bob.id)
        assert await birthdays.get(ann.id) is None
        assert await birthdays.celebrating(["05-05"], after=MemberId(0), limit=9) == []


async def test_a_kind_of_notice_is_switched_off_and_on_again(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    async with open_uow() as uow:
        notices = uow.membership.notices
        await notices.mute(ann.id, NoticeKind.TIER, is_muted=True)
        await notices.mute(ann.id, NoticeKind.BIRTHDAY, is_muted=True)
        await notices.mute(ann.id, NoticeKind.TIER, is_muted=False)
        await notices.tell(ann.id, NoticeKind.BIRTHDAY, "x")
        await uow.commit()
    async with open_uow() as uow:
        assert await uow.membership.notices.muted(ann.id) == {NoticeKind.BIRTHDAY}
        assert await uow.membership.notices.muted(bob.id) == frozenset()


async def test_a_tier_is_untold_until_it_is_told(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    async with open_uow() as uow:
        await uow.club.members.stand(ann.id, Standing(tier="expert", since=TODAY, until=TODAY))
        await uow.club.members.stand(bob.id, Standing(tier="friend", since=date(2026, 1, 1), until=TODAY))
        notices = uow.membership.notices
        [(member, told)] = await notices.untold_tiers(since=TODAY - DAY, limit=9)
        assert (member.id, told) == (ann.id, "")
        assert len(await notices.untold_tiers(since=date(2026, 1, 1), limit=9)) == 2
        assert len(await notices.untold_tiers(since=date(2026, 1, 1), limit=1)) == 1
        await notices.tell(ann.id, NoticeKind.TIER, "expert")
        assert await notices.untold_tiers(since=TODAY - DAY, limit=9) == []
        await uow.club.members.stand(ann.id, Standing(tier="friend", since=TODAY, until=TODAY))
        [(_, told)] = await notices.untold_tiers(since=TODAY - DAY, limit=9)
        assert told == "expert"
        await uow.club.members.leave(ann.id, at=NOON)
        assert await notices.untold_tiers(since=TODAY - DAY, limit=9) == []


async def test_an_invitation_is_found_by_its_code_and_remembered_until_it_is_used(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    async with open_uow() as uow:
        invitations = uow.membership.invitations
        await invitations.keep(ann.id, "0000000A")
        assert await invitations.code_of(ann.id) == "0000000A"
        assert await invitations.code_of(bob.id) is None
        assert await invitations.whose("0000000A") == ann.id
        assert await invitations.whose("0000000B") is None
        assert await invitations.inviter(BOB) is None
        await invitations.follow(BOB, bob.id, at=NOON)
        await invitations.follow(BOB, ann.id, at=NOON)
        assert await invitations.inviter(BOB) == ann.id
        await invitations.close(BOB)
        assert await invitations.inviter(BOB) is None


async def _keep(open_uow: UnitOfWorkFactory, member: Member, code: str) -> None:
    async with open_uow() as uow:
        await uow.membership.invitations.keep(member.id, code)
        await uow.commit()


async def test_no_two_members_invite_by_one_code(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    await _keep(open_uow, ann, "0000000A")
    with pytest.raises(ConflictError):
        await _keep(open_uow, bob, "0000000A")


async def test_members_are_found_by_accounts_and_listed_without_those_who_left(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    async with open_uow() as uow:
        members = uow.club.members
        friend = await members.create(
            await uow.club.ledger.create(), card=card_number("27", 3), joined_at=NOON, invited_by=ann.id
        )
        assert await members.by_accounts([bob.account, AccountId(99)]) == {bob.account: bob}
        assert await members.by_accounts([]) == {}
        assert await members.count_friends(ann.id) == 1
        assert await members.count_friends(bob.id) == 0
        await members.leave(bob.id, at=NOON)
        assert await members.active(after=MemberId(0), limit=9) == [ann, friend]
        assert await members.active(after=ann.id, limit=1) == [friend]


async def _earn(open_uow: UnitOfWorkFactory, member: Member, points: int, *, pending: int = 0, life: int = 0) -> None:
    async with open_uow() as uow:
        earn = Earn(
            account=member.account,
            key=f"{member.id}:{points}",
            points=points,
            activates_at=NOON + pending * DAY if pending else None,
            expires_at=NOON + life * DAY if life else None,
        )
        await Points().post(uow, earn, now=NOON)
        await uow.commit()


async def test_points_that_expire_soon_are_found_page_by_page(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    for member, points, pending, life in ((ann, 10, 0, 3), (ann, 20, 0, 3), (ann, 40, 2, 3), (bob, 7, 0, 3)):
        await _earn(open_uow, member, points, pending=pending, life=life)
    for member, points, life in ((bob, 5, 2), (ann, 1, 9), (bob, 3, 0)):
        await _earn(open_uow, member, points, life=life)
    soon = [
        Expiring(account=bob.account, at=NOON + 2 * DAY, points=5),
        Expiring(account=ann.account, at=NOON + 3 * DAY, points=30),
        Expiring(account=bob.account, at=NOON + 3 * DAY, points=7),
    ]
    async with open_uow() as uow:
        ledger, nobody = uow.club.ledger, AccountId(0)
        until = NOON + 3 * DAY
        assert await ledger.expiring(since=NOON, after=nobody, until=until, limit=9) == soon
        assert await ledger.expiring(since=NOON, after=nobody, until=until, limit=2) == soon[:2]
        assert await ledger.expiring(since=soon[1].at, after=soon[1].account, until=until, limit=9) == soon[2:]
        assert await ledger.next_due_at() == NOON + 2 * DAY


async def test_nothing_is_due_where_nothing_ever_expires(open_uow: UnitOfWorkFactory) -> None:
    ann, _ = await _people(open_uow)
    await _earn(open_uow, ann, 10)
    async with open_uow() as uow:
        assert await uow.club.ledger.next_due_at() is None
