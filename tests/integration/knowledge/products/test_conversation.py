"""A person talks about goods of the demo pack with the whole core; only the store is a fake."""

from datetime import timedelta

import pytest

from bot.app import make_core
from bot.channels.console.channel import ConsoleChannel
from bot.cli.chat import choose_settings
from bot.domain.actions import Action
from bot.domain.conversation import REMEMBERED_FOR
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Event, Pressed, Said
from bot.domain.replies import OutgoingMessage
from bot.knowing import open_knowledge
from bot.runtime.clock import MovableClock
from tests.fakes.talk import NOON
from tests.fakes.uow import FakeDatabase


class Shop:
    """Says and presses, returns the last reply."""

    def __init__(self) -> None:
        knowledge = open_knowledge(choose_settings(None, None))
        self.clock = MovableClock(NOON)
        self._channel = ConsoleChannel()
        self._core = make_core(
            uow=FakeDatabase().unit_of_work,
            answers=knowledge.answers,
            translator=knowledge.translator,
            channels=[self._channel],
            clock=self.clock,
            batch=10,
        )
        self._me = Address(ChannelName("console"), "c", "u")
        self._events = 0

    async def say(self, text: str) -> OutgoingMessage:
        """Type `text`."""
        return await self._happen(Said(id=self._id(), sender=self._me, at=self.clock.now(), text=text))

    async def press(self, action: Action) -> OutgoingMessage:
        """Press a button."""
        return await self._happen(Pressed(id=self._id(), sender=self._me, at=self.clock.now(), action=action))

    async def _happen(self, event: Event) -> OutgoingMessage:
        await self._core.inbox.accept(event)
        await self._core.settle()
        await self._core.deliver()
        return self._channel.take()[-1]

    def _id(self) -> str:
        self._events += 1
        return str(self._events)


@pytest.fixture
def shop() -> Shop:
    return Shop()


async def test_a_list_is_narrowed_down_opened_and_asked_about(shop: Shop) -> None:
    listed = await shop.say("телевизор от 50 дюймов с 3D до 60 тысяч")
    assert set(listed.answer.sources) == {"offer:pr50vt20", "offer:pr50st30", "offer:pr50st50"}
    assert [item.button.target for item in listed.shelf] == [
        Action("ask.offer", (source.removeprefix("offer:"),)) for source in listed.answer.sources
    ]
    await shop.press(Action("ask.offer", ("pr50st50",)))
    asked = await shop.say("а сколько у него HDMI?")
    assert asked.answer.sources == ("offer:pr50st50",)
    cheaper = await shop.say("а подешевле?")
    assert cheaper.answer.sources == ("offer:pr50st30",)


async def test_more_is_shown_by_a_button(shop: Shop) -> None:
    first = await shop.say("телевизоры")
    second = await shop.press(Action("ask.more"))
    assert len(second.answer.sources) == len(first.answer.sources) == 5
    assert not set(first.answer.sources) & set(second.answer.sources)


async def test_what_was_shown_is_forgotten_after_a_while(shop: Shop) -> None:
    await shop.say("сколько весит GH2?")
    shop.clock.advance(REMEMBERED_FOR + timedelta(minutes=1))
    assert "offer:gh2" not in (await shop.say("а сколько стоит?")).answer.sources


async def test_an_answer_about_something_else_ends_the_talk_about_goods(shop: Shop) -> None:
    await shop.say("сколько весит GH2?")
    await shop.say("Сколько стоит доставка?")
    assert "offer:gh2" not in (await shop.say("а видоискатель у него есть?")).answer.sources


async def test_the_same_is_said_in_english(shop: Shop) -> None:
    assert "392" in (await shop.say("How much does the GH2 weigh?")).text
    assert (await shop.say("and does it have a viewfinder?")).answer.sources == ("offer:gh2",)
    assert (await shop.say("anything cheaper?")).answer.kind == "selection"


async def test_a_preposition_before_a_quality_makes_no_model(shop: Shop) -> None:
    said = await shop.say("видеокамера которая в 3д пишет")
    assert (said.answer.kind, "offer:tm900" in said.answer.sources) == ("selection", True)


async def test_what_is_asked_of_goods_is_not_a_wish_for_them(shop: Shop) -> None:
    assert (await shop.say("объектив в отпуск")).answer.kind == "selection"
    assert (await shop.say("хранение объективов")).answer.kind != "selection"
