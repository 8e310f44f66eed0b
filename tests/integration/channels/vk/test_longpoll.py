"""VK's events by long poll: nothing lost, nothing twice, whatever goes wrong."""

import json
import logging

import pytest

from bot.domain.errors import ConfigurationError, RejectedError, StorageError, ThrottledError
from bot.domain.messages import HumanReplied, Pressed, Said, Started
from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club, button, send_one

PLACE = "vk:1:longpoll"


async def test_what_people_write_is_stored_in_order(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    async with club.listen():
        anna.start(ref="p-1")
        for number in range(5):
            anna.say(str(number))
        await fake.until(lambda: len(club.inbox.events) == 6)
    first, *rest = club.inbox.events
    assert isinstance(first, Started)
    assert [event.text for event in rest if isinstance(event, Said)] == list("01234")


async def test_the_place_is_kept_over_a_restart(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    async with club.listen():
        anna.say("раз")
        await fake.until(lambda: club.inbox.events)
        await fake.until(lambda: json.loads(club.bookmarks.notes[PLACE])["ts"] == str(fake.long_poll.ts))
    anna.say("пока бот спал")
    async with club.listen():
        await fake.until(lambda: len(club.inbox.events) == 2)
    assert club.inbox.texts == ["раз", "пока бот спал"]


async def test_a_newcomer_does_not_answer_old_messages(fake: FakeVk, club: Club) -> None:
    fake.person(7).say("год назад")
    async with club.listen():
        fake.person(8).say("сегодня")
        await fake.until(lambda: club.inbox.events)
    assert club.inbox.texts == ["сегодня"]


@pytest.mark.parametrize("kind", ["http502", "html", "garbage", "cut", "cut_after", "slow", "failed2", "failed4"])
async def test_every_fault_of_the_poll_is_survived(fake: FakeVk, club: Club, kind: str) -> None:
    anna = fake.person(7)
    async with club.listen():
        anna.say("раз")
        await fake.until(lambda: club.inbox.events)
        fake.faults.add("longpoll", kind, times=2)
        for number in range(3):
            anna.say(f"два {number}")
        await fake.until(lambda: len(club.inbox.events) == 4)
    assert club.inbox.texts == ["раз", "два 0", "два 1", "два 2"]


async def test_a_poll_that_hangs_is_given_up(fake: FakeVk, club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.vk.longpoll._NETWORK_SECONDS", 0.3)
    fake.faults.add("longpoll", "hang")
    async with club.listen(poll_wait=0):
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)


@pytest.mark.parametrize("kind", ["failed1", "failed3"])
async def test_what_was_lost_is_read_again(fake: FakeVk, club: Club, kind: str) -> None:
    anna, olga = fake.person(7), fake.person(8)
    async with club.listen() as channel:
        olga.say("спасибо")
        await fake.until(lambda: club.inbox.events)
        await send_one(channel, club.queue("не за что", to=8))
        fake.faults.add("longpoll", kind)
        fake.faults.add("longpoll", "http502")
        with fake.world.lock:
            anna.say("раз")
            anna.send_photo("два")
            fake.long_poll.lose() if kind == "failed3" else fake.long_poll.forget(keep=0)
        await fake.until(lambda: len(club.inbox.events) >= 3)
        anna.say("три")
        await fake.until(lambda: len(club.inbox.events) == 4)
    ids = [f"m{fake.group_id}:{message}" for message in ("8:1", "7:1", "7:2", "7:3")]
    assert [event.id for event in club.inbox.events] == ids


async def test_what_was_lost_before_an_answer_of_ours_is_read_again(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    async with club.listen() as channel:
        anna.say("раз")
        await fake.until(lambda: club.inbox.events)
        with fake.world.lock:
            anna.say("два")
            fake.long_poll.lose()
        await send_one(channel, club.queue("ответ на раз"))
        await fake.until(lambda: "два" in club.inbox.texts)
    assert club.inbox.texts == ["раз", "два"]


async def test_what_a_human_answered_while_history_was_lost_stays_so(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    async with club.listen():
        anna.say("раз")
        await fake.until(lambda: club.inbox.events)
        with fake.world.lock:
            anna.say("два")
            fake.admin_replies(7, "отвечу сама")
            anna.say("три")
            fake.long_poll.lose()
        await fake.until(lambda: "три" in club.inbox.texts)
    assert club.inbox.texts == ["раз", "три"]


async def test_what_nobody_answered_long_ago_stays_so(fake: FakeVk, club: Club) -> None:
    fake.person(9).say("год назад").date -= 365 * 24 * 3600
    async with club.listen():
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)
        fake.long_poll.lose()
        await fake.until(lambda: [call for call in fake.calls if call.outcome == "failed 3"])
        fake.person(7).say("два")
        await fake.until(lambda: "два" in club.inbox.texts)
    assert club.inbox.texts == ["раз", "два"]


@pytest.mark.parametrize("code", [10, 6, 29])
async def test_catching_up_goes_on_until_it_is_done(fake: FakeVk, club: Club, code: int) -> None:
    async with club.listen():
        for number in range(1, 41):
            fake.faults.add("messages.getHistory", 10) if number == 1 else None
            fake.person(number).say(f"от {number}")
            fake.long_poll.lose() if number == 40 else None
        fake.faults.add("messages.getConversations", code)
        await fake.until(lambda: len(club.inbox.events) == 40, seconds=15)
    assert sorted(club.inbox.texts) == sorted(f"от {number}" for number in range(1, 41))


@pytest.mark.parametrize("kind", ["duplicate", "repeat", "reorder", "unknown"])
async def test_events_that_come_strangely_are_stored_once(fake: FakeVk, club: Club, kind: str) -> None:
    anna = fake.person(7)
    async with club.listen():
        anna.say("раз")
        await fake.until(lambda: club.inbox.events)
        fake.faults.add("longpoll", kind)
        with fake.world.lock:
            anna.say("два")
            anna.say("три")
        await fake.until(lambda: len(club.inbox.events) == 3)
        anna.say("четыре")
        await fake.until(lambda: len(club.inbox.events) == 4)
    assert sorted(club.inbox.texts) == sorted(["раз", "два", "три", "четыре"])
    assert ("unknown" in club.meter.kinds) == (kind == "unknown")


@pytest.mark.parametrize("kind", ["http502", "html", "garbage", "cut", 1, 6, 10, 15, 100, 29, 5, 27])
async def test_a_poll_that_cannot_begin_anew_is_tried_until_it_can(fake: FakeVk, club: Club, kind: str | int) -> None:
    async with club.listen():
        fake.faults.add("groups.getLongPollServer", kind, times=2)
        fake.long_poll.expire_key()
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)


async def test_a_token_taken_away_is_said_once(fake: FakeVk, club: Club, caplog: pytest.LogCaptureFixture) -> None:
    async with club.listen() as channel:
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)
        token, fake.api.token = fake.api.token, "another"
        fake.long_poll.expire_key()
        await fake.until(lambda: len(fake.calls_of("groups.getLongPollServer")) >= 3)
        assert isinstance(await send_one(channel, club.queue("два")), ThrottledError)
        fake.api.token = token
        fake.person(7).say("два")
        await fake.until(lambda: len(club.inbox.events) == 2)
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert [message.split()[0] for message in said] == ["vk.token_refused"]


async def test_what_cannot_be_stored_is_not_confirmed(
    fake: FakeVk, club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    async with club.listen():
        club.inbox.failures = [StorageError("disk full")] * 3
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)
    assert club.inbox.texts == ["раз"]
    said = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in said] == ["vk.poll_failed error=disk full: trying until it works"]


async def test_a_place_that_cannot_be_noted_is_noted_later(fake: FakeVk, club: Club) -> None:
    async with club.listen():
        club.bookmarks.is_away = True
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)
        club.bookmarks.is_away = False
        await fake.until(lambda: json.loads(club.bookmarks.notes[PLACE])["ts"] == str(fake.long_poll.ts))
    assert club.inbox.texts == ["раз"]


async def test_an_event_that_the_database_refuses_does_not_keep_the_others(fake: FakeVk, club: Club) -> None:
    async with club.listen():
        club.inbox.failures = [RejectedError("no"), RejectedError("no")]  # the batch, and its first event
        with fake.world.lock:
            fake.person(7).say("раз")
            fake.person(8).say("два")
        await fake.until(lambda: club.inbox.events)
    assert club.inbox.texts == ["два"]


async def test_a_broken_event_does_not_keep_the_others(fake: FakeVk, club: Club) -> None:
    async with club.listen():
        with fake.world.lock:
            fake.publish("message_new", {"message": "?"})
            fake.publish("message_event", {"user_id": "seven"})
            fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)
    assert club.meter.kinds.count("broken") == 2


async def test_presses_are_answered_at_once(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    async with club.listen() as channel:
        place = await send_one(channel, club.queue("?", buttons=((button("Помощь"),),)))
        fake.faults.add("messages.sendMessageEventAnswer", 10)
        event_id = anna.press(anna.messages[0], "Помощь")
        assert event_id is not None
        await fake.until(lambda: anna.answer_to(event_id).is_answered)
    press = club.inbox.events[-1]
    assert isinstance(press, Pressed)
    assert press.ref == place


async def test_a_press_that_cannot_be_answered_is_let_go(fake: FakeVk, club: Club) -> None:
    async with club.listen() as channel:
        fake.faults.add("messages.sendMessageEventAnswer", 901)
        body = {"user_id": 7, "peer_id": 7, "event_id": "gone", "payload": {"a": "help.show"}}
        fake.publish("message_event", body)
        await fake.until(lambda: fake.calls_of("messages.sendMessageEventAnswer"))
        fake.person(7).say("раз")
        await fake.until(lambda: "раз" in club.inbox.texts)
        assert channel.name == "vk"


async def test_only_what_humans_wrote_from_the_inbox_is_heard(fake: FakeVk, club: Club) -> None:
    anna = fake.person(7)
    anna.say("привет")
    async with club.listen() as channel:
        await send_one(channel, club.queue("я бот"))
        fake.admin_replies(anna, "а я Ольга")
        await fake.until(lambda: club.inbox.events)
        with fake.world.lock:  # another program in the community's name: no name, a number of its own
            fake.world.publish_out(fake.world.add(7, -1, text="акция", random_id=5))
        await fake.until(lambda: "other_program" in club.meter.kinds)
    [heard] = club.inbox.events
    assert isinstance(heard, HumanReplied)
    assert (heard.text, heard.author) == ("а я Ольга", "100")
    assert club.meter.kinds.count("own") == 1


async def test_what_we_sent_before_a_crash_is_known_as_ours(fake: FakeVk, club: Club) -> None:
    people = [fake.person(number) for number in range(1, 31)]
    async with club.listen():
        pass
    for person in people:
        person.say("я")
    async with club.open() as channel:
        await channel.send([club.queue("новинка", to=person.id) for person in people])
        await channel.send([club.queue("одна", to=1), club.queue("другая", to=2)])
    async with club.listen():
        await fake.until(lambda: club.meter.kinds.count("own") == 32)
    assert not [event for event in club.inbox.events if isinstance(event, HumanReplied)]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"token": "other"}, "KLUBOK_VK__TOKEN is not a key"),
        ({"group_id": 2}, "KLUBOK_VK__GROUP_ID is 2, but the key belongs to 1"),
    ],
)
async def test_what_can_never_work_stops_the_start(
    fake: FakeVk, club: Club, changes: dict[str, object], says: str
) -> None:
    async with club.open(**changes) as channel:
        with pytest.raises(ConfigurationError, match=says):
            await channel.receive(club.inbox.accept)


async def test_a_start_without_a_network_waits_for_it(fake: FakeVk, club: Club) -> None:
    fake.faults.add("groups.getById", "http502", times=2)
    fake.faults.add("groups.getById", "cut")
    async with club.listen():
        fake.person(7).say("раз")
        await fake.until(lambda: club.inbox.events)
