"""The fake of VK, driven by the real vk_api: people, messages, presses, limits."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.fakes.vk import FakeVk
from tests.fakes.vk.client import Client
from tests.fakes.vk.wire import JsonObject

BUTTON: JsonObject = {"color": "secondary", "action": {"type": "callback", "label": "Да", "payload": '{"a": 1}'}}
LINK: JsonObject = {"action": {"type": "open_link", "label": "Сайт", "link": "https://example.org"}}


def keyboard(*rows: list[JsonObject], **more: object) -> str:
    return json.dumps({"buttons": rows, **more})


def button(**action: object) -> JsonObject:
    return {"action": BUTTON["action"] | action}


@pytest.fixture
def fake() -> Iterator[FakeVk]:
    with FakeVk() as fake:
        fake.requests_per_second = None
        yield fake


@pytest.fixture
def client(fake: FakeVk) -> Iterator[Client]:
    client = Client(fake)
    yield client
    client.close()


def test_a_dialogue_goes_round(fake: FakeVk, client: Client) -> None:
    anna, poll = fake.person(7), client.poll(1)
    anna.start(ref="shop", ref_source="qr")
    [event] = poll.check()
    assert event.message["ref"] == "shop"
    assert json.loads(event.message["payload"]) == {"command": "start"}
    number = client.call(
        "messages.send", peer_id=7, random_id=1, message="Да?", keyboard=keyboard([BUTTON], inline=True)
    )
    [shown] = anna.messages
    assert (shown.id, shown.text, shown.labels) == (number, "Да?", ["Да"])
    press = anna.press(shown, "Да")
    assert press is not None
    assert poll.check()[-1].object["payload"] == {"a": 1}
    answer = json.dumps({"type": "show_snackbar", "text": "Готово"})
    assert client.call("messages.sendMessageEventAnswer", event_id=press, user_id=7, peer_id=7, event_data=answer) == 1
    assert anna.answer_to(press).answer == {"type": "show_snackbar", "text": "Готово"}
    assert client.call("messages.edit", peer_id=7, conversation_message_id=shown.cmid, message="Готово") == 1
    assert (shown.text, shown.edits, shown.keyboard) == ("Готово", ["Да?"], None)
    assert not fake.violations


def test_the_same_random_id_is_shown_once(fake: FakeVk, client: Client) -> None:
    fake.person(7).say("привет")
    ids = {client.call("messages.send", peer_id=7, random_id=5, message="раз") for _ in range(3)}
    assert len(ids) == len(fake.messages(7)) == 1
    client.call("messages.send", peer_id=7, random_id=6, message="раз")
    assert len(fake.messages(7)) == 2


def test_people_who_did_not_agree_are_not_written_to(fake: FakeVk, client: Client) -> None:
    anna, poll = fake.person(7), client.poll(1)

    def code() -> int:
        return client.code_of("messages.send", peer_id=7, random_id=0, message="акция")

    assert code() == 901
    anna.allow("widget")
    assert code() == 0
    anna.deny()
    assert code() == 901
    assert [event.raw["type"] for event in poll.check()] == ["message_allow", "message_reply", "message_deny"]
    anna.say("снова я")
    assert client.call("messages.isMessagesFromGroupAllowed", group_id=1, user_id=7) == {"is_allowed": 1}
    for change, expected in (("is_hidden", 902), ("is_banned", 900), ("deactivated", 18)):
        setattr(anna.profile, change, "banned")
        assert code() == expected
    assert not fake.violations


def test_many_peers_are_answered_one_by_one(fake: FakeVk, client: Client) -> None:
    fake.person(1).say("я")
    sent = client.call("messages.send", peer_ids="1,2", random_id=9, message="новинка")
    assert sent[0]["message_id"] == fake.messages(1)[0].id
    assert sent[1]["error"]["code"] == 901
    many = ",".join(map(str, range(1, 102)))
    assert client.code_of("messages.send", peer_ids=many, random_id=10, message="x") == 100


@pytest.mark.parametrize(
    ("code", "params"),
    [
        (914, {"message": "я" * 4097}),
        (914, {"message": "🧶" * 2049}),
        (0, {"message": "🧶" * 2048}),
        (100, {"message": ""}),
        (100, {"message": "x", "disable_mentions": True}),
        (0, {"message": "x", "disable_mentions": 1}),
        (100, {"message": "x", "random_id": 2**31}),
        (100, {"message": "x", "peer": 7}),
        (100, {"attachment": "photo-1_99"}),
        (0, {"attachment": "market-1_99"}),
        (911, {"message": "x", "keyboard": {"buttons": []}}),
        (911, {"message": "x", "keyboard": keyboard([button(label="я" * 41)])}),
        (911, {"message": "x", "keyboard": keyboard([button(payload=json.dumps({"a": "x" * 250}))])}),
        (911, {"message": "x", "keyboard": keyboard([button(payload="not json")])}),
        (911, {"message": "x", "keyboard": keyboard([LINK | {"color": "primary"}])}),
        (911, {"message": "x", "keyboard": keyboard([BUTTON | {"color": "default"}])}),
        (911, {"message": "x", "keyboard": keyboard(*[[BUTTON]] * 7, inline=True)}),
        (911, {"message": "x", "keyboard": keyboard(*[[BUTTON] * 5] * 2, [BUTTON], inline=True)}),
        (0, {"message": "x", "keyboard": keyboard(*[[BUTTON] * 5] * 2, inline=True)}),
        (911, {"message": "x", "keyboard": keyboard([BUTTON], inline=True, one_time=True)}),
        (911, {"message": "x", "keyboard": keyboard(*[[BUTTON] * 5] * 8, [BUTTON])}),
        (911, {"message": "x", "keyboard": keyboard([BUTTON] * 6)}),
        (911, {"message": "x", "keyboard": keyboard(*[[BUTTON]] * 11)}),
        (911, {"message": "x", "keyboard": keyboard([LINK] * 3)}),
        (0, {"message": "x", "keyboard": keyboard()}),
        (100, {"message": "🧶", "format_data": '{"version":"1","items":[{"type":"bold","offset":1,"length":1}]}'}),
        (0, {"message": "🧶", "format_data": '{"version":"1","items":[{"type":"bold","offset":0,"length":2}]}'}),
        (100, {"message": "x", "format_data": '{"version":"1","items":[{"type":"url","offset":0,"length":1}]}'}),
        (100, {"message": "x", "template": '{"type":"carousel","elements":[{"title":"Пряжа"}]}'}),
    ],
)
def test_requests_are_held_to_the_contract(fake: FakeVk, client: Client, code: int, params: dict[str, Any]) -> None:
    if not fake.spec.is_present and code == 100 and "peer" in params:
        pytest.skip(fake.spec_checks)
    fake.person(7).say("привет")
    assert client.code_of("messages.send", **({"peer_id": 7, "random_id": 1} | params)) == code
    assert len(fake.violations) == bool(code)
    assert len(fake.messages(7)) == (code == 0)


def test_carousels_show_cards_that_are_alike(fake: FakeVk, client: Client) -> None:
    anna = fake.person(7)
    anna.say("каталог")
    cards = [{"title": f"Пряжа {n}", "description": "100 г", "buttons": [button(label=f"Беру {n}")]} for n in range(10)]

    def send(*elements: JsonObject, **more: object) -> int:
        template = json.dumps({"type": "carousel", "elements": elements})
        return client.code_of(
            "messages.send", **{"peer_id": 7, "random_id": 0, "message": "Вот", **more}, template=template
        )

    assert send(*cards) == 0
    assert anna.press(anna.messages[-1], "Беру 3")
    assert send(*cards, cards[0]) == send(*cards, message="") == 100
    assert send(cards[0], {"title": "Крючок", "buttons": [BUTTON]}) == 100
    assert send({"title": "я" * 81, "buttons": [BUTTON]}) == send({"title": "Пряжа", "buttons": [BUTTON] * 4}) == 100


def test_presses_are_answered_once_and_within_a_minute(fake: FakeVk, client: Client) -> None:
    anna = fake.person(7)
    anna.say("привет")
    client.call("messages.send", peer_id=7, random_id=1, message="?", keyboard=keyboard([BUTTON]))
    first, second = anna.press(None, "Да"), anna.press(None, "Да")

    def answer(event_id: str | None) -> int:
        return client.code_of("messages.sendMessageEventAnswer", event_id=event_id, user_id=7, peer_id=7)

    assert [answer(first), answer(first)] == [0, 100]
    fake.advance(61)
    assert answer(second) == 100
    with pytest.raises(LookupError):
        anna.press(None, "Нет")


def test_old_messages_are_not_edited(fake: FakeVk, client: Client) -> None:
    own = fake.person(7).say("привет")
    client.call("messages.send", peer_id=7, random_id=1, message="раз")
    fake.advance(25 * 3600)
    assert client.code_of("messages.edit", peer_id=7, cmid=fake.messages(7)[0].cmid, message="два") == 909
    assert client.code_of("messages.edit", peer_id=7, cmid=own.cmid, message="два") == 920
    assert (
        client.call("messages.delete", peer_id=7, cmids=fake.messages(7)[0].cmid, delete_for_all=1)[0]["response"] == 1
    )
    assert fake.messages(7) == []


def test_bot_features_may_be_off(fake: FakeVk, client: Client) -> None:
    fake.person(7).say("привет")
    fake.world.has_bot_features = False
    question = {"peer_id": 7, "random_id": 1, "message": "?", "keyboard": keyboard([BUTTON])}
    assert client.code_of("messages.send", **question) == 912
    client.call("groups.setSettings", group_id=1, messages=1, bots_capabilities=1)
    assert client.code_of("messages.send", **question) == 0


def test_files_go_up_and_are_seen(fake: FakeVk, client: Client) -> None:
    anna = fake.person(7)
    anna.say("фото")
    picture = io.BytesIO(b"\xff\xd8\xff\xe0" + b"0" * 100)
    picture.name = "yarn.jpg"
    [photo] = client.upload().photo_messages(picture, peer_id=7)
    paper = io.BytesIO(b"text")
    paper.name = "rules.txt"
    doc = client.upload().document_message(paper, title="rules.txt", peer_id=7)["doc"]
    names = f"photo{photo['owner_id']}_{photo['id']},doc{doc['owner_id']}_{doc['id']}"
    client.call("messages.send", peer_id=7, random_id=1, attachment=names)
    assert [each["type"] for each in anna.messages[0].attachments] == ["photo", "doc"]
    assert client.code_of("photos.saveMessagesPhoto", photo="[]", server=1, hash="0") == 100
    url = client.call("photos.getMessagesUploadServer", peer_id=7)["upload_url"]
    assert "error" in requests.post(url, files={"photo": ("a.jpg", b"not a picture")}, timeout=5).json()


def test_execute_sends_many_and_tells_each_refusal(fake: FakeVk, client: Client) -> None:
    fake.person(1).say("я")
    calls = [("messages.send", {"peer_id": peer, "random_id": peer, "message": "раз"}) for peer in (1, 2)]
    sent, refused = client.pool([*calls, ("users.get", {"user_ids": "1"})])[:2]
    assert sent == fake.messages(1)[0].id
    assert refused["error_code"] == 901
    inside = [call.outcome for call in fake.calls if call.is_inside_execute]
    assert inside == ["ok", "error 901", "ok"]
    one = 'API.users.get({"user_ids":"1"})'
    assert client.code_of("execute", code=f"return [{','.join([one] * 25)}];") == 0
    assert client.code_of("execute", code=f"return [{','.join([one] * 26)}];") == 13
    assert client.code_of("execute", code="return API.users.get({});") == 12
    assert client.code_of("execute", code=f"return [{one}]; var a = 1;") == 12


def test_the_twenty_first_request_in_a_second_is_too_many(fake: FakeVk, client: Client) -> None:
    fake.requests_per_second = 20
    codes = [client.code_of("utils.getServerTime") for _ in range(21)]
    assert codes == [0] * 20 + [6]
    fake.requests_per_second = None
    fake.person(7).say("я")
    fake.world.sends_per_hour = 2
    assert [client.code_of("messages.send", peer_id=7, random_id=0, message="x") for _ in range(3)] == [0, 0, 9]


def test_tokens_forms_and_methods_are_checked(fake: FakeVk, client: Client) -> None:
    url = f"{fake.base_url}method/utils.getServerTime"
    body = {"v": "5.199", "access_token": fake.token}
    refused = [
        requests.post(url, json=body, timeout=5),
        requests.post(url, data={"v": "5.199"}, timeout=5),
        requests.post(url, data=body | {"access_token": "other"}, timeout=5),
        requests.post(url, data=body | {"v": "5.92"}, timeout=5),
    ]
    assert [answer.json()["error"]["error_code"] for answer in refused] == [8, 5, 5, 8]
    bearer = {"Authorization": f"Bearer {fake.token}"}
    assert "response" in requests.post(url, data={"v": "5.199"}, headers=bearer, timeout=5).json()
    assert client.code_of("messages.pin", peer_id=7, message_id=1) == 3
    assert fake.world.not_implemented["messages.pin"] == 1
    if fake.spec.is_present:
        assert client.code_of("groups.getSettings", group_id=1) == 27
    fake.world.permissions.discard("manage")
    assert client.code_of("groups.setLongPollSettings", group_id=1, enabled=1) == 15
