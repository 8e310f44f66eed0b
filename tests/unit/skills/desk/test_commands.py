"""Commands as they are typed."""

import pytest

from bot.domain.desk.terms import DeskTerms
from bot.domain.messages import Address
from tests.fakes.talk import keys
from tests.unit.skills.desk.office import CONSOLE, Office


@pytest.mark.parametrize("typed", ["/on duty", "/online", "/online@klubok_bot", "/online\nсейчас"])
async def test_a_command_is_known_by_all_of_its_words(typed: str) -> None:
    office = await Office().open()
    assert keys(await office.op.say(typed)) == ["desk-online(count=0)"]


async def test_a_command_of_customers_in_a_room_is_not_left_without_an_answer() -> None:
    office = await Office(DeskTerms(rooms=(Address(CONSOLE, "room", ""),))).open()
    assert keys(await office.talk("op", chat="room").say("/feedback")) == ["desk-not-here"]
    assert keys(await office.op.say("/feedback")) == ["feedback-rating-prompt"]
    assert await office.talk("bob", chat="room").say("/feedback") == []
