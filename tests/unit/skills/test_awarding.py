"""What people did where the bot does not see it gives what the rules give, once for each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.loyalty.card import card_number
from bot.domain.loyalty.program import Rule, RuleKind
from bot.services.club.happenings import Happening, Happenings
from tests.fakes.talk import keys, labels
from tests.unit.skills.club_talk import Place, to

CARD = card_number("27", 1)
SHOWN = f"…{CARD[-4:]}"
MINUTE = timedelta(minutes=1)
REVIEW = Rule(id="review", version="1", kind=RuleKind.REVIEW, points=50, cap_per_month=120)
QUIZ = Rule(id="quiz", version="1", kind=RuleKind.QUIZ, points=30)


@pytest.fixture
async def place() -> Place:
    place = await Place().open()
    rules = [rule for rule in place.world.program.rules if rule.kind not in {RuleKind.REVIEW, RuleKind.QUIZ}]
    place.world.program = replace(place.world.program, rules=(*rules, REVIEW, QUIZ))
    return place


async def _available(place: Place) -> str:
    [shown] = await place.ann.say("/club")
    return shown.text.split("\n")[1]


async def test_a_review_is_given_for_and_its_writer_is_told(place: Place) -> None:
    said = await place.operator.say(f"/award {CARD} review https://vk.com/wall-1_2")
    assert to(said, place.operator.me) == [f"staff-adjusted(card={SHOWN}, points=50)"]
    assert to(said, place.ann.me) == ["staff-awarded-review(points=50)"]
    assert await _available(place) == "club-available(points=50)"
    async with place.world.database.unit_of_work() as uow:
        assert [line.action for line in await uow.membership.audit.lines(limit=9)] == [AuditAction.AWARDED]


async def test_one_review_is_given_for_once_and_another_again_up_to_the_cap(place: Place) -> None:
    for text in ("Link One", "link  one"):
        said = await place.operator.say(f"/award {CARD} review {text}")
        place.world.clock.advance(MINUTE)
    assert keys(said) == [f"staff-award-repeated(card={SHOWN})"]
    for text in ("two", "three"):
        await place.operator.say(f"/award {CARD} review {text}")
    assert await _available(place) == "club-available(points=120)"
    assert keys(await place.operator.say(f"/award {CARD} review four")) == [f"staff-award-limit(card={SHOWN})"]


async def test_links_that_only_end_otherwise_are_two_reviews(place: Place) -> None:
    for number in (1, 2):
        said = await place.operator.say(f"/award {CARD} review https://shop.example/{'x' * 80}/{number}")
        assert to(said, place.ann.me) == ["staff-awarded-review(points=50)"]
        place.world.clock.advance(MINUTE)


async def test_what_a_file_told_is_not_given_for_again_in_chat(place: Place) -> None:
    told = Happening(card=CARD, kind=RuleKind.QUIZ, occasion="Spring  2026")
    async with place.world.database.unit_of_work() as uow:
        happenings = Happenings(place.world.accruals, lambda _: frozenset())
        await happenings.take_in(uow, place.world.program, told, now=place.world.now)
        await uow.commit()
    place.world.clock.advance(MINUTE)
    assert keys(await place.operator.say(f"/award {CARD} quiz spring 2026")) == [f"staff-award-repeated(card={SHOWN})"]


async def test_a_card_alone_brings_buttons_for_what_the_rules_have(place: Place) -> None:
    [asked] = await place.operator.say(f"/award {CARD}")
    assert labels(asked) == ["staff-award-review-button", "staff-award-quiz-button"]
    for expected in (f"staff-adjusted(card={SHOWN}, points=30)", f"staff-award-repeated(card={SHOWN})"):
        said = await place.operator.press(f"desk.award:{CARD}:quiz")
        assert to(said, place.operator.me) == [expected]
        place.world.clock.advance(MINUTE)


async def test_customers_do_not_have_the_command(place: Place) -> None:
    assert keys(await place.bob.say(f"/award {CARD} review x")) == ["help-unknown-command(command=award)"]


@pytest.mark.parametrize("rest", ["", "review", f"{CARD} gift", "ёж"])
async def test_what_is_missing_is_said(place: Place, rest: str) -> None:
    assert keys(await place.operator.say(f"/award {rest}")) == ["staff-award-how"]


async def test_what_the_rules_do_not_have_is_refused(place: Place) -> None:
    assert keys(await place.operator.say(f"/award {CARD} poll")) == ["staff-award-no-rule(kind=poll)"]
    place.world.program = replace(place.world.program, rules=())
    assert keys(await place.operator.say(f"/award {CARD}")) == ["staff-award-no-rules"]
    assert keys(await place.operator.say("/award 27 0000 0000 000 review")) == ["staff-member-unknown"]
