"""Promo codes as a member meets them."""

from bot.domain.loyalty.promo import PromoCode
from bot.services.club.points import Points
from bot.services.club.promo import MOST_TRIES, PromoCodes
from tests.fakes.talk import Talk, keys
from tests.unit.skills.test_points import joined


async def _with_codes(*codes: PromoCode) -> Talk:
    talk = await joined()
    async with talk.uow() as uow:
        await PromoCodes(Points()).add(uow, codes)
        await uow.commit()
    return talk


SPRING = PromoCode(code="SPRING", campaign="spring", points=100)


async def test_a_code_behind_the_command_is_applied_once() -> None:
    talk = await _with_codes(SPRING)
    assert keys(await talk.say("/promo ызкштп")) == ["promo-given(points=100)"]
    assert keys(await talk.say("/promo SPRING")) == ["club-promo-again"]
    [shown] = await talk.say("/club")
    assert "club-available(points=1100)" in shown.text


async def test_a_code_is_asked_for_and_a_wrong_one_asked_again() -> None:
    talk = await _with_codes(SPRING)
    assert keys(await talk.say("/promo"))[0].startswith("promo-prompt")
    assert keys(await talk.say("WINTER"))[0].startswith("club-promo-unknown")
    assert keys(await talk.say("s p r i n g")) == ["promo-given(points=100)"]


async def test_a_link_brings_a_code() -> None:
    talk = await _with_codes(SPRING)
    assert keys(await talk.start("promo_SPRING")) == ["promo-given(points=100)"]


async def test_a_code_for_the_first_purchase_waits_for_it() -> None:
    talk = await _with_codes(PromoCode(code="FIRST", campaign="", points=50, is_first_purchase=True))
    assert keys(await talk.say("/promo first")) == ["promo-waits(points=50)"]


async def test_nobody_guesses_for_long() -> None:
    talk = await _with_codes(SPRING)
    for number in range(MOST_TRIES):
        assert keys(await talk.say(f"/promo W{number}")) == ["club-promo-unknown"]
    assert keys(await talk.say("/promo SPRING")) == ["club-promo-too-many"]


async def test_who_is_not_in_the_club_is_invited() -> None:
    assert keys(await Talk(joining=None).say("/promo X")) == ["help-unknown-command(command=promo)"]
