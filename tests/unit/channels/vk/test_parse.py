"""Events of VK as events of ours."""

from typing import Any

import pytest

from bot.channels.vk.parse import BROKEN, Press, parse
from bot.domain.actions import Action
from bot.domain.messages import (
    Address,
    Attached,
    AttachmentKind,
    Edited,
    HumanReplied,
    Pressed,
    Reacted,
    Said,
    Standing,
    StandingChanged,
    Started,
)
from tests.unit.channels.vk.samples import NOW, RECORDED, message, only, read, recorded

CHAT = 2_000_000_001


def test_text_is_read_as_people_see_it() -> None:
    event = recorded("message_new")
    assert isinstance(event, Said)
    assert (event.text, event.id, event.ref) == ('Сколько стоит "GH2" & объектив?', "m1:7:1", "1")
    assert (event.sender, event.language) == (Address(event.sender.channel, "7", "7"), "ru")
    assert event.client == ("keyboard", "inline_keyboard", "carousel", "callback")


def test_the_start_button_starts_with_the_link_followed() -> None:
    event = recorded("message_new", 1)
    assert isinstance(event, Started)
    assert (event.id, event.payload) == ("m1:7:2", "p-123")


def test_a_link_followed_with_a_question_is_two_events() -> None:
    followed, said = read(message("сколько стоит?", ref="p-1", ref_source="poster")).events
    assert isinstance(followed, Started)
    assert isinstance(said, Said)
    assert (followed.id, followed.payload, followed.source) == ("m1:7:5/ref", "p-1", "poster")
    assert said.id == "m1:7:5"


@pytest.mark.parametrize(
    ("raw", "payload"),
    [
        (message("Начать", number=1), ""),
        (message("Начать", ref="qr"), "qr"),
        (message("начать", ref_source="site"), "site"),
    ],
)
def test_the_word_start_starts_at_first_and_after_a_link(raw: object, payload: str) -> None:
    event = only(raw)
    assert isinstance(event, Started)
    assert (event.id.startswith("m1:7:"), event.payload) == (True, payload)


def test_the_word_start_in_the_middle_is_a_word() -> None:
    assert isinstance(only(message("Начать")), Said)


@pytest.mark.parametrize(
    ("number", "kind", "reference", "caption"),
    [
        (3, AttachmentKind.PHOTO, "photo7_4_key4 https://sun.example/file/4/y.jpg", "чек"),
        (4, AttachmentKind.FILE, "doc7_6_key6 https://sun.example/file/6/check.pdf", ""),
        (5, AttachmentKind.VOICE, "audio_message7_8_key8 https://sun.example/file/8/voice.mp3", ""),
        (6, AttachmentKind.STICKER, "sticker9008", ""),
        (7, AttachmentKind.LOCATION, "55.75,37.62", ""),
    ],
)
def test_what_is_attached_can_be_found_again(number: int, kind: AttachmentKind, reference: str, caption: str) -> None:
    event = recorded("message_new", number)
    assert isinstance(event, Attached)
    assert (event.kind, event.reference, event.caption, event.album) == (kind, reference, caption, "")


def test_pictures_of_one_message_share_an_album() -> None:
    [raw] = [raw for raw in RECORDED if raw["object"].get("message", {}).get("text") == "два чека"]
    first, second = read(raw).events
    assert isinstance(first, Attached)
    assert isinstance(second, Attached)
    assert (first.id, second.id) == ("m1:7:9", "m1:7:9/1")
    assert first.album == second.album == "m1:7:9"
    assert (first.caption, second.caption) == ("два чека", "")


def test_a_text_button_is_a_press_of_no_message() -> None:
    event = recorded("message_new", 9)
    assert isinstance(event, Pressed)
    assert (event.action, event.ref) == (Action("help.show", ("x",)), "")


def test_a_callback_button_names_its_message_and_wants_an_answer() -> None:
    [raw] = [raw for raw in RECORDED if raw["type"] == "message_event"]
    parsed = read(raw)
    [event] = parsed.events
    assert isinstance(event, Pressed)
    assert (event.action, event.ref, event.id) == (Action("help.show"), "9", "p7:7:0000000000aa")
    assert parsed.press == Press(event_id="0000000000aa", user_id=7, peer_id=7)


@pytest.mark.parametrize("payload", [{"b": 1}, {}, [1], "x", None, 5])
def test_a_press_of_a_foreign_button_is_a_press_all_the_same(payload: object) -> None:
    body = {"user_id": 7, "peer_id": 7, "event_id": "x", "payload": payload}
    event = only({"type": "message_event", "group_id": 1, "object": body})
    assert isinstance(event, Pressed)
    assert event.action.name


def test_an_edited_message_reads_as_it_is_now() -> None:
    event = recorded("message_edit")
    assert isinstance(event, Edited)
    assert (event.text, event.ref, event.id) == ("Сколько стоит GH2?", "1", "0000000b" + "e" * 32)


def test_reactions_come_and_go() -> None:
    event = recorded("message_reaction_event")
    assert isinstance(event, Reacted)
    assert (event.reactions, event.ref) == (("4",), "1")
    body = {"peer_id": 7, "reacted_id": 7, "cmid": 1}
    taken_back = only({"type": "message_reaction_event", "object": body})
    assert isinstance(taken_back, Reacted)
    assert taken_back.reactions == ()


@pytest.mark.parametrize(
    ("type_", "standing"),
    [
        ("message_allow", Standing.ALLOWED),
        ("message_deny", Standing.BLOCKED),
        ("group_join", Standing.JOINED),
        ("group_leave", Standing.LEFT),
    ],
)
def test_standings_change(type_: str, standing: Standing) -> None:
    event = recorded(type_)
    assert isinstance(event, StandingChanged)
    assert (event.standing, event.sender.chat_id, event.at) == (standing, "7", NOW)


def test_a_human_in_the_inbox_is_known_by_their_name() -> None:
    [raw] = [raw for raw in RECORDED if raw["type"] == "message_reply"]
    parsed = read(raw)
    [event] = parsed.events
    assert isinstance(event, HumanReplied)
    assert (event.author, event.text, event.sender.user_id) == ("100", "Здравствуйте, это Ольга", "7")
    assert parsed.sent_as is None


def test_a_reply_without_a_name_may_be_ours() -> None:
    body = {"peer_id": 7, "from_id": -1, "out": 1, "conversation_message_id": 3, "random_id": 42, "text": "x"}
    assert read({"type": "message_reply", "object": body}).sent_as == 42


def test_in_a_chat_only_what_is_meant_for_us_is_addressed() -> None:
    said = [read(raw).events for raw in RECORDED if raw["object"].get("message", {}).get("peer_id") == CHAT]
    events = [event for [event] in said]
    assert [type(event).__name__ for event in events] == [
        "StandingChanged", "Said", "Said", "Said", "StandingChanged",
    ]  # fmt: skip
    assert [event.is_addressed for event in events[1:4]] == [False, True, True]
    assert all(event.is_group for event in events)
    assert isinstance(events[2], Said)
    assert events[2].text == "а сколько ждать?"


@pytest.mark.parametrize(
    ("more", "is_addressed"),
    [
        ({}, False),
        ({"reply_message": {"from_id": -1}}, True),
        ({"reply_message": {"from_id": 8}}, False),
        ({"payload": '{"a":"help.show"}'}, True),
        ({"text": "[public1|Клубок], помоги"}, True),
        ({"text": "[club2|Чужие] помогите"}, False),
    ],
)
def test_replies_and_presses_in_a_chat_are_for_us(more: dict[str, Any], is_addressed: bool) -> None:
    raw = message("текст", peer=CHAT)
    raw["object"]["message"] |= more
    assert only(raw).is_addressed is is_addressed


def test_mentions_of_others_read_as_their_names() -> None:
    event = only(message("[id5|Оля], видела? [club2|Чужие]"))
    assert isinstance(event, Said)
    assert event.text == "Оля, видела? Чужие"


def test_what_was_forwarded_without_a_word_is_the_text() -> None:
    event = only(message("", fwd_messages=[{"text": "Сколько стоит GH2?"}, {"text": ""}, {"text": "Есть?"}]))
    assert isinstance(event, Said)
    assert event.text == "Сколько стоит GH2?\nЕсть?"


@pytest.mark.parametrize(
    ("info", "client"),
    [
        (None, ()),
        ({"keyboard": True, "button_actions": ["text"]}, ("keyboard",)),
        ({"keyboard": False, "button_actions": ["text"]}, ("bare",)),
        ({"inline_keyboard": True, "button_actions": ["text", "callback"]}, ("inline_keyboard", "callback")),
    ],
)
def test_the_app_tells_what_it_can(info: object, client: tuple[str, ...]) -> None:
    assert only(message("привет", client_info=info)).client == client


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (message("я", out=1), "own"),
        (message("я", from_id=-1), "own"),
        (message("я", from_id=-55), "own"),
        (message("", peer=CHAT, action={"type": "chat_title_update", "text": "Вяжем"}), "chat_action"),
        (message("", peer=CHAT, action={"type": "chat_kick_user", "member_id": 8}), "chat_action"),
        ({"type": "like_add", "object": {}}, "like_add"),
        ({"type": "something_new", "object": {}}, "unknown"),
        ({"type": "message_new", "group_id": 2, "object": {}}, BROKEN),
        ({"type": "message_new", "object": {"message": {"peer_id": 7}}}, BROKEN),
        ({"type": "wall_reply_new", "object": {"from_id": 7}}, BROKEN),
        ({"type": 5}, BROKEN),
        ({}, BROKEN),
        ([], BROKEN),
        (None, BROKEN),
    ],
)
def test_what_is_no_event_says_why(raw: object, kind: str) -> None:
    assert (read(raw).events, read(raw).ignored) == ((), kind)


def test_times_are_when_it_happened_but_never_ahead_of_us() -> None:
    assert only(message("я")).at.year == 2026
    for date in (0, -5, 10**15, 2**62, "x", None, True, 9e99):
        assert only(message("я", date=date)).at == NOW


def test_old_forms_of_messages_are_read_too() -> None:
    flat = message("привет")
    flat["object"] = flat["object"]["message"]
    assert only(flat).id == "m1:7:5"


def test_messages_of_two_communities_are_never_taken_for_one_another() -> None:
    ours = message("Привет")
    theirs = {**ours, "group_id": 2}
    [event] = parse(theirs, group_id=2, at=NOW).events
    assert (event.id, only(ours).id) == ("m2:7:5", "m1:7:5")


def test_ids_are_the_same_from_long_poll_callback_and_history() -> None:
    raw = message("привет") | {"event_id": "a", "v": "5.199"}
    again = message("привет") | {"event_id": "b", "secret": "s"}
    assert only(raw).id == only(again).id == "m1:7:5"
