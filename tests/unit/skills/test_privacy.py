"""What is kept of somebody: shown, agreed to and taken back one by one, forgotten."""

from dataclasses import replace

from bot.domain.actions import Action
from bot.domain.loyalty.card import grouped
from bot.domain.members.consent import ConsentChange, ConsentText, Standing, stands
from bot.domain.members.profile import ProfileField
from bot.domain.members.terms import ClubTerms
from bot.services.club.privacy import DROP_MY_DATA, MY_DATA, MY_DATA_KEPT
from tests.fakes.talk import Talk, keys, labels
from tests.unit.skills.test_joining import ADS, DATA, TERMS, consents, in_telegram, member_of, parts_of, up_to_phone

NEW_DATA = replace(DATA, version="2", texts={"ru": ConsentText(title="Данные", text="Даю другое согласие")})
END = ["privacy-mydata-button", "privacy-forget-button"]


async def joined(talk: Talk | None = None) -> Talk:
    talk = await up_to_phone(talk or in_telegram())
    await talk.share("79123456789")
    return talk


async def with_new_words() -> Talk:
    """Somebody who joined before a document got new words."""
    terms: list[ClubTerms] = [TERMS]
    talk = await joined(Talk(channel="telegram", user="u1", chat="u1", joining=parts_of(lambda: terms[0])))
    terms[0] = replace(TERMS, consents=(NEW_DATA, ADS))
    return talk


async def test_everything_that_is_kept_is_shown_with_its_use() -> None:
    talk = await joined()
    member, _ = await member_of(talk)
    assert member is not None
    async with talk.uow() as uow:
        await uow.membership.profiles.put(member.id, {ProfileField.BIRTHDAY: "--03-07"})
        await uow.commit()
    shown, how = await talk.say("/privacy")
    assert keys([how]) == ["privacy-how"]
    assert [line for line in shown.text.split("\n") if line] == [
        "privacy-shown",
        (
            f"privacy-known(birthday=07.03, card={grouped(member.card)}, channels=telegram, email=—, name=Анна, "
            "phone=+7 912 ***-**-89)"
        ),
        "privacy-things(devices=0, orders=0, receipts=0, rewards=0)",
        "privacy-conversation",
        "privacy-consents",
        "privacy-consent-given(consent=Данные)",
        "privacy-consent-none(consent=Реклама)",
    ]


async def test_what_was_declined_may_be_agreed_to_later_and_taken_back_alone() -> None:
    talk = await joined()
    shown = (await talk.say("/privacy"))[1]
    give, back = "consents-give-button(consent=Реклама)", "privacy-withdraw-button(consent=Реклама)"
    assert labels(shown) == ["privacy-withdraw-button(consent=Данные)", give, *END]
    await talk.press("consents.open:data")
    assert keys(await talk.press(give)) == ["Реклама"]
    assert keys(await talk.press("joining-agree-button")) == ["consents-given"]
    given = (await consents(talk))[-1]
    assert (given.document, given.change, given.digest) == ("ads", ConsentChange.GIVEN, ADS.texts["ru"].digest)
    assert labels((await talk.say("/privacy"))[1]) == ["privacy-withdraw-button(consent=Данные)", back, *END]
    assert keys(await talk.press(back)) == ["privacy-withdrawn"]
    assert [(event.document, event.change) for event in await consents(talk)][-1] == ("ads", ConsentChange.WITHDRAWN)
    assert stands(await consents(talk), DATA, channel="telegram") is Standing.GIVEN


async def test_the_consent_without_which_there_is_no_club_has_a_button_that_says_what_it_means() -> None:
    talk = await joined()
    await talk.say("/privacy")
    assert keys(await talk.press("privacy-withdraw-button(consent=Данные)")) == ["privacy-forget-prompt"]


async def test_who_agreed_to_other_words_is_asked_again() -> None:
    talk = await with_new_words()
    shown, _ = await talk.say("/privacy")
    assert "privacy-consent-old(consent=Данные)" in shown.text
    [club] = await talk.say("/club")
    assert club.text.endswith("consents-renew")
    assert keys(await talk.press("consents-renew-button(consent=Данные)")) == ["Данные"]
    assert keys(await talk.press("joining-agree-button")) == ["consents-given"]
    assert (await consents(talk))[-1].version == "2"
    [club] = await talk.say("/club")
    assert "consents-renew" not in club.text


async def test_who_is_no_member_agrees_when_they_join_and_a_document_that_is_gone_is_told_of() -> None:
    stranger = in_telegram()
    assert keys(await stranger.press("consents.open:ads")) == ["club-not-in(club=A)"]
    talk = await joined()
    assert keys(await talk.press("consents.open:others")) == ["consents-gone"]
    assert (await talk.conversation()).flow is None


async def test_who_wants_to_be_forgotten_takes_every_consent_back_at_once() -> None:
    talk = await joined()
    await talk.say("/forget")
    assert [event.document for event in await consents(talk)] == ["data", "ads"]
    assert keys(await talk.press("privacy-forget-yes-button")) == ["privacy-forgotten"]
    assert [(event.document, event.change) for event in await consents(talk)][2:] == [("data", ConsentChange.WITHDRAWN)]
    await talk.press("privacy-forget-yes-button")
    assert len(await consents(talk)) == 3


async def test_the_file_with_everything_does_not_lie_there_for_ever() -> None:
    talk = await joined()
    await talk.say("/mydata")
    [given] = await talk.wake(Action("privacy.data_ready", ("done", "files/mydata.zip")))
    assert [item.source for item in given.attachments] == ["files/mydata.zip"]
    now = talk.clock.now()
    async with talk.uow() as uow:
        assert [each.job.kind for each in await uow.jobs.take(now, until=now, limit=9)] == [MY_DATA]
        late = now + MY_DATA_KEPT
        jobs = [each.job for each in await uow.jobs.take(late, until=late, limit=9)]
    assert [(job.kind, job.args) for job in jobs if job.kind != MY_DATA] == [(DROP_MY_DATA, ("files/mydata.zip",))]
