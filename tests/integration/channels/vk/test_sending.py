"""What people see in VK of what the bot sends."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from bot.channels.vk.options import VK
from bot.domain.actions import Action
from bot.domain.errors import ChannelError, RefusedError, ThrottledError, UnreachableError
from bot.domain.messages import Address, AttachmentKind
from bot.domain.replies import (
    Attachment,
    Link,
    Mark,
    MarkKind,
    OutgoingButton,
    OutgoingItem,
    Private,
)
from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club, send_one

APP = ("keyboard", "inline_keyboard", "carousel", "callback")


def button(label: str, name: str = "help.show") -> OutgoingButton:
    return OutgoingButton(label, Action(name))


async def test_a_message_is_shown_with_its_marks_and_buttons(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    buttons = ((button("Помощь"), OutgoingButton("Сайт", Link("https://example.org"))),)
    marks = (Mark(0, 2, MarkKind.BOLD), Mark(3, 4, MarkKind.LINK, "https://example.org/🧶"))
    async with club.open() as channel:
        result = await send_one(channel, club.queue("🧶🧶 сайт", buttons=buttons, marks=marks))
    [shown] = anna.messages
    assert result == str(shown.cmid)
    assert shown.labels == ["Помощь", "Сайт"]
    assert shown.format_data is not None
    assert [(item["type"], item["offset"], item["length"]) for item in shown.format_data["items"]] == [
        ("bold", 0, 4), ("url", 5, 4),
    ]  # fmt: skip


async def test_a_second_try_is_not_shown_twice(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    item = club.queue("раз")
    fake.faults.add("messages.send", "cut_after")
    async with club.open() as channel:
        lost = await send_one(channel, item)
        assert isinstance(lost, ChannelError)
        again = await send_one(channel, item)
    async with club.open() as channel:  # after a restart
        assert await send_one(channel, item) == again
    assert [message.text for message in anna.messages] == ["раз"]


async def test_several_messages_go_in_one_request_and_each_has_its_fate(fake: FakeVk, club: Club) -> None:
    for number in range(1, 30):
        fake.person(number).say("я")
    fake.person(3).deny()
    fake.person(5).profile.is_banned = True
    items = [club.queue(f"привет, {number}", to=number) for number in range(1, 30)]
    async with club.open() as channel:
        results = await channel.send(items)
    assert [type(results[2]), type(results[4])] == [UnreachableError, UnreachableError]
    assert all(isinstance(result, str) for number, result in enumerate(results) if number not in {2, 4})
    assert [fake.messages(number)[0].text for number in (1, 29)] == ["привет, 1", "привет, 29"]
    assert len(fake.calls_of("execute")) == 2
    assert not [call for call in fake.calls_of("messages.send") if not call.is_inside_execute]


async def test_what_people_type_is_no_script(fake: FakeVk, club: Club) -> None:
    texts = ['"});API.x({"', "\\\"'`${1}", "a\u2028b\n\u0000", "\ud83d половина", "{{}}];return 1;"]
    for number in range(1, 6):
        fake.person(number).say("я")
    async with club.open() as channel:
        results = await channel.send([club.queue(text, to=number) for number, text in enumerate(texts, 1)])
    assert all(isinstance(result, str) for result in results)
    assert [fake.messages(number)[0].text for number in range(1, 6)] == [
        *texts[:3], "\ufffd половина", texts[4],
    ]  # fmt: skip


async def test_one_text_to_many_people_is_one_request(fake: FakeVk, club: Club) -> None:
    for number in range(1, 101):
        fake.person(number).say("я")
    fake.person(50).deny()
    items = [club.queue("новинка", to=number) for number in range(1, 101)]
    async with club.open() as channel:
        results = await channel.send(items)
        assert len(fake.calls_of("messages.send")) == 1
        assert isinstance(results[49], UnreachableError)
        assert sum(isinstance(result, str) for result in results) == 99
    async with club.open() as channel:  # killed before the results were noted: some of them again, alone and together
        await channel.send(items[40:45])
        await channel.send([items[7]])
        await channel.send(items[10:90])
    assert all(len(fake.messages(number)) == 1 for number in range(1, 101) if number != 50)


async def test_without_a_note_nothing_is_sent_together(fake: FakeVk, club: Club) -> None:
    for number in range(1, 31):
        fake.person(number).say("я")
    items = [club.queue("новинка", to=number) for number in range(1, 31)]
    async with club.open() as channel:
        club.bookmarks.is_away = True
        assert all(isinstance(result, str) for result in await channel.send(items))
    assert len(fake.calls_of("execute")) == 2


async def test_long_scripts_are_divided(fake: FakeVk, club: Club) -> None:
    for number in range(1, 6):
        fake.person(number).say("я")
    async with club.open() as channel:
        await channel.send([club.queue(f"{number}" + "я" * 4000, to=number) for number in range(1, 6)])
    assert len(fake.calls_of("execute")) == 2
    assert all(len(fake.messages(number)) == 1 for number in range(1, 6))


@pytest.mark.parametrize("code", [901, 902, 900, 18])
async def test_people_who_are_gone_are_unreachable(fake: FakeVk, club: Club, code: int) -> None:
    fake.faults.add("messages.send", code)
    async with club.open() as channel:
        assert isinstance(await send_one(channel, club.queue("раз")), UnreachableError)


@pytest.mark.parametrize("code", [911, 914, 100])
async def test_what_vk_never_takes_is_refused(fake: FakeVk, club: Club, code: int) -> None:
    fake.faults.add("messages.send", code)
    async with club.open() as channel:
        assert isinstance(await send_one(channel, club.queue("раз")), RefusedError)


@pytest.mark.parametrize(("code", "seconds"), [(9, 7), (29, 7), (6, 1), (14, 0.3), (5, 0.3), (27, 0.3)])
async def test_too_fast_means_wait(fake: FakeVk, club: Club, code: int, seconds: float) -> None:
    fake.person(7).say("я")
    fake.faults.add("messages.send", code)
    async with club.open() as channel:
        result = await send_one(channel, club.queue("раз"))
        assert isinstance(result, ThrottledError)
        assert result.retry_after == seconds
        assert isinstance(await send_one(channel, club.queue("два")), str)


@pytest.mark.parametrize("kind", [1, 10, 15, "http502", "html", "garbage", "cut", "cut_after", "hang"])
@pytest.mark.parametrize("many", [1, 2])
async def test_whatever_else_goes_wrong_may_be_tried_again(
    fake: FakeVk, club: Club, kind: str | int, many: int
) -> None:
    people = [fake.person(number) for number in range(1, many + 1)]
    for person in people:
        person.say("я")
    items = [club.queue(f"раз {person.id}", to=person.id) for person in people]
    fake.faults.add("messages.send" if many == 1 else "execute", kind)
    async with club.open() as channel:
        failed = await channel.send(items)
        assert all(isinstance(result, ChannelError) for result in failed)
        assert not [result for result in failed if isinstance(result, RefusedError | UnreachableError)]
        assert all(isinstance(result, str) for result in await channel.send(items))
    assert all(len(person.messages) == 1 for person in people)


async def test_a_refusal_of_one_does_not_touch_the_others(fake: FakeVk, club: Club) -> None:
    for number in (1, 2, 3):
        fake.person(number).say("я")
    fake.faults.add("messages.send", 9)
    async with club.open() as channel:
        results = await channel.send([club.queue(f"{number}", to=number) for number in (1, 2, 3)])
    assert [type(result) for result in results] == [ThrottledError, str, str]


async def test_the_answer_to_a_press_takes_the_place_of_its_message(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    async with club.open() as channel:
        place = await send_one(channel, club.queue("раз", buttons=((button("Дальше"),),)))
        result = await send_one(channel, club.queue("два", replaces=place, buttons=((button("Назад"),),)))
    [shown] = anna.messages
    assert (shown.text, shown.edits, shown.labels) == ("два", ["раз"], ["Назад"])
    assert result == place


async def test_what_is_too_old_to_edit_is_said_anew(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    async with club.open() as channel:
        place = await send_one(channel, club.queue("раз"))
        fake.advance(25 * 3600)
        result = await send_one(channel, club.queue("два", replaces=place))
        others = await channel.send([club.queue("три", replaces=place), club.queue("четыре", replaces="77")])
    assert [message.text for message in anna.messages] == ["раз", "два", "три", "четыре"]
    assert [result, *others] == [str(message.cmid) for message in anna.messages[1:]]


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


async def test_pictures_and_files_are_brought_once(fake: FakeVk, club: Club, tmp_path: Path) -> None:
    anna = fake.person(7)
    anna.say("фото")
    paper = tmp_path / "правила.txt"
    paper.write_text("правила", encoding="utf-8")
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=f"{fake.base_url}file/a.jpg")
    file = Attachment(kind=AttachmentKind.FILE, name="правила.txt", source=str(paper))
    async with club.open() as channel:
        for text in ("раз", "два"):
            await send_one(channel, club.queue(text, attachments=(photo, file)))
        name = anna.messages[0].attachment.split(",")[0]
        known = Attachment(kind=AttachmentKind.PHOTO, name="", source=f"{name} https://sun.example/a.jpg")
        await send_one(channel, club.queue("три", attachments=(known,)))
    assert [[each["type"] for each in message.attachments] for message in anna.messages] == [
        ["photo", "doc"], ["photo", "doc"], ["photo"],
    ]  # fmt: skip
    assert len(fake.calls_of("upload")) == 2


@pytest.mark.parametrize("source", ["file/нет", "http://127.0.0.1:9/x.jpg", "/nowhere/x.jpg", "https://[x"])
async def test_a_picture_that_cannot_be_had_costs_no_answer(fake: FakeVk, club: Club, source: str) -> None:
    anna = fake.person(7)
    anna.say("фото")
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=source)
    async with club.open() as channel:
        assert isinstance(await send_one(channel, club.queue("Вот", attachments=(photo,))), str)
        assert isinstance(await send_one(channel, club.queue("", attachments=(photo,))), str)
    assert [message.text for message in anna.messages] == ["Вот", "a.jpg"]


@pytest.mark.parametrize(
    ("method", "kind"),
    [("upload", "http502"), ("upload", "garbage"), ("upload", "hang"), ("photos.saveMessagesPhoto", 10)],
)
async def test_an_upload_is_tried_twice(fake: FakeVk, club: Club, method: str, kind: str | int) -> None:
    anna = fake.person(7)
    anna.say("фото")
    fake.faults.add(method, kind)
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=f"{fake.base_url}file/a.jpg")
    async with club.open() as channel:
        await send_one(channel, club.queue("Вот", attachments=(photo,)))
    assert [each["type"] for each in anna.messages[0].attachments] == ["photo"]


async def test_a_picture_too_large_is_left_out(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("фото")
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source=f"{fake.base_url}file/a.jpg")
    async with club.open(picture_bytes=4) as channel:
        await send_one(channel, club.queue("Вот", attachments=(photo,)))
    assert anna.messages[0].attachments == []


async def test_typing_is_shown_unless_answers_wait(fake: FakeVk, club: Club) -> None:
    fake.person(7).say("привет")
    to = club.queue("x").message.to
    async with club.open(requests_per_second=5) as channel:
        await channel.show_typing(to)
        await channel.show_typing(to)  # the pace is full
    assert fake.world.activities[7] == 1
    fake.faults.add("messages.setActivity", 10)
    async with club.open() as channel:
        await channel.show_typing(to)


async def test_the_pace_is_kept_in_any_second(fake: FakeVk, club: Club) -> None:
    fake.requests_per_second = 20
    fake.person(7).say("привет")
    async with club.open(requests_per_second=18) as channel:
        began = time.monotonic()
        results = [await channel.send([club.queue(f"{number}")]) for number in range(5)]
        results += await asyncio.gather(*(channel.send([club.queue(f"{number}")]) for number in range(40)))
        took = time.monotonic() - began
    assert all(isinstance(result, str) for [result] in results)
    times = [call.at for call in fake.calls_of("messages.send")]
    assert max(sum(1 for other in times if 0 <= other - at < 1) for at in times) <= 20
    assert 45 / took > 16
