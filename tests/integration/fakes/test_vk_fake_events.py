"""The fake of VK: events, long poll, callback, and everything that can go wrong on the way."""

import time
from collections.abc import Iterator

import pytest
import requests

from tests.fakes.vk import FakeVk
from tests.fakes.vk.client import Client, vk_api
from tests.fakes.vk.faults import CODES
from tests.fakes.vk.wire import JsonObject

DEFINITIONS = {
    "board_post_new": "callback_board_post_new",
    "market_comment_new": "callback_market_comment",
    "message_edit": "callback_message",
    "message_reply": "callback_message",
    "photo_comment_new": "callback_photo_comment",
    "video_comment_new": "callback_video_comment",
}


@pytest.fixture
def fake() -> Iterator[FakeVk]:
    with FakeVk() as fake:
        fake.requests_per_second = None
        yield fake


@pytest.fixture
def client(fake: FakeVk) -> Iterator[Client]:
    client = Client(fake, seconds=0.5)
    yield client
    client.close()


def types(events: list[JsonObject]) -> list[str]:
    return [event["type"] for event in events]


def test_every_event_has_the_form_of_the_schema(fake: FakeVk) -> None:
    anna = fake.person(7)
    first = anna.say("привет")
    anna.edit(first, "Привет")
    for act in (anna.send_photo, anna.send_doc, anna.send_audio_message, anna.send_sticker, anna.send_geo, anna.start):
        act()
    anna.say("ответ", reply_to=first)
    anna.read()
    anna.react(first, 2)
    for move in (anna.allow, anna.deny, anna.join_group, anna.leave_group):
        move()
    for place in ("wall", "photo", "video", "market", "board"):
        anna.comment("сколько стоит?", on=place, post_id=5)
    fake.admin_replies(anna, "Здравствуйте!")
    if not fake.spec.is_present:
        pytest.skip(fake.spec_checks)
    for event in fake.world.events.published:
        definition = DEFINITIONS.get(event["type"], f"callback_{event['type']}")
        assert fake.spec.event_problems(definition, event["object"]) == [], event
        assert fake.spec.event_problems("callback_base", event | {"v": "5.199"}) == []


def test_every_answer_has_the_form_of_the_schema(fake: FakeVk, client: Client) -> None:
    anna = fake.person(7)
    anna.say("привет")
    client.call("messages.send", peer_id=7, random_id=1, message="раз")
    anna.say("ещё")
    calls: list[tuple[str, JsonObject]] = [
        ("groups.getById", {}),
        ("groups.getLongPollServer", {"group_id": 1}),
        ("groups.getLongPollSettings", {"group_id": 1}),
        ("groups.setLongPollSettings", {"group_id": 1, "enabled": 1, "api_version": "5.199", "message_new": 1}),
        ("groups.getCallbackConfirmationCode", {"group_id": 1}),
        ("groups.addCallbackServer", {"group_id": 1, "url": "http://127.0.0.1:9/", "title": "klubok"}),
        ("groups.getCallbackServers", {"group_id": 1}),
        ("groups.setCallbackSettings", {"group_id": 1, "server_id": 1, "message_new": 1}),
        ("groups.getCallbackSettings", {"group_id": 1, "server_id": 1}),
        ("groups.deleteCallbackServer", {"group_id": 1, "server_id": 1}),
        ("groups.getTokenPermissions", {}),
        ("groups.setSettings", {"group_id": 1, "bots_capabilities": 1}),
        ("messages.send", {"peer_ids": "7,8", "random_id": 2, "message": "два"}),
        ("messages.getConversations", {"filter": "unread", "extended": 1}),
        ("messages.getHistory", {"peer_id": 7, "count": 2}),
        ("messages.getByConversationMessageId", {"peer_id": 7, "conversation_message_ids": "1,2,99"}),
        ("messages.isMessagesFromGroupAllowed", {"group_id": 1, "user_id": 7}),
        ("messages.setActivity", {"peer_id": 7, "type": "typing"}),
        ("messages.markAsRead", {"peer_id": 7, "mark_conversation_as_read": 1}),
        ("messages.markAsAnsweredConversation", {"peer_id": 7, "answered": 1}),
        ("messages.edit", {"peer_id": 7, "cmid": 2, "message": "раз!"}),
        ("messages.delete", {"peer_id": 7, "cmids": "2", "delete_for_all": 1}),
        ("photos.getMessagesUploadServer", {"peer_id": 7}),
        ("docs.getMessagesUploadServer", {"peer_id": 7, "type": "doc"}),
        ("users.get", {"user_ids": "7", "fields": "sex,city"}),
        ("wall.createComment", {"owner_id": -1, "post_id": 5, "from_group": 1, "message": "да", "guid": "g1"}),
        ("utils.getServerTime", {}),
    ]
    for name, params in calls:
        answer = client.whole(name, **params)
        assert fake.spec.response_problems(name, answer) == [], (name, answer)
    assert not fake.violations


def test_unanswered_conversations_can_be_caught_up(fake: FakeVk, client: Client) -> None:
    fake.person(7).say("вопрос")
    fake.person(8).say("вопрос")
    client.call("messages.send", peer_id=8, random_id=1, message="ответ")
    found = client.call("messages.getConversations", filter="unanswered")
    assert [each["conversation"]["peer"]["id"] for each in found["items"]] == [7]
    client.call("messages.markAsAnsweredConversation", peer_id=7)
    assert client.call("messages.getConversations", filter="unanswered")["count"] == 0
    assert client.call("messages.getConversations", filter="unread")["unread_count"] == 2


def test_a_human_answer_is_told_from_the_bots(fake: FakeVk, client: Client) -> None:
    poll = client.poll(1)
    fake.person(7).say("позовите человека")
    client.call("messages.send", peer_id=7, random_id=77, message="зову")
    fake.admin_replies(7, "Здравствуйте!", admin_id=100)
    bots, humans = (event.raw["object"] for event in poll.check()[1:])
    assert (bots["random_id"], "admin_author_id" in bots) == (77, False)
    assert humans["admin_author_id"] == 100


def test_chats_bring_what_the_bot_may_hear(fake: FakeVk, client: Client) -> None:
    anna, poll = fake.person(7), client.poll(1)
    chat = fake.chat(1, [anna], sees_all=False)
    anna.say("между собой", chat=chat)
    anna.say(chat.mention("где магазин?", "klubok"), chat=chat)
    [event] = poll.check()
    assert event.from_chat
    assert event.message["text"] == "[club1|@klubok] где магазин?"
    sent = client.call("messages.send", peer_ids=chat.peer_id, random_id=1, message="в личке")
    assert sent[0]["conversation_message_id"] == chat.messages[0].cmid == 3
    chat.kick_bot(anna)
    assert client.code_of("messages.send", peer_id=chat.peer_id, random_id=2, message="?") == 917


def test_polls_wait_until_something_happens(fake: FakeVk, client: Client) -> None:
    server = client.call("groups.getLongPollServer", group_id=1)
    query = {"act": "a_check", "key": server["key"], "ts": server["ts"], "wait": "1"}
    began = time.monotonic()
    assert requests.get(server["server"], params=query, timeout=5).json() == {"ts": "0", "updates": []}
    assert 0.9 < time.monotonic() - began < 2
    fake.person(7).say("раз")
    assert len(requests.get(server["server"], params=query, timeout=5).json()["updates"]) == 1


def test_switched_off_events_do_not_come(fake: FakeVk, client: Client) -> None:
    poll = client.poll(1)
    client.call("groups.setLongPollSettings", group_id=1, message_allow=0, api_version="5.92")
    fake.person(7).allow()
    fake.person(7).say("раз")
    [event] = poll.check()
    assert (event.raw["v"], event.object["text"]) == ("5.92", "раз")
    client.call("groups.setLongPollSettings", group_id=1, enabled=0)
    assert client.code_of("groups.getLongPollServer", group_id=1) == 100


def test_lost_history_and_keys_are_said(fake: FakeVk, client: Client) -> None:
    anna, poll = fake.person(7), client.poll(1)
    for _ in range(3):
        anna.say("раз")
    fake.long_poll.forget(keep=1)
    assert poll.check() == []  # failed 1 gives a newer ts
    assert len(poll.check()) == 1
    fake.long_poll.expire_key()
    anna.say("два")
    assert poll.check() == []  # failed 2 keeps ts
    assert len(poll.check()) == 1
    anna.say("три")
    fake.long_poll.lose()
    assert poll.check() == []  # failed 3 loses the event
    anna.say("четыре")
    assert [event.message["text"] for event in poll.check()] == ["четыре"]
    outcomes = [call.outcome for call in fake.calls_of("longpoll")]
    assert outcomes == ["failed 1", "ok", "failed 2", "ok", "failed 3", "ok"]


@pytest.mark.parametrize(("kind", "number"), [("failed1", 1), ("failed2", 2), ("failed3", 3), ("failed4", 4)])
def test_a_poll_fails_on_demand(fake: FakeVk, client: Client, kind: str, number: int) -> None:
    poll = client.poll(1)
    fake.faults.add("longpoll", kind)
    assert poll.check() == []
    assert fake.calls_of("longpoll")[0].outcome == f"failed {number}"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("duplicate", ["message_new", "message_new", "message_allow", "message_allow"]),
        ("reorder", ["message_allow", "message_new"]),
        ("unknown", ["something_new", "message_new", "message_allow"]),
        ("repeat", ["message_deny", "message_new", "message_allow"]),
    ],
)
def test_events_come_spoiled_on_demand(fake: FakeVk, client: Client, kind: str, expected: list[str]) -> None:
    anna, poll = fake.person(7), client.poll(1)
    anna.deny()
    poll.check()
    fake.faults.add("longpoll", kind)
    anna.say("раз")
    anna.allow()
    assert types([event.raw for event in poll.check()]) == expected


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_error_code_comes_on_demand(fake: FakeVk, client: Client, code: int) -> None:
    fake.faults.add("messages.send", code, times=2)
    fake.person(7).say("я")
    message = {"peer_id": 7, "random_id": 1, "message": "раз"}
    for _ in range(2):
        with pytest.raises(vk_api.VkApiError):
            client.call("messages.send", **message)
    client.call("messages.send", **message)
    outcomes = [(call.outcome, call.performed) for call in fake.calls_of("messages.send")]
    assert outcomes == [(f"error {code}", False)] * 2 + [("ok", True)]
    assert len(fake.messages(7)) == 1


BROKEN = (requests.ConnectionError, requests.ReadTimeout)


@pytest.mark.parametrize(
    ("kind", "error", "is_performed"),
    [
        ("http502", vk_api.ApiHttpError, False),
        ("html", ValueError, False),
        ("garbage", ValueError, False),
        ("hang", BROKEN, False),
        ("cut", BROKEN, False),
        ("cut_after", BROKEN, True),
    ],
)
def test_the_transport_breaks_on_demand(
    fake: FakeVk, client: Client, kind: str, error: type[Exception], *, is_performed: bool
) -> None:
    fake.person(7).say("я")
    fake.faults.add("messages.send", kind)
    with pytest.raises(error):
        client.call("messages.send", peer_id=7, random_id=1, message="раз")
    [call] = fake.calls_of("messages.send")
    assert (call.outcome, call.performed) == (f"fault {kind}", is_performed)
    client.call("messages.send", peer_id=7, random_id=1, message="раз")
    assert len(fake.messages(7)) == 1
    fake.faults.add("longpoll", kind)
    poll = client.poll(1)
    poll.session.mount("http://", client.session.get_adapter("https://api.vk.ru/"))
    with pytest.raises((ValueError, *BROKEN)):
        poll.check()


def test_a_slow_answer_is_still_an_answer(fake: FakeVk, client: Client) -> None:
    fake.faults.add("*", "slow", seconds=0.2)
    began = time.monotonic()
    client.call("utils.getServerTime")
    assert time.monotonic() - began >= 0.2
    with pytest.raises(ValueError, match="no fault"):
        fake.faults.add("longpoll", 6)
