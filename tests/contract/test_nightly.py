"""A night on each kind of store, stopped after every part."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.commands import Earn
from bot.domain.loyalty.entry import AccountId
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program, RuleKind
from bot.domain.loyalty.tiers import Standing
from bot.domain.members.notices import NoticeKind
from bot.domain.messages import Address
from bot.domain.staff import Role, StaffMember
from bot.services.club.membership import KnownBirthday
from bot.services.club.nightly import Nightly
from bot.services.club.notices import Notices
from bot.services.club.points import Points
from bot.services.ports import UnitOfWorkFactory
from tests.contract.club_samples import CLUB, rule
from tests.contract.samples import ANN, BOB, accept, answer_all, enrol, said
from tests.contract.test_reconciliation import falsify

NOON = datetime.fromisoformat("2026-05-04T12:00:00+00:00")
DAY = timedelta(days=1)
PROGRAM: Program = replace(CLUB, rules=(*CLUB.rules, rule("birthday", RuleKind.BIRTHDAY, points=300)))


def _nightly(*, kept_for: timedelta | None = None) -> Nightly:
    return Nightly(
        program=lambda: PROGRAM,
        zone=lambda: PROGRAM.zone,
        points=Points(),
        notices=Notices(),
        kept_for=kept_for,
    )


async def _work(open_uow: UnitOfWorkFactory, now: datetime, *, kept_for: timedelta | None = None) -> int:
    """Do everything that is due, each part by a program started anew; count the parts."""
    parts = 0
    while True:
        worked = []
        for name in ("settle", "announce", "advance"):
            async with open_uow() as uow:
                worked.append(await getattr(_nightly(kept_for=kept_for), name)(uow, now=now))
                await uow.commit()
        if not any(worked):
            return parts
        parts += 1


async def _due(open_uow: UnitOfWorkFactory, now: datetime) -> list[tuple[Address, str, Sequence[str]]]:
    async with open_uow() as uow:
        due = await uow.timers.take_due(now, limit=99)
        await uow.commit()
    return sorted((timer.address, timer.action.name, timer.action.args) for timer in due)


async def _people(open_uow: UnitOfWorkFactory) -> tuple[Member, Member]:
    async with open_uow() as uow:
        ann = await enrol(uow, ANN, card=card_number("27", 1))
        bob = await enrol(uow, BOB, card=card_number("27", 2))
        for member, points, pending in ((ann, 50, 2), (ann, 20, 0), (bob, 7, 0)):
            earn = Earn(
                account=member.account,
                key=f"{member.id}:{points}",
                points=points,
                activates_at=NOON + pending * DAY if pending else None,
                expires_at=NOON + (10 + 3 * pending) * DAY,
            )
            await Points().post(uow, earn, now=NOON)
        known = KnownBirthday(member=bob.id, known_at=NOON - 30 * DAY)
        await uow.membership.birthdays.put("05-05", known)
        await uow.club.members.stand(ann.id, Standing(tier="expert", since=NOON.date(), until=NOON.date()))
        await uow.membership.notices.mute(bob.id, NoticeKind.EXPIRING, is_muted=True)
        await uow.commit()
    return ann, bob


async def test_everything_is_done_once_however_often_it_is_begun(open_uow: UnitOfWorkFactory) -> None:
    ann, bob = await _people(open_uow)
    assert await _work(open_uow, NOON) > 4
    assert await _due(open_uow, NOON) == [
        (ANN, "notices.expiring", ("2026-05-14",)),
        (ANN, "notices.tier", ("expert",)),
    ]
    assert await _work(open_uow, NOON) == 0
    assert await _work(open_uow, NOON + 3 * DAY) > 4
    assert await _due(open_uow, NOON + 3 * DAY) == [
        (ANN, "notices.available", ()),
        (ANN, "notices.expiring", ("2026-05-20",)),
    ]
    async with open_uow() as uow:
        account = await uow.club.ledger.account(bob.account)
        assert account is not None
        assert account.available == 307
        standing = (await uow.club.members.get(ann.id) or ann).standing
        assert standing is not None
        assert standing.tier == "expert"
    assert await _work(open_uow, NOON + 3 * DAY) == 0


async def test_books_that_do_not_agree_call_people_of_the_brand(open_uow: UnitOfWorkFactory) -> None:
    ann, _ = await _people(open_uow)
    async with open_uow() as uow:
        await uow.staff.add(StaffMember(address=BOB, role=Role.OPERATOR), at=NOON)
        await uow.commit()
    await falsify(open_uow, ann.account, points=1)
    await _work(open_uow, NOON)
    assert (BOB, "reviews.alarm", ()) in await _due(open_uow, NOON)


async def test_the_next_thing_due_is_the_next_night_or_a_lot_before(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        assert await _nightly().next_due_at(uow, now=NOON) == NOON
    await _work(open_uow, NOON)
    async with open_uow() as uow:
        assert await _nightly().next_due_at(uow, now=NOON) == NOON + timedelta(hours=12)
        ann = await enrol(uow, ANN, card=card_number("27", 1))
        earn = Earn(account=ann.account, key="k", points=1, expires_at=NOON + timedelta(hours=1))
        await Points().post(uow, earn, now=NOON)
        await uow.commit()
    async with open_uow() as uow:
        assert await _nightly().next_due_at(uow, now=NOON) == NOON + timedelta(hours=1)
        assert await uow.club.ledger.books(after=AccountId(0), limit=9)


async def test_old_words_are_blanked_where_they_are_not_to_be_kept(open_uow: UnitOfWorkFactory) -> None:
    await accept(open_uow, said("1", ANN, text="меня зовут Анна"))
    await answer_all(open_uow)
    async with open_uow() as uow:
        queued = await uow.transcript.unsent([ANN.channel], now=NOON, limit=9)
        await uow.transcript.mark_sent({item.id: "r" for item in queued}, at=NOON)
        await uow.commit()
    for days, lines in ((29, 2), (31, 0)):
        await _work(open_uow, NOON + days * DAY, kept_for=30 * DAY)
        async with open_uow() as uow:
            assert len(await uow.membership.privacy.said([ANN], limit=9)) == lines
