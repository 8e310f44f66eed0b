"""Small talk in the words that people use, with the shipped texts."""

import pytest

from bot.dialogue.turn import Turn
from bot.domain.brand import Brand
from bot.domain.conversation import Conversation
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Said
from bot.domain.replies import Phrase
from bot.skills.smalltalk import SmalltalkSkill
from bot.texts.fluent import FluentTranslator
from tests.fakes.talk import NOON
from tests.fakes.uow import FakeDatabase

TRANSLATOR = FluentTranslator(is_strict=True)


async def answered(text: str) -> str | None:
    """Return the key of what small talk says to `text`, None when it leaves it to others."""
    me = Address(ChannelName("console"), "c1", "u1")
    async with FakeDatabase().unit_of_work() as uow:
        turn = Turn(
            event=Said(id="1", sender=me, at=NOON, text=text),
            action=None,
            conversation=Conversation(address=me, language="ru"),
            brand=Brand(name="Чайная"),
            uow=uow,
            now=NOON,
        )
        skill = SmalltalkSkill(TRANSLATOR)
        if not skill.matches(turn):
            return None
        [reply] = await skill.respond(turn)
    assert isinstance(reply.text, Phrase)
    return reply.text.key


@pytest.mark.parametrize(
    "text", ["вы тупые", "Тупой бот!!!", "ты ничего не понимаешь", "это не то", "you are useless", "👎"]
)
async def test_somebody_angry_hears_an_apology(text: str) -> None:
    assert await answered(text) == "smalltalk-upset"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("👍👍👍", "smalltalk-understood"),
        ("👍🏽", "smalltalk-understood"),
        ("не плохо", "smalltalk-understood"),
        ("❤️", "smalltalk-thanks"),
        ("👋", "smalltalk-greeting"),
        ("спасибо 👍", "smalltalk-thanks"),
    ],
)
async def test_emoji_are_answered_as_what_they_mean(text: str, key: str) -> None:
    assert await answered(text) == key


@pytest.mark.parametrize(
    "text", ["🦆", "?", "...", "плохо работает вспышка", "а что такое GH2", "ты знаешь про доставку", "a"]
)
async def test_what_is_no_small_talk_is_left_to_others(text: str) -> None:
    assert await answered(text) is None
