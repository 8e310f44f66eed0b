"""Joining the club: each consent by itself, a phone that is one's own, nothing half done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contacts.phones import LibPhoneReader
from bot.domain.actions import Action
from bot.domain.ids import ChannelName
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Tier, Words
from bot.domain.members.consent import ConsentChange, ConsentDocument, ConsentEvent, ConsentText
from bot.domain.members.profile import Profile
from bot.domain.members.terms import ClubTerms
from bot.domain.messages import Pressed
from bot.domain.replies import OutgoingMessage
from bot.services.club.accruals import Accruals
from bot.services.club.confirming import SEND_CODE, PhoneConfirmation
from bot.services.club.joining import Joining
from bot.services.club.points import Points
from bot.services.club.purchases import Purchases
from bot.services.club.rewards import Rewards
from bot.services.ports import UnitOfWorkFactory
from bot.services.purchases.devices import Devices
from bot.services.purchases.orders import Orders
from bot.services.purchases.receipts import Receipts
from bot.skills.club.parts import ClubParts
from bot.skills.club.phone import JoiningParts
from tests.contract.club_samples import CLUB as PROGRAM
from tests.fakes.chance import FakeChance
from tests.fakes.talk import Talk, keys, labels
from tests.fakes.uow import FakeDatabase

DATA = ConsentDocument(
    id="data", version="1", is_required=True, texts={"ru": ConsentText(title="Данные", text="Даю согласие")}
)
ADS = ConsentDocument(
    id="ads", version="1", is_required=False, texts={"ru": ConsentText(title="Реклама", text="Присылайте")}
)
TERMS = ClubTerms(consents=(DATA, ADS))
CODE = 123_456
POINTS = Points()
ORDERS = Orders(Purchases(POINTS, Accruals(POINTS)), lambda _: frozenset(), lambda: PROGRAM)
CLUB = ClubParts(
    program=lambda: PROGRAM,
    points=POINTS,
    accruals=Accruals(POINTS),
    rewards=Rewards(POINTS, new_code=lambda: "7KQ2-M0XA-93ZD"),
    receipts=Receipts(ORDERS, lambda: PROGRAM),
    devices=Devices(Accruals(POINTS), lambda _: frozenset(), lambda: PROGRAM),
    named=lambda text: (),
)


def parts(terms: ClubTerms = TERMS) -> JoiningParts:
    return parts_of(lambda: terms)


def parts_of(terms: Callable[[], ClubTerms]) -> JoiningParts:
    chance = FakeChance([CODE, 654_321])
    return JoiningParts(
        club=CLUB,
        terms=terms,
        chance=FakeChance([7]),
        joining=Joining(FakeChance()),
        confirmation=PhoneConfirmation(chance),
        phones=LibPhoneReader(),
        sharing=frozenset({ChannelName("telegram")}),
    )


def in_telegram(uow: UnitOfWorkFactory | None = None, *, user: str = "u1") -> Talk:
    return Talk(uow, user=user, chat=user, channel="telegram", name="Анна", joining=parts())


def in_vk(uow: UnitOfWorkFactory | None = None) -> Talk:
    return Talk(uow, user="v1", chat="v1", channel="vk", joining=parts())


async def member_of(talk: Talk) -> tuple[Member | None, Profile]:
    async with talk.uow() as uow:
        member = await uow.club.members.who(talk.me)
        return member, await uow.membership.profiles.get(member.id) if member else Profile()


async def consents(talk: Talk) -> list[ConsentEvent]:
    async with talk.uow() as uow:
        return list(await uow.membership.consents.of([talk.me]))


async def up_to_phone(talk: Talk) -> Talk:
    await talk.say("/join")
    for label in ("joining-start-button", "joining-agree-button", "joining-no-thanks-button", "joining-age-yes-button"):
        await talk.press(label)
    await talk.say("Анна")
    return talk


async def test_six_presses_and_somebody_is_in() -> None:
    talk = in_telegram()
    assert keys(await talk.say("/join"))[0].startswith("joining-start-prompt")
    assert keys(await talk.press("joining-start-button")) == ["Данные"]
    assert keys(await talk.press("joining-agree-button")) == ["Реклама"]
    assert keys(await talk.press("joining-agree-button")) == ["joining-age-prompt(age=18)"]
    [name] = await talk.press("joining-age-yes-button")
    assert labels(name)[0] == "Анна"
    assert keys(await talk.press("Анна")) == ["joining-phone-prompt-shared"]
    assert keys(await talk.share("79123456789"))[0].startswith("joining-done")
    member, profile = await member_of(talk)
    assert member is not None
    assert (member.age_confirmed, profile) == (18, Profile(name="Анна", phone="+79123456789"))
    assert [(event.document, event.change) for event in await consents(talk)] == [
        ("data", ConsentChange.GIVEN),
        ("ads", ConsentChange.GIVEN),
    ]
    assert (await talk.conversation()).flow is None


async def test_each_consent_tells_which_words_were_agreed_to_and_by_which_press() -> None:
    talk = in_telegram()
    await talk.say("/join")
    await talk.press("joining-start-button")
    await talk.press("joining-agree-button")
    [given] = await consents(talk)
    assert (given.version, given.digest, given.language) == ("1", DATA.texts["ru"].digest, "ru")
    assert given.event_id == "witness.u1-3"
    assert given.by == talk.me


async def test_the_log_tells_of_a_typed_answer_which_words_were_on_the_screen_and_in_which_message() -> None:
    english = ConsentText(title="Data", text="I agree")
    data = replace(DATA, texts={**DATA.texts, "en": english})
    talk = Talk(channel="telegram", joining=parts(replace(TERMS, consents=(data, ADS))))
    await talk.say("/join")
    [shown] = await talk.press("joining-start-button")
    await talk.say("/language en")
    await talk.say("/language ru")
    await talk.say("yes")
    [given] = await consents(talk)
    assert (given.language, given.digest) == ("ru", DATA.texts["ru"].digest)
    async with talk.uow() as uow:
        assert given.shown_ref == await uow.transcript.reference(talk.me.channel, "u1-4")
    assert given.shown_ref
    await talk.say("/language en")
    await talk.happen(
        Pressed(
            id="old", sender=talk.me, at=talk.clock.now(), ref="7", action=_target(shown, "joining-disagree-button")
        )
    )
    declined = (await consents(talk))[-1]
    assert (declined.change, declined.language) == (ConsentChange.DECLINED, "ru")
    assert declined.shown_ref == "7"


def _target(message: OutgoingMessage, label: str) -> Action:
    found = next(button.target for row in message.buttons for button in row if button.label == label)
    assert isinstance(found, Action)
    return found


async def test_what_cannot_be_understood_is_answered_with_the_words_that_are_agreed_to() -> None:
    talk = in_telegram()
    await talk.say("/join")
    await talk.press("joining-start-button")
    [again] = await talk.say("🤷")
    assert again.text.split("\n")[0] == "joining-consent-hint"
    assert DATA.texts["ru"].text in again.text


async def test_nobody_agrees_to_words_that_are_others_by_now() -> None:
    terms = [TERMS]
    talk = Talk(channel="telegram", user="u1", chat="u1", joining=parts_of(lambda: terms[0]))
    await talk.say("/join")
    await talk.press("joining-start-button")
    new = replace(DATA, version="2", texts={"ru": ConsentText(title="Данные", text="Даю другое согласие")})
    terms[0] = replace(TERMS, consents=(new, ADS))
    [changed] = await talk.press("joining-agree-button")
    assert changed.text.split("\n")[0] == "joining-consent-changed"
    assert "Даю другое согласие" in changed.text
    assert await consents(talk) == []
    assert keys(await talk.press("joining-agree-button")) == ["Реклама"]
    [given] = await consents(talk)
    assert (given.version, given.digest) == ("2", new.texts["ru"].digest)


async def test_the_club_says_in_the_language_of_the_reader_what_it_is_and_gives() -> None:
    tier = Tier(id="t", name=Words(default="Друг"), start=0, perks={"": ("Баллы",), "en": ("Points", "Gifts")})
    name = Words(default="Чай", by_language={"en": "Tea"})
    program = replace(PROGRAM, name=name, tiers=(tier,))
    talk = Talk(joining=replace(parts(), club=replace(CLUB, program=lambda: program)))
    assert keys(await talk.say("/join")) == ["joining-start-prompt(club=Чай, gifts=• Баллы)"]
    await talk.say("/language en")
    [shown] = await talk.say("/join")
    assert shown.text == "joining-start-prompt(club=Tea, gifts=• Points\n• Gifts)"


async def test_who_agreed_to_words_that_changed_before_the_end_is_told_so_and_begins_again() -> None:
    terms = [TERMS]
    talk = await up_to_phone(Talk(channel="telegram", user="u1", chat="u1", joining=parts_of(lambda: terms[0])))
    terms[0] = replace(TERMS, consents=(replace(DATA, version="2"), ADS))
    assert keys(await talk.share("79123456789")) == ["joining-consent-outdated"]
    assert (await member_of(talk))[0] is None
    assert keys(await talk.press("club-join-button"))[0].startswith("joining-start-prompt")


async def test_what_is_optional_costs_nothing_when_declined() -> None:
    talk = await up_to_phone(in_telegram())
    await talk.share("79123456789")
    member, _ = await member_of(talk)
    assert member is not None
    assert [event.change for event in await consents(talk)] == [ConsentChange.GIVEN, ConsentChange.DECLINED]


async def test_without_the_required_consent_nobody_joins_and_nothing_more_is_asked() -> None:
    talk = in_telegram()
    await talk.say("/join")
    await talk.press("joining-start-button")
    assert keys(await talk.press("joining-disagree-button")) == ["joining-declined"]
    assert (await member_of(talk))[0] is None
    assert [event.change for event in await consents(talk)] == [ConsentChange.DECLINED]


async def test_who_is_too_young_is_told_kindly() -> None:
    talk = in_telegram()
    await talk.say("/join")
    for label in ("joining-start-button", "joining-agree-button", "joining-no-thanks-button"):
        await talk.press(label)
    assert keys(await talk.press("joining-age-no-button")) == ["contact-too-young(years=18)"]
    assert (await member_of(talk))[0] is None


@pytest.mark.parametrize("name", ["😀😀", "12345", "http://a.example"])
async def test_a_name_that_is_none_is_asked_again(name: str) -> None:
    talk = in_telegram()
    await talk.say("/join")
    for label in ("joining-start-button", "joining-agree-button", "joining-no-thanks-button", "joining-age-yes-button"):
        await talk.press(label)
    assert keys(await talk.say(name)) == ["contact-name-letters"]


async def test_somebody_elses_number_and_a_typed_one_are_not_taken_where_ones_own_can_be_shared() -> None:
    talk = await up_to_phone(in_telegram())
    assert keys(await talk.share("", is_own=False)) == ["joining-phone-foreign"]
    assert keys(await talk.say("+7 912 345-67-89")) == ["joining-phone-press"]
    assert keys(await talk.share("79123456789"))[0].startswith("joining-done")


async def test_a_typed_phone_is_confirmed_by_a_code() -> None:
    talk = await up_to_phone(in_vk())
    assert keys(await talk.say("8 (912) 345-67-89")) == ["joining-code-prompt(phone=+7 912 ***-**-89)"]
    async with talk.uow() as uow:
        [queued] = await uow.jobs.take(talk.clock.now(), until=talk.clock.now(), limit=9)
        assert queued.job.kind == SEND_CODE
        assert [uow.membership.unseal(word) for word in queued.job.args] == ["+79123456789", "123456", "ru"]
    assert keys(await talk.say("000000")) == ["code-wrong(left=4)"]
    assert keys(await talk.say("123 456"))[0].startswith("joining-done")
    assert (await member_of(talk))[1].phone == "+79123456789"


async def test_every_wrong_code_is_said_to_be_wrong_and_the_way_on_stays_there() -> None:
    talk = await up_to_phone(in_vk())
    await talk.say("+79123456789")
    said = [(await talk.say(f"00000{number}"))[0] for number in range(6)]
    assert keys(said) == [
        *(f"code-wrong(left={left})" for left in (4, 3, 2, 1)),
        "code-exhausted",
        "code-exhausted",
    ]
    assert "flow-stuck-wrong" in said[2].text
    assert labels(said[2]) == ["joining-code-button", "button-person", "button-back", "button-cancel"]
    assert keys(await talk.say("123456")) == ["code-exhausted"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("+7 495 123-45-67", "contact-phone-landline"),
        ("8912345678", "contact-phone-refused"),
        ("+1 212 555 0123", "contact-phone-abroad"),
        ("не скажу", "contact-phone-refused"),
    ],
)
async def test_a_phone_that_takes_no_code_is_asked_for_again(typed: str, said: str) -> None:
    talk = await up_to_phone(in_vk())
    assert keys(await talk.say(typed)) == [said]


async def test_a_code_may_be_sent_again_after_a_while_and_the_old_one_is_void() -> None:
    talk = await up_to_phone(in_vk())
    await talk.say("+79123456789")
    assert keys(await talk.press("joining-code-button"))[0].startswith("code-wait")
    talk.clock.advance(timedelta(seconds=61))
    assert keys(await talk.press("joining-code-button"))[0] == "joining-code-again"
    assert keys(await talk.say("123456"))[0].startswith("code-wrong")
    assert keys(await talk.say("654321"))[0].startswith("joining-done")


async def test_the_button_for_another_code_is_answered_on_an_old_screen_as_well() -> None:
    talk = await up_to_phone(in_vk())
    assert keys(await talk.press("joining.resend")) == ["joining-phone-prompt-typed"]
    await talk.say("+79123456789")
    await talk.say("отмена")
    assert keys(await talk.press("joining.resend"))[0].startswith("joining-start-prompt")
    await (await up_to_phone(talk)).share("79123456789")
    assert keys(await talk.press("joining.resend"))[0].startswith("joining-already")


async def test_a_phone_that_is_in_the_club_already_lets_nobody_else_in() -> None:
    database = FakeDatabase()
    await (await up_to_phone(in_telegram(database.unit_of_work))).share("79123456789")
    other = await up_to_phone(in_telegram(database.unit_of_work, user="u2"))
    assert keys(await other.share("79123456789")) == ["joining-phone-taken"]
    assert (await member_of(other))[0] is None


async def test_who_is_in_is_told_so() -> None:
    talk = await up_to_phone(in_telegram())
    await talk.share("79123456789")
    assert keys(await talk.say("/join"))[0].startswith("joining-already")
    assert keys(await talk.press("joining-agree-button"))[0].startswith("flow-closed")


async def test_nothing_that_tells_who_somebody_is_stands_open_in_the_form() -> None:
    talk = await up_to_phone(in_vk())
    await talk.say("+79123456789")
    flow = (await talk.conversation()).flow
    assert flow is not None
    assert flow.answers["name"] == "sealed.Анна"
    assert flow.answers["phone"] == "typed:sealed.+79123456789"


async def test_nothing_that_tells_who_somebody_is_stands_in_the_log() -> None:
    talk = await up_to_phone(in_vk())
    await talk.say("+7 495 123-45-67")
    await talk.say("8 (912) 345-67-89")
    await talk.say("123 456")
    async with talk.uow() as uow:
        said = [line.text for line in await uow.membership.privacy.said([talk.me], limit=99)]
    assert said[0] == "/join"
    for word in ("Анна", "123-45-67", "345-67-89", "123 456"):
        assert word not in "\n".join(said)


async def test_the_name_that_is_offered_stands_in_no_payload() -> None:
    talk = in_telegram()
    await talk.say("/join")
    for label in ("joining-start-button", "joining-agree-button", "joining-no-thanks-button"):
        await talk.press(label)
    [name] = await talk.press("joining-age-yes-button")
    assert [button.target for button in name.buttons[0]] == [Action("flow.pick", ("join", "name", "offered"))]
    async with talk.uow() as uow:
        assert (kept := await uow.transcript.message(name.answers, name.number)) is not None
    assert "Анна" not in str(kept)
    await talk.say("offered")
    await talk.share("79123456789")
    assert (await member_of(talk))[1].name == "offered"
