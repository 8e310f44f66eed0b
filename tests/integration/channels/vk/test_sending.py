"""What people see in VK of what the bot sends."""

import asyncio
import time

import pytest

from bot.domain.errors import ChannelError, RefusedError, ThrottledError, UnreachableError
from bot.domain.replies import (
    Link,
    Mark,
    MarkKind,
    OutgoingButton,
)
from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club, button, send_one


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
