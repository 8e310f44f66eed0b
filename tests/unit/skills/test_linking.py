"""Linking accounts: a code here, the same code there, a press to confirm; points and cards become one."""

from datetime import timedelta

from bot.domain.loyalty.commands import Earn
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.tiers import Standing
from bot.services.club.cards import FORGET_CARD
from bot.services.club.points import Points
from bot.services.ports import UnitOfWorkFactory
from tests.fakes.talk import Talk, keys, labels
from tests.fakes.uow import FakeDatabase
from tests.unit.skills.test_joining import in_telegram, parts, up_to_phone

CODE = "00000007"
"""What chance draws in these tests."""


def in_vk(uow: UnitOfWorkFactory, *, user: str = "v1") -> Talk:
    return Talk(uow, user=user, chat=user, channel="vk", name="Аня", joining=parts())


async def joined(uow: UnitOfWorkFactory) -> Talk:
    talk = await up_to_phone(in_telegram(uow))
    await talk.share("79123456789")
    return talk


async def member_of(talk: Talk) -> Member | None:
    async with talk.uow() as uow:
        return await uow.club.members.who(talk.me)


async def give(talk: Talk, points: int) -> None:
    member = await member_of(talk)
    assert member is not None
    async with talk.uow() as uow:
        await Points().post(uow, Earn(account=member.account, key=f"k{points}", points=points), now=talk.clock.now())
        await uow.commit()


async def points_of(talk: Talk) -> int:
    member = await member_of(talk)
    assert member is not None
    async with talk.uow() as uow:
        return (await Points().balance(uow, member.account, now=talk.clock.now())).available


async def test_a_code_sent_from_the_other_account_is_confirmed_in_the_first() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    assert keys(await here.say("/link")) == ["link-code(code=0000-0007)"]
    assert keys(await there.say("/link 0000 0007")) == ["link-asked"]
    [question] = await here.settle()
    assert keys([question]) == ["link-question(account=Аня (vk))"]
    assert labels(question) == ["link-confirm-button", "link-refuse-button"]
    assert await member_of(there) is None
    assert keys(await here.press("link-confirm-button")) == ["link-done"]
    assert keys(await there.settle()) == ["link-done-there"]
    assert await member_of(there) == await member_of(here)


async def two_members(database: FakeDatabase) -> tuple[Talk, Talk, Member]:
    """Two members, and the other one of them, whose phone was never confirmed."""
    here = await joined(database.unit_of_work)
    there = await up_to_phone(in_vk(database.unit_of_work))
    await there.share("79123456780")
    async with database.unit_of_work() as uow:
        member = await uow.club.members.who(there.me)
        assert member is not None
        await uow.membership.profiles.erase(member.id)
        await uow.commit()
    return here, there, member


async def tier_of(talk: Talk) -> str:
    member = await member_of(talk)
    assert member is not None
    return member.standing.tier if member.standing else ""


async def test_the_higher_tier_is_kept_and_goes_back_with_who_had_it() -> None:
    database = FakeDatabase()
    here, there, member = await two_members(database)
    day = here.clock.now().date()
    async with database.unit_of_work() as uow:
        await uow.club.members.stand(member.id, Standing(tier="expert", since=day, until=day + timedelta(days=99)))
        await uow.commit()
    assert (await tier_of(here), await tier_of(there)) == ("friend", "expert")
    await here.say("/link")
    await there.say(f"/link {CODE}")
    await here.settle()
    await here.press("link-confirm-button")
    assert await tier_of(here) == "expert"
    await here.press("link-undo-button")
    assert (await tier_of(here), await tier_of(there)) == ("friend", "expert")


async def test_points_of_both_become_one() -> None:
    database = FakeDatabase()
    here, there, member = await two_members(database)
    await give(here, 100)
    await give(there, 50)
    await here.say("/link")
    await there.say(f"/link {CODE}")
    await here.settle()
    assert keys(await here.press("link-confirm-button")) == ["link-done-with-points"]
    async with database.unit_of_work() as uow:  # there is a name on the pictures of the card
        jobs = await uow.jobs.take(here.clock.now(), until=here.clock.now(), limit=9)
        assert [(each.job.kind, each.job.args) for each in jobs] == [(FORGET_CARD, (member.card,))]
    assert await points_of(here) == 2150  # both got 1000 for joining
    assert await points_of(there) == 2150  # both got 1000 for joining
    assert keys(await here.press("link-undo-button")) == ["link-undone-with-points"]
    assert (await points_of(here), await points_of(there)) == (1100, 1050)
    assert keys(await here.press("link.undo:1")) == ["link-undone-with-points"]
    assert (await points_of(here), await points_of(there)) == (1100, 1050)


async def test_different_confirmed_phones_are_not_joined() -> None:
    database = FakeDatabase()
    here = await joined(database.unit_of_work)
    there = await up_to_phone(in_vk(database.unit_of_work))
    await there.share("79123456780")
    await here.say("/link")
    assert keys(await there.say(f"/link {CODE}")) == ["link-other-phone"]


async def test_a_code_that_is_wrong_old_own_or_taken_joins_nothing() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    assert keys(await there.say("/link")) == ["link-no-member"]
    assert keys(await there.say("/link AAAA-AAAA")) == ["link-code-unknown"]
    assert keys(await there.say("/link что угодно")) == ["link-code-unknown"]
    await here.say("/link")
    assert keys(await here.say(f"/link {CODE}")) == ["link-own-code"]
    assert keys(await there.say(f"/link {CODE}")) == ["link-asked"]
    third = in_vk(database.unit_of_work, user="v2")
    assert keys(await third.say(f"/link {CODE}")) == ["link-code-unknown"]
    here.clock.advance(timedelta(minutes=11))
    there.clock.advance(timedelta(minutes=11))
    assert keys(await there.say(f"/link {CODE}")) == ["link-code-unknown"]


async def test_only_who_made_the_code_confirms_and_once() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    await here.say("/link")
    await there.say(f"/link {CODE}")
    await here.settle()
    assert keys(await there.press("link.confirm:1")) == ["link-not-yours"]
    await here.press("link-confirm-button")
    assert keys(await here.press("link-confirm-button"))[0] == "link-done"


async def test_a_link_may_be_undone() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    await here.say("/link")
    await there.start(f"link_{CODE}")
    await here.settle()
    await here.press("link-confirm-button")
    assert keys(await here.press("link-undo-button")) == ["link-undone"]
    assert await member_of(there) is None


async def test_what_is_pressed_again_or_too_late_says_what_is_so_and_tells_nobody_twice() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    await here.say("/link")
    await there.say(f"/link {CODE}")
    await here.settle()
    await here.press("link.confirm:1")
    await there.settle()
    assert keys(await here.press("link.confirm:1")) == ["link-done"]
    assert await there.settle() == []
    assert keys(await here.press("link.refuse:1")) == ["link-refused-late"]
    assert await member_of(there) is not None
    assert keys(await here.press("link-undo-button")) == ["link-undone"]
    assert keys(await here.press("link.confirm:1")) == ["link-too-late"]
    assert await member_of(there) is None


async def test_who_was_refused_is_told_and_does_not_get_in_by_an_old_button() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    await here.say("/link")
    await there.say(f"/link {CODE}")
    assert keys(await there.press("link.refuse:1")) == ["link-not-yours"]
    await here.settle()
    assert keys(await here.press("link-refuse-button")) == ["link-refused"]
    assert keys(await there.settle()) == ["link-refused-there"]
    assert keys(await here.press("link.confirm:1")) == ["link-too-late"]
    assert await member_of(there) is None


async def test_the_question_comes_to_every_messenger_of_the_member() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    await here.say("/link")
    await there.say(f"/link {CODE}")
    await here.settle()
    await here.press("link-confirm-button")
    await there.settle()
    [shown] = await here.say("/link")
    code = shown.text.partition("code=")[2].rstrip(")")
    third = in_vk(database.unit_of_work, user="v2")
    asked = [*await third.say(f"/link {code}"), *await here.settle()]
    told = {message.to: message.text for message in asked}
    question = "link-question(account=Аня (vk))"
    assert told == {third.me: "link-asked", there.me: question, here.me: question}


async def test_a_form_for_joining_ends_when_the_account_is_linked() -> None:
    database = FakeDatabase()
    here, there = await joined(database.unit_of_work), in_vk(database.unit_of_work)
    await up_to_phone(there)
    await here.say("/link")
    await there.say(f"/link {CODE}")
    await here.settle()
    await here.press("link-confirm-button")
    await there.settle()
    assert (await there.conversation()).flow is None
    assert await there.wait(timedelta(days=2)) == []
