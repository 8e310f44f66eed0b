"""Commands as they are typed."""

import pytest

from bot.domain.desk.terms import DeskTerms
from bot.domain.messages import Address, Attached, AttachmentKind, Said
from tests.fakes.talk import keys
from tests.unit.skills.desk.office import CONSOLE, Office, taken, to


@pytest.mark.parametrize("typed", ["/on duty", "/online", "/online@klubok_bot", "/online\nсейчас"])
async def test_a_command_is_known_by_all_of_its_words(typed: str) -> None:
    office = await Office().open()
    assert keys(await office.op.say(typed)) == ["desk-online(count=0)"]


async def test_a_command_of_customers_in_a_room_is_not_left_without_an_answer() -> None:
    office = await Office(DeskTerms(rooms=(Address(CONSOLE, "room", ""),))).open()
    assert keys(await office.talk("op", chat="room").say("/feedback")) == ["desk-not-here"]
    assert keys(await office.op.say("/feedback")) == ["feedback-rating-prompt"]
    assert await office.talk("bob", chat="room").say("/feedback") == []


async def test_a_mistyped_command_never_reaches_the_customer() -> None:
    office = await taken()
    photo = Attached(
        id="p1",
        sender=office.op.me,
        at=office.clock.now(),
        kind=AttachmentKind.PHOTO,
        reference="1",
        caption="/clsoe",
    )
    assert keys(await office.op.happen(photo)) == ["desk-mistyped(near=/close)"]


@pytest.mark.parametrize(("text", "answer"), [("/взятть 1", ["desk-mistyped(near=/help)"]), ("/close@other_bot", [])])
async def test_nor_does_one_in_a_topic_that_the_bot_was_not_named_in(text: str, answer: list[str]) -> None:
    assert await in_topic(text) == answer


async def in_topic(text: str) -> list[str]:
    """Let an operator type something that is not addressed to the bot in a customer's topic; return what is said."""
    topic = Address(CONSOLE, "room/1", "")
    office = await Office(DeskTerms(rooms=(Address(CONSOLE, "room", ""),))).open()
    await office.ann.say("позовите человека")
    async with office.database.unit_of_work() as uow:
        await uow.desk.rooms.keep(office.ann.me, topic)
        await uow.commit()
    operator = office.talk("op", chat="room/1")
    await operator.say("/take")
    typed = Said(id="t", sender=operator.me, at=office.clock.now(), text=text, is_group=True, is_addressed=False)
    return keys(await operator.happen(typed))


async def test_a_word_that_the_bot_knows_is_an_answer_where_somebody_waits_for_one() -> None:
    office = await taken()
    assert to(await office.op.say("help"), office.ann) == ["help"]
    await office.op.say("/close")
    assert keys(await office.op.say("help"))[0].startswith("help-text")
