"""The profile: shown masked, changed field by field, each of which may be left out."""

from datetime import timedelta

import pytest

from bot.domain.loyalty.member import Member, MemberId
from bot.domain.members.profile import Profile, ProfileField
from bot.services.club.membership import KnownBirthday
from tests.fakes.talk import Talk, keys, labels
from tests.unit.services.nights import DAY, Nights


async def member(nights: Nights, user: str = "ann") -> tuple[Talk, Member]:
    talk = nights.talk(user)
    return talk, await nights.join(talk.me)


async def profile(talk: Talk, who: Member) -> Profile:
    async with talk.uow() as uow:
        return await uow.membership.profiles.get(who.id)


async def birthday(talk: Talk, who: Member) -> KnownBirthday | None:
    async with talk.uow() as uow:
        return await uow.membership.birthdays.get(who.id)


async def test_what_is_missing_is_asked_for_and_shown_masked() -> None:
    talk, ann = await member(Nights())
    [shown] = await talk.say("/profile")
    assert keys([shown]) == ["profile-shown(birthday=—, email=—, name=Анна, phone=—)"]
    assert labels(shown) == ["profile-name-button", "profile-email-button", "profile-birthday-button"]
    assert keys(await talk.press("profile.edit"))[0].startswith("profile-email-prompt")
    assert keys(await talk.say(" Anna@Example.com "))[0].startswith("profile-birthday-prompt")
    assert keys(await talk.say("07.03")) == [
        "profile-saved(birthday=07.03, email=A***@example.com, name=Анна, phone=—)"
    ]
    assert await profile(talk, ann) == Profile(name="Анна", email="Anna@example.com", birthday="--03-07")
    assert await birthday(talk, ann) == KnownBirthday(member=ann.id, known_at=talk.clock.now())
    assert (await talk.conversation()).flow is None


async def test_answers_that_wait_for_the_end_of_the_form_are_sealed() -> None:
    talk, _ = await member(Nights())
    await talk.press("profile.edit")
    await talk.say("anna@example.com")
    flow = (await talk.conversation()).flow
    assert flow is not None
    assert flow.answers["email"] == "sealed.anna@example.com"


async def test_everything_may_be_skipped() -> None:
    talk, ann = await member(Nights())
    await talk.press("profile.edit")
    await talk.say("пропустить")
    assert keys(await talk.say("пропустить"))[0].startswith("profile-unchanged")
    assert await profile(talk, ann) == Profile(name="Анна")


async def test_one_field_is_changed_by_its_button() -> None:
    talk, ann = await member(Nights())
    await talk.say("/profile")
    assert keys(await talk.press("profile-name-button"))[0].startswith("profile-name-prompt")
    assert keys(await talk.say("💥"))[0].startswith("contact-name-letters")
    assert keys(await talk.say("Анна Петрова"))[0].startswith("profile-saved")
    assert (await profile(talk, ann)).name == "Анна Петрова"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("anna at example", "contact-email-refused"),
        ("anna@", "contact-email-refused"),
        ("BOB@example.com", "profile-email-taken"),
    ],
)
async def test_an_address_that_cannot_be_is_explained_without_telling_whose_it_is(typed: str, said: str) -> None:
    nights = Nights()
    (talk, ann), (_, bob) = await member(nights), await member(nights, "bob")
    async with talk.uow() as uow:
        await uow.membership.profiles.put(bob.id, {ProfileField.EMAIL: "bob@example.com"})
        await uow.commit()
    await talk.press("profile.edit:email")
    assert keys(await talk.say(typed)) == [said]
    assert (await profile(talk, ann)).email == ""


@pytest.mark.parametrize("typed", ["31.02", "07.13", "вчера"])
async def test_a_day_that_does_not_exist_is_asked_for_again(typed: str) -> None:
    talk, ann = await member(Nights())
    await talk.press("profile.edit:birthday")
    assert keys(await talk.say(typed)) == ["contact-birthday-form-short"]
    assert await birthday(talk, ann) is None


async def test_a_birthday_is_changed_once_and_counts_from_then_on() -> None:
    nights = Nights()
    talk, ann = await member(nights)
    for day, said in (("07.03", "profile-saved"), ("7.3", "profile-saved"), ("08.03", "profile-saved")):
        talk.clock.advance(DAY)
        await talk.press("profile.edit:birthday")
        assert keys(await talk.say(day))[0].startswith(said)
    changed = await birthday(talk, ann)
    assert changed is not None
    assert (changed.changes, changed.known_at) == (1, talk.clock.now())
    await talk.press("profile.edit:birthday")
    assert keys(await talk.say("09.03")) == ["profile-birthday-fixed"]
    assert (await profile(talk, ann)).birthday == "--03-08"


async def test_who_is_not_in_the_club_has_no_profile() -> None:
    assert keys(await Nights().talk("bob").say("/profile")) == ["club-not-in(club=A)"]


async def test_a_form_that_is_left_open_reminds_once_and_keeps_nothing() -> None:
    talk, ann = await member(Nights())
    await talk.press("profile.edit")
    await talk.say("anna@example.com")
    assert keys(await talk.wait(timedelta(hours=2))) == ["flow-reminder(title=profile-title)"]
    assert keys(await talk.wait(timedelta(hours=24))) == ["flow-expired(title=profile-title)"]
    assert (await profile(talk, ann)).email == ""


async def test_what_need_not_be_told_is_taken_back_by_itself() -> None:
    talk, ann = await member(Nights())
    await talk.press("profile.edit")
    await talk.say("anna@example.com")
    await talk.say("07.03")
    [shown] = await talk.say("/profile")
    assert labels(shown)[3:] == ["profile-remove-email-button", "profile-remove-birthday-button"]
    [shown] = await talk.press("profile-remove-email-button")
    assert await profile(talk, ann) == Profile(name="Анна", birthday="--03-07")
    assert labels(shown)[3:] == ["profile-remove-birthday-button"]
    await talk.press("profile-remove-birthday-button")
    await talk.press("profile.remove:name")
    assert await profile(talk, ann) == Profile(name="Анна")
    async with talk.uow() as uow:
        assert await uow.membership.birthdays.celebrating(["03-07"], after=MemberId(0), limit=9) == []
    await talk.press("profile.edit:birthday")  # to tell it again is the one change that is free
    await talk.say("08.03")
    known = await birthday(talk, ann)
    assert known is not None
    assert known.changes == 1


async def test_the_button_of_another_field_asks_for_that_one() -> None:
    talk, ann = await member(Nights())
    await talk.press("profile.edit:email")
    assert keys(await talk.press("profile.edit:name"))[0].startswith("profile-name-prompt")
    assert keys(await talk.say("Аня"))[0].startswith("profile-saved")
    assert await profile(talk, ann) == Profile(name="Аня")
