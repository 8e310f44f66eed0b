"""Messages as VK takes them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.vk.api import form
from bot.channels.vk.carousel import has_carousel
from bot.channels.vk.options import VK
from bot.channels.vk.payloads import read_action, read_payload
from bot.channels.vk.render import fit_message, write_message
from bot.domain.actions import Action
from bot.domain.fitting import utf16_length
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, AttachmentKind
from bot.domain.replies import (
    Attachment,
    Link,
    Mark,
    MarkKind,
    OutgoingButton,
    OutgoingItem,
    OutgoingMessage,
    Private,
    ShareContact,
)
from tests.fakes.vk.limits import check_format, check_keyboard, check_template, check_text
from tests.fakes.vk.spec import Spec, shared_spec

APP = ("keyboard", "inline_keyboard", "carousel", "callback")
MESSAGE = OutgoingMessage(to=Address(VK, "7", "7"), answers=TranscriptId(1), number=0, text="Привет")


def write(message: OutgoingMessage, **names: Any) -> dict[str, Any]:
    return dict(write_message(message, club="club1", **({"attachments": (), "pictures": ()} | names)))


def fit(message: OutgoingMessage) -> list[OutgoingMessage]:
    return list(fit_message(message, club="club1"))


def button(label: str = "Да", *args: str) -> OutgoingButton:
    return OutgoingButton(label, Action("ask.offer", args))


def test_a_text_mentions_nobody() -> None:
    assert write(MESSAGE) == {"message": "Привет", "disable_mentions": 1}


def test_marks_are_counted_in_utf16() -> None:
    marks = (Mark(2, 1, MarkKind.BOLD), Mark(0, 1, MarkKind.ITALIC), Mark(4, 1, MarkKind.LINK, "tel:1"))
    written = write(replace(MESSAGE, text="🧶 🧵 x", marks=marks))
    assert written["format_data"] == {
        "version": "1",
        "items": [{"type": "bold", "offset": 3, "length": 2}, {"type": "italic", "offset": 0, "length": 2}],
    }


@pytest.mark.parametrize(
    ("client", "kind"),
    [((), "callback"), (APP, "callback"), (("keyboard", "inline_keyboard"), "text")],
)
def test_presses_are_silent_where_the_app_can(client: tuple[str, ...], kind: str) -> None:
    written = write(replace(MESSAGE, buttons=((button("Да", "a:b"),),), client=client))
    [[shown]] = written["keyboard"]["buttons"]
    assert shown["action"]["type"] == kind
    assert read_action(read_payload(shown["action"]["payload"])) == Action("ask.offer", ("a:b",))


def test_links_take_two_places_of_five() -> None:
    row = tuple(OutgoingButton(str(number), Link("https://example.org")) for number in range(4))
    written = write(replace(MESSAGE, buttons=(row,)))
    assert [len(row) for row in written["keyboard"]["buttons"]] == [2, 2]


def test_a_private_button_leads_to_our_chat() -> None:
    row = (OutgoingButton("Лично", Private("f-доставка&x")), OutgoingButton("Лично", Private()))
    [[first, second]] = write(replace(MESSAGE, buttons=(row,)))["keyboard"]["buttons"]
    assert first["action"]["link"] == "https://vk.me/club1?ref=f-%D0%B4%D0%BE%D1%81%D1%82%D0%B0%D0%B2%D0%BA%D0%B0%26x"
    assert second["action"]["link"] == "https://vk.me/club1"


def test_a_number_is_typed_where_no_button_shares_it() -> None:
    row = (button("Отмена"), OutgoingButton("Поделиться номером", ShareContact()))
    [part] = fit(replace(MESSAGE, buttons=(row,)))
    assert part.text == MESSAGE.text
    assert [shown.label for shown in part.buttons[0]] == ["Отмена"]


def test_what_no_button_opens_is_written_out() -> None:
    row = (button("Да"), OutgoingButton("Позвонить", Link("tel:+78000000000")))
    [part] = fit(replace(MESSAGE, buttons=(row,)))
    assert part.text == "Привет\n\n1. Позвонить: tel:+78000000000"
    assert [[shown.label for shown in row] for row in part.buttons] == [["Да"]]


def test_thumbs_are_not_written_out_where_there_are_no_buttons() -> None:
    thumbs = (OutgoingButton("👍", Action("rate.up")), OutgoingButton("👎", Action("rate.down")))
    [bare] = fit(replace(MESSAGE, buttons=(thumbs,), client=("keyboard",)))
    assert (bare.text, bare.buttons) == ("Привет", ())
    [written] = fit(replace(MESSAGE, buttons=((button("Да"),), thumbs), client=("keyboard",)))
    assert written.text == "Привет\n\n1. Да"


def test_a_long_text_keeps_its_buttons_for_the_end_and_its_pictures_for_the_beginning() -> None:
    photo = Attachment(kind=AttachmentKind.PHOTO, name="a.jpg", source="a.jpg")
    message = replace(
        MESSAGE, text="слово " * 1500, buttons=((button(),),), attachments=(photo,) * 12, replaces="5", shelf=()
    )
    album, first, *_, last = fit(message)
    assert (len(album.attachments), len(first.attachments), last.attachments) == (10, 2, ())
    assert (album.text, album.replaces, first.replaces, last.replaces) == ("", "", "5", "")
    assert (first.buttons, last.buttons) == ((), message.buttons)


def test_a_single_message_stays_whole() -> None:
    message = replace(MESSAGE, buttons=((button(),),), replaces="5")
    assert fit(message) == [message]


def test_previews_of_links_do_not_stand_in_the_way_of_pictures() -> None:
    assert "dont_parse_links" not in write(replace(MESSAGE, text="https://a.example"))
    assert write(replace(MESSAGE, text="https://a.example https://b.example"))["dont_parse_links"] == 1
    assert write(MESSAGE, attachments=["photo-1_2"])["dont_parse_links"] == 1


def test_truths_and_objects_are_written_as_vk_reads_them() -> None:
    written = form({"a": True, "b": [1, 2], "c": {"д": "\ud800"}, "e": "x\ud800", "f": 7})
    assert written == {"a": "1", "b": "1,2", "c": '{"д":"\ufffd"}', "e": "x\ufffd", "f": "7"}


def item(number: int, text: str = "100 г", picture: str | None = "p") -> OutgoingItem:
    return OutgoingItem(title=f"Пряжа {number}", text=text, button=button("Беру", str(number)), picture=picture)


def test_cards_of_a_carousel_are_alike() -> None:
    message = replace(MESSAGE, shelf=(item(1), item(2, "")), client=APP)
    [first, second] = write(message, pictures=["-1_1", "-1_2"])["template"]["elements"]
    assert set(first) == set(second) == {"title", "buttons", "photo_id"}
    assert "photo_id" not in write(message, pictures=["-1_1"])["template"]["elements"][0]


@pytest.mark.parametrize(
    ("shelf", "client"),
    [
        ((), APP),
        ((item(1),), ()),
        ((item(1),), ("inline_keyboard", "callback")),
        ((item(1),) * 11, APP),
        ((replace(item(1), button=button("x", "y" * 300)),), APP),
        ((replace(item(1), button=OutgoingButton("x", Link("tel:1"))),), APP),
    ],
)
def test_no_carousel_where_it_cannot_be_shown(shelf: tuple[OutgoingItem, ...], client: tuple[str, ...]) -> None:
    assert not has_carousel(replace(MESSAGE, shelf=shelf, client=client))


TEXTS = st.text(max_size=300) | st.builds(lambda part, times: part * times, st.text(max_size=30), st.integers(1, 400))
MARKS = st.builds(
    Mark,
    start=st.integers(-3, 400),
    length=st.integers(-3, 400),
    kind=st.sampled_from(MarkKind),
    url=st.sampled_from(["", "https://example.org/я", "tel:1"]),
)
TARGETS = (
    st.builds(Action, st.text(max_size=300), st.lists(st.text(max_size=90), max_size=3).map(tuple))
    | st.builds(Link, st.sampled_from(["https://example.org", "http://example.org", "tel:1", ""]))
    | st.builds(Private, st.text("абв-1", max_size=20))
    | st.just(ShareContact())
)
BUTTONS = st.builds(OutgoingButton, st.text(max_size=60), TARGETS)
ITEMS = st.builds(
    OutgoingItem,
    title=st.text(max_size=120),
    text=st.text(max_size=120),
    button=BUTTONS,
    picture=st.none() | st.just("https://example.org/a.jpg"),
)
FILES = st.builds(Attachment, kind=st.sampled_from(AttachmentKind), name=st.text(max_size=9), source=st.just("a.jpg"))
MESSAGES = st.builds(
    OutgoingMessage,
    to=st.just(MESSAGE.to),
    answers=st.just(MESSAGE.answers),
    number=st.integers(0, 9),
    text=TEXTS,
    marks=st.lists(MARKS, max_size=5).map(tuple),
    buttons=st.lists(st.lists(BUTTONS, max_size=7).map(tuple), max_size=12).map(tuple),
    attachments=st.lists(FILES, max_size=25).map(tuple),
    shelf=st.lists(ITEMS, max_size=12).map(tuple),
    page=st.integers(-1, 30),
    client=st.sampled_from([(), APP, ("bare",), ("keyboard", "inline_keyboard"), ("keyboard",)]),
)
SPEC: Spec = shared_spec()


@given(message=MESSAGES, has_names=st.booleans())
def test_whatever_is_said_stays_within_the_limits(message: OutgoingMessage, has_names: bool) -> None:
    parts = fit(message)
    assert sum(len(part.attachments) for part in parts) == len(message.attachments)
    for part in parts:
        names = ["photo5_1"] * len(part.attachments) if has_names else []
        pictures = ["-1_1"] * len(part.shelf) if has_names else []
        written = form({**write(part, attachments=names, pictures=pictures), "random_id": 1, "peer_ids": "7"})
        check_text(written["message"])
        assert written["message"].strip() or names
        assert written.get("attachment", "").count(",") < 10
        if "keyboard" in written:
            check_keyboard(json.loads(written["keyboard"]))
        if "template" in written:
            check_template(json.loads(written["template"]))
        if "format_data" in written:
            check_format(json.loads(written["format_data"]), written["message"])
        SPEC.check_request("messages.send", written)


@given(message=MESSAGES)
def test_nothing_of_a_text_is_lost(message: OutgoingMessage) -> None:
    said = "".join(part.text for part in fit(replace(message, buttons=(), shelf=())))
    assert "".join(said.split()) == "".join(message.text.split())
    assert all(utf16_length(part.text) <= 4096 for part in fit(message))


@given(message=MESSAGES)
def test_what_fits_is_left_as_it_is(message: OutgoingMessage) -> None:
    for part in fit(message):
        assert [replace(each, text="") for each in fit(part)] == [replace(part, text="")]
