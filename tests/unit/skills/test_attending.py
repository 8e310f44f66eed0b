"""What the staff does for members by commands, and what is written down of it."""

from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.loyalty.card import card_number
from bot.domain.members.notices import NoticeKind
from bot.domain.members.profile import ProfileField
from bot.domain.staff import Role, StaffMember
from bot.services.club.profiles import CHANGES_ALLOWED
from tests.fakes.talk import keys, labels
from tests.unit.skills.club_talk import ClubTalk, Place, to

CARD = card_number("27", 1)
BIG = 5000


async def _opened() -> Place:
    place = await Place().open()
    async with place.world.database.unit_of_work() as uow:
        await uow.staff.add(StaffMember(address=place.second.me, role=Role.SUPERVISOR), at=place.world.now)
        await uow.commit()
    return place


async def _audited(place: Place) -> list[AuditAction]:
    async with place.world.database.unit_of_work() as uow:
        return [line.action for line in await uow.membership.audit.lines(limit=99)]


async def _available(talk: ClubTalk) -> str:
    [shown] = await talk.say("/club")
    return shown.text.split("\n")[1]


async def test_a_member_is_shown_masked_and_the_look_is_written_down() -> None:
    place = await _opened()
    [shown] = await place.operator.say(f"/member {CARD}")
    assert shown.text.startswith(f"staff-member(card=…{CARD[-4:]}")
    assert CARD not in shown.text
    assert await _audited(place) == [AuditAction.LOOKED]


async def test_contacts_are_shown_for_a_reason_that_is_written_down() -> None:
    place = await _opened()
    await place.operator.say(f"/member {CARD}")
    [shown] = await place.operator.press("staff-reveal-call-button")
    assert shown.text.startswith("staff-revealed(")
    assert await _audited(place) == [AuditAction.LOOKED, AuditAction.REVEALED]


async def test_whom_the_staff_looked_at_does_not_stand_in_the_log() -> None:
    place = await _opened()
    await place.operator.say("/queue")
    async with place.world.database.unit_of_work() as uow:
        member = await uow.club.members.by_card(CARD)
        assert member is not None
        await uow.membership.profiles.put(member.id, {ProfileField.NAME: "Анна", ProfileField.PHONE: "+79123456789"})
        await uow.commit()
    assert keys(await place.operator.say("/member +79123456789"))[0].startswith("staff-member(")
    assert "+79123456789" in (await place.operator.press("staff-reveal-call-button"))[0].text
    await place.operator.say("/adjust +79123456789 +10 для Анны")
    await place.operator.say("/birthday +79123456789 07.03")
    async with place.world.database.unit_of_work() as uow:
        said = str(await uow.membership.privacy.said([place.operator.me], limit=99))
    assert "/queue" in said
    assert "Анн" not in said
    assert "+79123456789" not in said


@pytest.mark.parametrize("text", ["/member 123", "/member ёж", f"/member {CARD[:-1]}{(int(CARD[-1]) + 1) % 10}"])
async def test_nobody_is_found_by_a_wrong_number(text: str) -> None:
    place = await _opened()
    assert keys(await place.operator.say(text)) == ["staff-member-unknown"]
    assert await _audited(place) == []


@pytest.mark.parametrize("command", ["member", "adjust", "vouchers"])
async def test_customers_do_not_have_the_command(command: str) -> None:
    place = await _opened()
    assert keys(await place.ann.say(f"/{command} {CARD}")) == [f"help-unknown-command(command={command})"]


async def test_points_below_the_limit_are_given_at_once_and_the_member_is_told() -> None:
    place = await _opened()
    said = await place.operator.say(f"/adjust {CARD} +100 долго чинили")
    assert to(said, place.operator.me) == [f"staff-adjusted(card=…{CARD[-4:]}, points=100)"]
    assert to(said, place.ann.me) == ["staff-points-given(points=100)"]
    assert await _available(place.ann) == "club-available(points=100)"


async def test_a_member_hears_of_points_by_hand_when_the_night_is_over() -> None:
    place = await _opened()
    place.world.clock.advance(timedelta(hours=11))  # it is eleven in the evening where the brand is
    said = await place.operator.say(f"/adjust {CARD} +100 долго чинили")
    assert to(said, place.ann.me) == []
    assert await place.ann.press("club.told_points:1000000") == []
    said = await place.ann.wait(timedelta(hours=12))
    assert to(said, place.ann.me) == ["staff-points-given(points=100)"]


async def test_who_does_not_want_to_hear_of_points_by_hand_does_not() -> None:
    place = await _opened()
    async with place.world.database.unit_of_work() as uow:
        member = await uow.club.members.who(place.ann.me)
        assert member is not None
        await uow.membership.notices.mute(member.id, NoticeKind.BY_HAND, is_muted=True)
        await uow.commit()
    said = await place.operator.say(f"/adjust {CARD} +100 долго чинили")
    assert to(said, place.ann.me) == []
    assert await _available(place.ann) == "club-available(points=100)"


@pytest.mark.parametrize("rest", ["", CARD, f"{CARD} 100 причина", f"{CARD} +0 причина", f"{CARD} +много причина"])
async def test_what_is_missing_of_an_adjustment_is_said(rest: str) -> None:
    place = await _opened()
    assert keys(await place.operator.say(f"/adjust {rest}")) == ["staff-adjust-how"]


async def test_an_adjustment_without_a_reason_is_refused() -> None:
    place = await _opened()
    assert keys(await place.operator.say(f"/adjust {CARD} +100")) == ["club-adjust-reason"]
    assert await _available(place.ann) == "club-available(points=0)"


async def test_above_the_limit_a_second_person_agrees_once() -> None:
    place = await _opened()
    asked = await place.operator.say(f"/adjust {CARD} +{BIG} приз")
    assert to(asked, place.operator.me) == ["staff-adjust-waits"]
    assert labels(asked[1]) == ["staff-agree-button", "staff-decline-button"]
    assert await _available(place.ann) == "club-available(points=0)"
    assert keys(await place.operator.press("staff-agree-button")) == ["desk-not-yours"]
    await place.second.press("desk.agree:1")
    assert keys(await place.second.press("desk.agree:1")) == ["staff-adjust-decided"]
    assert await _available(place.ann) == f"club-available(points={BIG})"


async def test_the_limit_is_for_a_day_not_for_a_command() -> None:
    place = await _opened()
    for points in (600, -300):
        await place.operator.say(f"/adjust {CARD} {points:+} причина")
    asked = await place.operator.say(f"/adjust {CARD} +200 ещё")
    assert to(asked, place.operator.me) == ["staff-adjust-waits"]
    assert keys(await place.second.say(f"/adjust {CARD} +200 от другого"))[0].startswith("staff-adjusted(")
    assert await _available(place.ann) == "club-available(points=500)"
    place.world.clock.advance(timedelta(days=1))
    assert keys(await place.operator.say(f"/adjust {CARD} +200 завтра"))[0].startswith("staff-adjusted(")


async def test_who_asked_does_not_agree_to_it() -> None:
    place = await _opened()
    await place.second.say(f"/adjust {CARD} +{BIG} приз")
    assert keys(await place.second.press("desk.agree:1")) == ["club-adjust-second(limit=1000)"]
    assert await _available(place.ann) == "club-available(points=0)"


async def test_nobody_changes_the_points_of_their_own_card_or_agrees_to_it() -> None:
    place = await _opened()
    async with place.world.database.unit_of_work() as uow:
        ann = await uow.club.members.who(place.ann.me)
        assert ann is not None
        await uow.club.members.link(place.second.me, ann.id, at=place.world.now)
        await uow.commit()
    assert keys(await place.second.say(f"/adjust {CARD} +100 себе")) == ["staff-adjust-own"]
    await place.operator.say(f"/adjust {CARD} +{BIG} приз")
    assert keys(await place.second.press("desk.agree:1")) == ["staff-adjust-own"]
    assert await _available(place.ann) == "club-available(points=0)"


async def test_who_asked_hears_what_a_colleague_decided() -> None:
    place = await _opened()
    params = f"(card=…{CARD[-4:]}, points={BIG})"
    await place.operator.say(f"/adjust {CARD} +{BIG} приз")
    said = await place.second.press("desk.agree:1")
    assert to(said, place.operator.me) == [f"staff-adjust-agreed{params}"]
    await place.operator.say(f"/adjust {CARD} +{BIG} ещё приз")
    said = await place.second.press("desk.decline:2")
    assert to(said, place.operator.me) == [f"staff-adjust-refused{params}"]


async def test_what_was_declined_gives_nothing() -> None:
    place = await _opened()
    await place.operator.say(f"/adjust {CARD} +{BIG} приз")
    said = await place.second.press("desk.decline:1")
    assert to(said, place.second.me) == ["staff-adjust-declined"]
    assert keys(await place.second.press("desk.agree:1")) == ["staff-adjust-decided"]
    assert await _available(place.ann) == "club-available(points=0)"


async def test_more_is_not_taken_than_there_is() -> None:
    place = await _opened()
    assert keys(await place.operator.say(f"/adjust {CARD} -100 ошибка")) == ["staff-adjust-too-few(available=0)"]
    assert await _available(place.ann) == "club-available(points=0)"


async def test_an_unknown_voucher_is_said_to_be_so() -> None:
    place = await _opened()
    assert keys(await place.operator.say("/vouchers 7KQ2")) == ["staff-voucher-unknown"]
    assert keys(await place.operator.say("/vouchers")) == ["staff-voucher-how"]


async def test_a_birthday_is_corrected_and_may_not_be_changed_by_the_member() -> None:
    place = await _opened()
    assert keys(await place.operator.say(f"/birthday {CARD} 31.02")) == ["contact-birthday-form-short"]
    assert keys(await place.operator.say(f"/birthday {CARD}")) == ["staff-birthday-how"]
    assert keys(await place.operator.say(f"/birthday {CARD} 07.03.1987")) == [f"staff-birthday-done(card=…{CARD[-4:]})"]
    async with place.world.database.unit_of_work() as uow:
        member = await uow.club.members.who(place.ann.me)
        assert member is not None
        assert (await uow.membership.profiles.get(member.id)).birthday.endswith("03-07")
        known = await uow.membership.birthdays.get(member.id)
        assert known is not None
        assert known.changes == CHANGES_ALLOWED
    assert await _audited(place) == [AuditAction.CORRECTED_BIRTHDAY]
