"""How people see what is sent: pages, carousels, apps that can little, chats."""

import json

import pytest

from bot.channels.vk.options import VK
from bot.domain.errors import UnreachableError
from bot.domain.messages import Address
from bot.domain.replies import Link, Mark, MarkKind, OutgoingButton, OutgoingItem, Private
from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club, button, send_one

APP = ("keyboard", "inline_keyboard", "carousel", "callback")


async def test_many_buttons_come_in_pages(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    buttons = tuple((button(f"Кнопка {number} " + "я" * 60, f"ask.offer:{'x' * 300}"),) for number in range(30))
    async with club.open() as channel:
        place = await send_one(channel, club.queue("выбирайте", buttons=buttons))
        assert len(anna.messages[0].labels) <= 10
        assert anna.messages[0].labels[-1] == "›"
        await send_one(channel, club.queue("выбирайте", buttons=buttons, page=1, replaces=place))
    [shown] = anna.messages
    assert shown.labels[-3:] == ["‹", "2/6", "›"]
    payload = json.loads(shown.buttons[0]["payload"])
    assert payload["a"].startswith("pages.press:")


def shelf(count: int, picture: str | None = None) -> tuple[OutgoingItem, ...]:
    return tuple(
        OutgoingItem(
            title=f"Пряжа {number} " + "я" * 90,
            text="100 г, 400 ₽",
            button=button("Подробнее", f"ask.offer:{number}"),
            picture=None if picture is None else f"{picture}{number}.jpg",
        )
        for number in range(count)
    )


async def test_several_products_are_a_carousel_where_the_app_shows_it(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("каталог")
    pictures = f"{fake.base_url}file/"
    async with club.open() as channel:
        await send_one(channel, club.queue("Вот пряжа", shelf=shelf(3, pictures), client=APP))
        await send_one(channel, club.queue("Вот пряжа", shelf=shelf(3), client=("keyboard", "inline_keyboard")))
        await send_one(channel, club.queue("Вот пряжа", shelf=shelf(11), client=APP))
    with_cards, *texts = anna.messages
    assert with_cards.template is not None
    assert [len(card["title"]) for card in with_cards.template["elements"]] == [80] * 3
    assert all(card["photo_id"] for card in with_cards.template["elements"])
    assert [text.template for text in texts] == [None, None]
    assert anna.press(with_cards, "Подробнее")


async def test_a_carousel_that_vk_does_not_take_is_a_text(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("каталог")
    fake.faults.add("messages.send", 100)
    async with club.open() as channel:
        assert isinstance(await send_one(channel, club.queue("Вот", shelf=shelf(2), client=APP)), str)
    assert (anna.messages[0].text, anna.messages[0].template) == ("Вот", None)


async def test_a_community_without_bot_features_still_answers(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    fake.world.has_bot_features = False
    async with club.open() as channel:
        message = club.queue("Вот", buttons=((button("Помощь"),),), shelf=shelf(2), client=APP)
        assert isinstance(await send_one(channel, message), str)
    assert (anna.messages[0].text, anna.messages[0].labels) == ("Вот", [])


@pytest.mark.parametrize("code", [100, 911])
async def test_what_vk_refuses_of_the_looks_does_not_cost_the_answer(fake: FakeVk, club: Club, code: int) -> None:
    anna = fake.person(7)
    anna.say("привет")
    fake.faults.add("messages.send", code)
    async with club.open() as channel:
        marks = (Mark(0, 3, MarkKind.BOLD),)
        message = club.queue("Вот", buttons=((button("Помощь"),),), marks=marks, client=APP)
        assert isinstance(await send_one(channel, message), str)
    [shown] = anna.messages
    assert (shown.text, shown.labels) == ("Вот", [])


async def test_everything_that_may_be_left_out_is(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    fake.faults.add("messages.edit", 909)
    for code in (100, 912):
        fake.faults.add("messages.send", code)
    async with club.open() as channel:
        message = club.queue("Вот", buttons=((button("Помощь"),),), shelf=shelf(2), client=APP, replaces="1")
        assert isinstance(await send_one(channel, message), str)
    assert (anna.messages[0].text, anna.messages[0].labels) == ("Вот", [])


async def test_an_app_without_buttons_reads_them(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    buttons = ((button("Помощь"), OutgoingButton("Сайт", Link("https://example.org"))),)
    async with club.open() as channel:
        item = club.queue("Что дальше?", buttons=buttons, client=("bare",))
        [part] = channel.fit(item.message)
        await send_one(channel, club.queue(part.text, buttons=part.buttons, client=part.client))
    assert anna.messages[0].text == "Что дальше?\n\n1. Помощь\n2. Сайт: https://example.org"
    assert anna.messages[0].keyboard is None


async def test_an_app_without_silent_buttons_gets_speaking_ones(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    async with club.listen() as channel:
        await send_one(channel, club.queue("?", buttons=((button("Помощь"),),), client=("keyboard", "inline_keyboard")))
        assert anna.press(anna.messages[-1], "Помощь") is None
        await fake.until(lambda: club.inbox.events)
    assert type(club.inbox.events[-1]).__name__ == "Pressed"


async def test_a_group_is_led_to_our_private_chat(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    chat = fake.chat(1, [anna])
    chat.invite_bot(anna)
    to = Address(VK, str(chat.peer_id), "7")
    private = ((OutgoingButton("Лично", Private("p-1 2")),),)
    async with club.open() as channel:
        assert isinstance(await send_one(channel, club.queue("Тут", to, buttons=private)), str)
        chat.kick_bot(anna)
        assert isinstance(await send_one(channel, club.queue("Тут", to)), UnreachableError)
    assert chat.messages[0].buttons[0]["link"] == "https://vk.me/club1?ref=p-1%202"
