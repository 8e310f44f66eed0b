"""Updates of Telegram as events."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.parse import CAPTIONED, Ignored, parse, press_id, update_number
from bot.domain.actions import Action
from bot.domain.messages import (
    Address,
    Attached,
    AttachmentKind,
    ContactShared,
    Edited,
    Event,
    Pressed,
    Reacted,
    Said,
    Standing,
    StandingChanged,
    Started,
)
from tests.unit.channels.telegram.mutation import mutate
from tests.unit.channels.telegram.recorded import (
    ANNA,
    BOT,
    DATE,
    FORUM,
    GROUP,
    ME,
    OUR_MESSAGE,
    OUR_PHOTO,
    PHOTO,
    RECORDED,
    ROOT,
    Json,
    body,
    entity,
    file,
    marked,
    member,
    message,
    press,
    reaction,
)

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def read(update: object) -> Event:
    event = parse(update, me=ME, at=NOW)
    assert not isinstance(event, Ignored), event
    return event


def ignored(update: object) -> str:
    result = parse(update, me=ME, at=NOW)
    assert isinstance(result, Ignored), result
    return result.kind


def test_text_is_said_in_a_private_chat() -> None:
    event = read(RECORDED["text"])
    assert isinstance(event, Said)
    assert event == Said(
        id="700000001",
        sender=Address("telegram", "10000001", "10000001"),  # type: ignore[arg-type] # a plain name
        at=datetime.fromtimestamp(DATE, UTC),
        name="Анна Петрова",
        language="ru",
        ref="7",
        text="привет",
    )


@pytest.mark.parametrize(
    ("name", "kind", "reference"),
    [
        ("photo", AttachmentKind.PHOTO, "bigAAD-1"),
        ("album", AttachmentKind.PHOTO, "bigAAD-1"),
        ("document", AttachmentKind.FILE, "docAAD-1"),
        ("voice", AttachmentKind.VOICE, "voiceAAD-1"),
        ("audio", AttachmentKind.AUDIO, "audioAAD-1"),
        ("video", AttachmentKind.VIDEO, "videoAAD-1"),
        ("video_note", AttachmentKind.VIDEO, "noteAAD-1"),
        ("animation", AttachmentKind.VIDEO, "gifAAD-1"),
        ("sticker", AttachmentKind.STICKER, "stickerAAD-1"),
        ("location", AttachmentKind.LOCATION, "55.750000,37.620000"),
        ("venue", AttachmentKind.LOCATION, "55.750000,37.620000"),
    ],
)
def test_every_kind_of_file_is_found_again(name: str, kind: AttachmentKind, reference: str) -> None:
    event = read(RECORDED[name])
    assert isinstance(event, Attached)
    assert (event.kind, event.reference) == (kind, reference)


def test_caption_and_album_go_with_a_photo() -> None:
    photo, album = read(RECORDED["photo"]), read(RECORDED["album"])
    assert isinstance(photo, Attached)
    assert isinstance(album, Attached)
    assert (photo.caption, photo.album, album.caption, album.album) == ("чек", "", "", "13000001")


@pytest.mark.parametrize(
    ("text", "payload"),
    [("/start", ""), ("/start ref_1", "ref_1"), ("/start@Klubok_Bot  f-x", "f-x"), ("/start\nref", "ref")],
)
def test_start_carries_the_payload_of_its_link(text: str, payload: str) -> None:
    event = read(message(text=text))
    assert isinstance(event, Started)
    assert event.payload == payload


def test_word_that_begins_like_start_is_said() -> None:
    assert isinstance(read(message(text="/startle")), Said)


def test_only_ones_own_contact_has_a_phone() -> None:
    own = read(RECORDED["contact"])
    other = read(message(contact={"phone_number": "+79990000000", "first_name": "Сосед", "user_id": 99}))
    unknown = read(message(contact={"phone_number": "+79990000000", "first_name": "Сосед"}))
    assert isinstance(own, ContactShared)
    assert (own.phone, own.is_own) == ("+79120000001", True)
    for event in (other, unknown):
        assert isinstance(event, ContactShared)
        assert (event.phone, event.is_own) == ("", False)


def test_edit_names_the_message_it_changed() -> None:
    event = read(RECORDED["edited"])
    assert isinstance(event, Edited)
    assert (event.ref, event.text, event.at) == ("7", "иначе", datetime.fromtimestamp(DATE + 60, UTC))
    caption = {"update_id": 1, "edited_message": body(photo=PHOTO, caption="новая")}
    event = read(caption)
    assert isinstance(event, Edited)
    assert event.text == "новая"
    assert ignored({"update_id": 1, "edited_message": body(location={"latitude": 1.0, "longitude": 1.0})}) == "moved"


def test_press_says_what_and_where_at_the_time_it_came() -> None:
    event = read(RECORDED["press"])
    assert isinstance(event, Pressed)
    assert (event.action, event.ref, event.at, event.client) == (Action("help.topics"), "5", NOW, ())
    assert (event.sender.chat_id, event.is_addressed) == ("10000001", True)


def test_press_tells_a_caption_from_a_text() -> None:
    assert read(press(OUR_PHOTO)).client == (CAPTIONED,)
    assert read(press({"message_id": 5, "chat": GROUP, "date": 0})).client == ()


@pytest.mark.parametrize(
    ("update", "standing"),
    [
        (member("member", "kicked"), Standing.BLOCKED),
        (member("kicked", "member"), Standing.ALLOWED),
        (member("left", "member", chat=GROUP), Standing.ADDED),
        (member("left", "administrator", chat=GROUP), Standing.ADDED),
        (member("left", "restricted", chat=GROUP, is_member=True), Standing.ADDED),
        (member("administrator", "kicked", chat=GROUP), Standing.REMOVED),
        (member("member", "restricted", chat=GROUP, is_member=False), Standing.REMOVED),
    ],
)
def test_standing_changes(update: Json, standing: Standing) -> None:
    event = read(update)
    assert isinstance(event, StandingChanged)
    assert event.standing is standing


def test_reactions_are_as_they_are_now() -> None:
    event = read(reaction({"type": "emoji", "emoji": "👍"}, {"type": "custom_emoji", "custom_emoji_id": "55"}))
    assert isinstance(event, Reacted)
    assert (event.ref, event.reactions) == ("5", ("👍", "55"))
    taken_back = read(reaction())
    assert isinstance(taken_back, Reacted)
    assert taken_back.reactions == ()
    paid = read(reaction({"type": "paid"}))
    assert isinstance(paid, Reacted)
    assert paid.reactions == ("paid",)


@pytest.mark.parametrize(
    ("update", "text", "is_addressed"),
    [
        (marked("цена?"), "цена?", False),
        (marked("@klubok_bot, цена?", entity("mention", 0, 11)), "цена?", True),
        (marked("@Klubok_BOT цена?", entity("mention", 0, 11)), "цена?", True),
        (marked("😀 @klubok_bot цена?", entity("mention", 3, 11)), "😀 цена?", True),
        (marked("цена? @klubok_bot", entity("mention", 6, 11)), "цена?", True),
        (marked("@klubok_bot", entity("mention", 0, 11)), "", True),
        (marked("@other_bot цена?", entity("mention", 0, 10)), "@other_bot цена?", False),
        (marked("Клубок, цена?", entity("text_mention", 0, 6, user=BOT)), "цена?", True),
        (marked("Анна, цена?", entity("text_mention", 0, 4, user=ANNA)), "Анна, цена?", False),
        (marked("да", reply_to_message=OUR_MESSAGE), "да", True),
        (marked("да", reply_to_message=body()), "да", False),
        (marked("/help"), "/help", True),
        (marked("/help@klubok_bot объектив"), "/help объектив", True),
        (marked("/help@KLUBOK_bot"), "/help", True),
        (marked("/help@other_bot"), "/help@other_bot", False),
        (marked("/help@other_bot", reply_to_message=OUR_MESSAGE), "/help@other_bot", False),
        (marked("почта a/help"), "почта a/help", False),
    ],
)
def test_group_hears_us_only_when_we_are_meant(update: Json, text: str, *, is_addressed: bool) -> None:
    event = read(update)
    assert isinstance(event, Said)
    assert (event.text, event.is_addressed, event.is_group) == (text, is_addressed, True)


def test_caption_can_name_us() -> None:
    entities = [entity("mention", 0, 11)]
    event = read(message(chat=GROUP, photo=PHOTO, caption="@klubok_bot чек", caption_entities=entities))
    assert isinstance(event, Attached)
    assert (event.caption, event.is_addressed) == ("чек", True)


def test_topic_is_a_part_of_the_address() -> None:
    event = read(RECORDED["topic"])
    assert event.sender.chat_id == "-1001500000001/2"


def test_note_that_opened_a_topic_is_not_replied_to() -> None:
    ours = {**ROOT, "from": BOT}
    event = read(marked("да", chat=FORUM, message_thread_id=2, is_topic_message=True, reply_to_message=ours))
    assert not event.is_addressed


def test_thread_of_an_answer_is_no_topic() -> None:
    event = read(marked("да", chat=FORUM, message_thread_id=9, reply_to_message=OUR_MESSAGE))
    assert event.sender.chat_id == "-1001500000001"


def test_a_group_that_became_another_chat_says_which() -> None:
    event = read(message(chat=GROUP, migrate_to_chat_id=-1001500000001))
    assert isinstance(event, StandingChanged)
    assert (event.standing, event.ref, event.is_group) == (Standing.MOVED, "-1001500000001", True)


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        (message(**{"from": BOT, "text": "да"}), "bot"),
        (message(chat=GROUP, text="да", sender_chat={"id": -100, "type": "channel"}), "sender_chat"),
        (message(text="да", via_bot={"id": 77, "is_bot": True, "first_name": "gif"}), "via_bot"),
        ({"update_id": 1, "inline_query": {"id": "1", "from": ANNA, "query": "да", "offset": ""}}, "inline"),
        (message(chat={"id": -100, "type": "channel", "title": "К"}, text="да"), "channel"),
        (message(**{"from": None, "text": "да"}), "service"),
        (message(chat=GROUP, new_chat_members=[ANNA]), "service"),
        (message(pinned_message=body()), "service"),
        (message(dice={"emoji": "🎲", "value": 1}), "service"),
        (press(None, inline_message_id="1"), "press"),
        (press(OUR_MESSAGE, data=None, game_short_name="x"), "press"),
        (member("member", "administrator", chat=GROUP), "promotion"),
        (reaction(user=None, actor_chat={"id": -100, "type": "channel"}), "sender_chat"),
        ({"update_id": 1, "channel_post": body()}, "unknown"),
        ({"update_id": 1, "telepathy": {"thought": "..."}}, "unknown"),
        ({"update_id": 1}, "unknown"),
        ({"update_id": "1", "message": body(text="да")}, "broken"),
        ({"message": body(text="да")}, "broken"),
        (message(text=["да"]), "broken"),
        (message(text="да", date=10**15), "broken"),
        (message(text="да", date=-1), "broken"),
        (message(photo=[]), "broken"),
        (message(voice=file("x", file_id="")), "broken"),
        (message(location={"latitude": float("nan"), "longitude": 1}), "broken"),
        (message(text="да", chat={"id": 2**60, "type": "private"}), "broken"),
        ([], "broken"),
        (None, "broken"),
    ],
)
def test_what_is_no_event_is_counted_by_kind(update: object, kind: str) -> None:
    assert ignored(update) == kind


def test_texts_are_cleaned() -> None:
    event = read(message(text=" а\x00б\ud800в ", **{"from": {**ANNA, "first_name": "\x01", "last_name": ""}}))
    assert isinstance(event, Said)
    assert (event.text, event.name) == ("абв", None)


def test_fields_from_the_future_do_not_matter() -> None:
    event = read(message(text="да", aura={"colour": "violet"}))
    assert isinstance(event, Said)


def test_press_is_known_by_its_id() -> None:
    assert press_id(RECORDED["press"]) == "4711"
    assert [press_id(update) for update in (RECORDED["text"], None, {"callback_query": 1})] == [None] * 3
    assert [update_number(update) for update in (RECORDED["text"], None, {"update_id": True})] == [
        700000001,
        None,
        None,
    ]


def test_twenty_thousand_broken_updates_are_read_without_an_error() -> None:
    chance = random.Random(3)  # noqa: S311 -- the same mutations every time
    updates = list(RECORDED.values())
    kinds = {type(parse(mutate(chance.choice(updates), chance), me=ME, at=NOW)).__name__ for _ in range(20_000)}
    assert {"Ignored", "Said", "Attached", "Pressed", "Edited", "Reacted", "StandingChanged"} <= kinds


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=50)
@given(update=VALUES, name=st.sampled_from(sorted(RECORDED)), key=st.text())
def test_anything_is_read_without_an_error(update: object, name: str, key: str) -> None:
    parse(update, me=ME, at=NOW)
    parse({"update_id": 1, key: update}, me=ME, at=NOW)
    for kind in RECORDED[name].keys() - {"update_id"}:
        parse({"update_id": 1, kind: update}, me=ME, at=NOW)
    press_id(update)
    update_number(update)


def test_what_was_chosen_in_inline_mode_is_said() -> None:
    event = read(message(text="да", via_bot=BOT))
    assert isinstance(event, Said)
    assert event.text == "да"
