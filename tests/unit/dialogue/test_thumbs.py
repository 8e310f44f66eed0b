"""Thumbs under answers: where they stand, and what a press does."""

from dataclasses import replace

import pytest

from bot.domain.actions import LONGEST_PAYLOAD, Action
from bot.domain.answer import AnswerKind
from bot.domain.messages import Pressed, Said
from bot.domain.rating import Fault, Rating, Thumb
from bot.domain.replies import OutgoingMessage
from tests.fakes.answers import FakeAnswers
from tests.fakes.talk import Talk, keys, labels

THUMBS = ["rate-up-button", "rate-down-button"]


async def ratings(talk: Talk) -> list[Rating]:
    """Read what is stored by a second unit of work."""
    async with talk.uow() as uow:
        return list(await uow.ratings.all())


def payloads(message: OutgoingMessage) -> list[str]:
    """What the buttons of the last row tell."""
    return [button.target.encode() for button in message.buttons[-1] if isinstance(button.target, Action)]


def in_halves(message: OutgoingMessage) -> list[OutgoingMessage]:
    """A platform that divides every message, buttons last."""
    return [replace(message, buttons=()), message]


@pytest.mark.parametrize("asked", ["Сколько стоит доставка?", "чайник", "чистка"])
async def test_an_answer_has_thumbs_that_name_it(asked: str) -> None:
    [answer] = await Talk().say(asked)
    assert labels(answer)[-2:] == THUMBS
    assert payloads(answer) == [f"rate.up:{answer.answers}:0", f"rate.down:{answer.answers}:0"]


@pytest.mark.parametrize("said", ["доставка", "какая погода на Марсе", "привет", "/help", "/person", "/feedback"])
async def test_what_does_not_claim_to_know_has_none(said: str) -> None:
    assert not set(THUMBS) & set(labels((await Talk().say(said))[0]))


async def test_a_divided_answer_has_thumbs_once_that_name_the_part_they_stand_under() -> None:
    first, last = await Talk(fits={"console": in_halves}).say("чистка")
    assert labels(first) == []
    assert payloads(last)[0] == f"rate.up:{last.answers}:1"


async def test_nobody_is_asked_in_a_group_or_in_the_middle_of_a_form() -> None:
    talk = Talk()
    event = Said(id="g1", sender=talk.me, at=talk.clock.now(), text="чайник", is_group=True)
    [in_group] = await talk.happen(event)
    await talk.say("/feedback")
    await talk.press("feedback-rating-5-button")
    in_form = await talk.say("сколько стоит доставка?")
    assert [message.answer.kind for message in in_form] == [AnswerKind.FAQ, AnswerKind.FLOW]
    assert not any(set(THUMBS) & set(labels(message)) for message in [in_group, *in_form])


async def test_a_brand_can_switch_them_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeAnswers, "brand", replace(FakeAnswers.brand, has_ratings=False))
    [answer] = await Talk().say("чистка")
    assert labels(answer) == []


async def test_a_press_is_kept_once_and_a_mind_can_be_changed() -> None:
    talk = Talk()
    [answer] = await talk.say("чистка")
    assert keys(await talk.press("rate-up-button")) == ["rate-thanks"]
    assert keys(await talk.press("rate-up-button")) == ["rate-thanks"]
    [kept] = await ratings(talk)
    assert (kept.sender, kept.answers, kept.number, kept.thumb) == (talk.me, answer.answers, 0, Thumb.UP)
    await talk.press("rate-down-button")
    assert [rating.thumb for rating in await ratings(talk)] == [Thumb.DOWN]


async def test_a_thumb_down_offers_to_say_why_to_ask_anew_and_a_person() -> None:
    talk = Talk()
    await talk.say("чистка")
    [sorry] = await talk.press("rate-down-button")
    assert labels(sorry) == [
        "rate-topic-button",
        "rate-wrong-button",
        "rate-unclear-button",
        "rate-again-button",
        "button-person",
    ]
    assert keys(await talk.press("rate-wrong-button")) == ["rate-noted"]
    assert [rating.fault for rating in await ratings(talk)] == [Fault.WRONG]
    assert keys(await talk.press("rate-again-button")) == ["rate-again"]


async def test_the_answer_that_was_rated_stays_as_it_is() -> None:
    talk = Talk()
    await talk.say("чистка")
    action = talk._find("rate-up-button")
    event = Pressed(id="p1", sender=talk.me, at=talk.clock.now(), action=action, ref="77")
    [thanks] = await talk.happen(event)
    assert thanks.replaces == ""


async def test_thumbs_of_old_messages_work_after_a_restart() -> None:
    before = Talk()
    await before.say("чистка")
    after = Talk(before.uow)
    after._new_id = lambda: "after"
    assert keys(await after.press(before._find("rate-down-button").encode())) == ["rate-sorry"]
    assert len(await ratings(after)) == 1


@pytest.mark.parametrize(
    "payload", ["rate.up", "rate.up:1:0", "rate.sideways:1:0", "rate.why:1:0:nonsense", "rate.up:x:y"]
)
async def test_a_payload_made_up_rates_nothing(payload: str) -> None:
    talk, stranger = Talk(), None
    stranger = Talk(talk.uow, user="u2", chat="c2")
    await talk.say("чистка")
    assert keys(await stranger.press(payload)) == ["help-outdated"]
    assert await ratings(talk) == []


def test_payloads_fit_a_button_for_years() -> None:
    longest = Action("rate.why", ("9" * 19, "99", Fault.UNCLEAR))
    assert len(longest.encode().encode()) <= LONGEST_PAYLOAD
