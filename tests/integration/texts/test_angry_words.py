"""Anger in the words that people use, with the shipped texts; and words that only look like it."""

from collections.abc import Mapping, Sequence

import pytest

from bot.dialogue.comfort import Comfort
from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.brand import Brand
from bot.domain.conversation import Conversation
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Said
from bot.domain.replies import Phrase, Reply
from bot.texts.fluent import FluentTranslator
from tests.fakes.talk import NOON
from tests.fakes.uow import FakeDatabase

TRANSLATOR = FluentTranslator(is_strict=True)


class Listener:
    """A skill that only notes what it was asked."""

    name = "ask"
    is_urgent = False
    is_personal = False
    commands: Mapping[str, Action] = {}

    def __init__(self) -> None:
        self.asked: list[str] = []

    def matches(self, turn: Turn) -> bool:
        """Everything."""
        return True

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Note it."""
        self.asked.append(turn.text)
        return [Reply(text=Phrase("answered"))]


async def heard(text: str) -> tuple[bool, str]:
    """Return whether an apology was made, and what was left to be answered."""
    me = Address(ChannelName("console"), "c1", "u1")
    listener = Listener()
    async with FakeDatabase().unit_of_work() as uow:
        turn = Turn(
            event=Said(id="1", sender=me, at=NOON, text=text),
            action=None,
            conversation=Conversation(address=me, language="ru"),
            brand=Brand(name="Чайная"),
            uow=uow,
            now=NOON,
        )
        replies = await Comfort(listener, TRANSLATOR).respond(turn)
    return len(replies) > 1, listener.asked[0]


@pytest.mark.parametrize(
    "text",
    [
        "вы тупые",
        "вы там совсем охренели? деньги верните",
        "да вы издеваетесь",
        "ну и говносервис",
        "я очень зол",
        "ну сколько можно",
        "сколько можно ждать!!!",
        "чертов телевизор сломался",
        "вы козлы",
        "за идиота держите?",
        "идиоты-то какие",
        "you bastards",
        "what a joke",
    ],
)
async def test_anger_is_heard(text: str) -> None:
    is_angry, _ = await heard(text)
    assert is_angry


@pytest.mark.parametrize(
    "text",
    [
        "тупой угол пилить чем",
        "нож тупой, чем точить",
        "сколько можно хранить крем",
        "сколько можно возвращать товар",
        "сколько еще ждать доставку",
        "козлы для пилки дров есть?",
        "даун-кабель есть?",
        "совсем уже тёмный экран",
        "idiot-proof lock",
        "a bastard file",
        "урна-помойка для кухни",
    ],
)
async def test_a_question_is_not_taken_for_anger(text: str) -> None:
    assert await heard(text) == (False, text)


async def test_the_question_is_answered_without_the_anger() -> None:
    assert await heard("чертов телевизор сломался") == (True, "телевизор сломался")
