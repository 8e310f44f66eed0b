"""Messages as calls of the Bot API."""

import json
from typing import Any

import pytest
from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendAudio,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVoice,
)
from aiogram.types import FSInputFile, InlineKeyboardMarkup, LinkPreviewOptions, ReplyKeyboardMarkup
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.keyboard import LARGEST_MARKUP, keyboard
from bot.channels.telegram.parse import CAPTIONED
from bot.channels.telegram.render import Edit, Send, edit_call, is_ours, send_call
from bot.domain.actions import Action
from bot.domain.messages import AttachmentKind
from bot.domain.replies import Link, Mark, MarkKind, OutgoingButton, OutgoingMessage, Private, ShareContact, Target
from tests.fakes.telegram.keyboards import check_markup
from tests.unit.channels.telegram.messages import URL, attached, buttons, outgoing

PHOTO = AttachmentKind.PHOTO


def sent(message: OutgoingMessage) -> Send:
    return send_call(message, username="klubok_bot")


def edited(message: OutgoingMessage) -> Edit | None:
    return edit_call(message, username="klubok_bot")


def shown(*targets: Target, label: str = "да") -> list[list[Any]]:
    message = outgoing(buttons=(tuple(OutgoingButton(label, target) for target in targets),))
    markup = keyboard(message, username="klubok_bot")
    return (
        [] if markup is None else [[(item.callback_data, item.url) for item in row] for row in markup.inline_keyboard]
    )


def test_text_is_written_as_html() -> None:
    call = sent(outgoing("1 < 2", marks=(Mark(0, 1, MarkKind.BOLD),), buttons=buttons()))
    assert isinstance(call, SendMessage)
    assert (call.chat_id, call.text, call.parse_mode, call.message_thread_id) == (
        10000001,
        "<b>1</b> &lt; 2",
        "HTML",
        None,
    )
    assert isinstance(call.reply_markup, InlineKeyboardMarkup)


def test_topic_is_addressed_by_its_thread() -> None:
    call = sent(outgoing(chat="-1001500000001/42"))
    assert isinstance(call, SendMessage)
    assert (call.chat_id, call.message_thread_id) == (-1001500000001, 42)


def test_empty_text_is_dots() -> None:
    call = sent(outgoing(" ", buttons=buttons()))
    assert isinstance(call, SendMessage)
    assert call.text == "…"


@pytest.mark.parametrize(
    ("kind", "source", "method", "field"),
    [
        (PHOTO, URL, SendPhoto, "photo"),
        (AttachmentKind.VIDEO, "BAACAgIAAx-_1", SendVideo, "video"),
        (AttachmentKind.FILE, URL, SendDocument, "document"),
        (AttachmentKind.AUDIO, URL, SendAudio, "audio"),
        (AttachmentKind.VOICE, URL, SendVoice, "voice"),
        (AttachmentKind.STICKER, "CAACAgIAAx", SendSticker, "sticker"),
    ],
)
def test_every_file_has_its_call(kind: AttachmentKind, source: str, method: type[Send], field: str) -> None:
    call = sent(outgoing("", attachments=(attached(kind, source),)))
    assert isinstance(call, method)
    assert getattr(call, field) == source


def test_place_is_sent_in_degrees() -> None:
    call = sent(outgoing("", attachments=(attached(AttachmentKind.LOCATION, "55.75,37.62"),)))
    assert isinstance(call, SendLocation)
    assert (call.latitude, call.longitude) == (55.75, 37.62)


def test_caption_and_buttons_stand_under_a_photo() -> None:
    call = sent(outgoing("a & b", attachments=(attached(),), buttons=buttons()))
    assert isinstance(call, SendPhoto)
    assert (call.photo, call.caption, call.parse_mode) == (URL, "a &amp; b", "HTML")
    assert call.reply_markup is not None


def test_album_has_its_text_under_the_first() -> None:
    call = sent(outgoing("a & b", attachments=(attached(), attached())))
    assert isinstance(call, SendMediaGroup)
    assert [item.caption for item in call.media] == ["a &amp; b", None]


def test_file_of_ours_is_uploaded_under_its_name() -> None:
    call = sent(outgoing("", attachments=(attached(PHOTO, "cards/1.png", "card.png"),)))
    assert isinstance(call, SendPhoto)
    assert isinstance(call.photo, FSInputFile)
    assert call.photo.filename == "card.png"
    assert [is_ours(attached(source=source)) for source in (URL, "AgACAgIAAx-_1", "a/b", "a.jpg")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "marks", "is_disabled"),
    [
        ("GH2\nhttps://store.example/gh2", (Mark(0, 3, MarkKind.BOLD),), False),
        ("GH2\nhttps://store.example/gh2", (), True),
        ("GH2\nhttps://store.example/gh2\nи всё", (Mark(0, 3, MarkKind.BOLD),), True),
        ("https://e.org https://store.example/gh2", (Mark(0, 3, MarkKind.BOLD),), True),
        ("да", (), True),
    ],
)
def test_page_is_shown_under_a_card_only(text: str, marks: tuple[Mark, ...], *, is_disabled: bool) -> None:
    call = sent(outgoing(text, marks=marks))
    assert isinstance(call, SendMessage)
    assert isinstance(call.link_preview_options, LinkPreviewOptions)
    assert call.link_preview_options.is_disabled is is_disabled


def test_text_is_edited_in_its_place() -> None:
    call = edited(outgoing("иначе", replaces="5", buttons=buttons()))
    assert isinstance(call, EditMessageText)
    assert (call.chat_id, call.message_id, call.text) == (10000001, 5, "иначе")
    assert call.reply_markup is not None


def test_caption_is_edited_where_a_file_is_shown() -> None:
    call = edited(outgoing("a & b", replaces="5", client=(CAPTIONED,)))
    assert isinstance(call, EditMessageCaption)
    assert (call.message_id, call.caption) == (5, "a &amp; b")


def test_picture_takes_the_place_of_a_picture() -> None:
    call = edited(outgoing("да", replaces="5", attachments=(attached(),), buttons=buttons()))
    assert isinstance(call, EditMessageMedia)
    assert (call.media.media, call.media.caption) == (URL, "да")


@pytest.mark.parametrize(
    "message",
    [
        outgoing(),
        outgoing(replaces="no number"),
        outgoing("я" * 1025, replaces="5", client=(CAPTIONED,)),
        outgoing("", replaces="5", attachments=(attached(), attached())),
        outgoing("", replaces="5", attachments=(attached(AttachmentKind.STICKER),)),
    ],
)
def test_what_cannot_be_edited_is_sent(message: OutgoingMessage) -> None:
    assert edited(message) is None


def test_buttons_act_open_and_lead_to_private() -> None:
    targets = (Action("a.do", ("1",)), Link("https://e.org"), Private(), Private("f-x"))
    assert shown(*targets) == [
        [
            ("a.do:1", None),
            (None, "https://e.org"),
            (None, "https://t.me/klubok_bot"),
            (None, "https://t.me/klubok_bot?start=f-x"),
        ]
    ]


def test_a_number_is_shared_by_a_key_that_is_gone_after_one_press() -> None:
    row = (OutgoingButton("Поделиться номером", ShareContact()), OutgoingButton("Отмена", Action("flow.cancel")))
    call = sent(outgoing(buttons=(row,)))
    assert isinstance(call, SendMessage)
    assert isinstance(call.reply_markup, ReplyKeyboardMarkup)
    [[share, cancel]] = call.reply_markup.keyboard
    assert (share.text, share.request_contact) == ("Поделиться номером", True)
    assert (cancel.text, cancel.request_contact) == ("Отмена", None)
    assert call.reply_markup.one_time_keyboard


def test_a_question_for_a_number_is_sent_anew_instead_of_an_edit() -> None:
    row = (OutgoingButton("Поделиться номером", ShareContact()),)
    assert edited(outgoing(buttons=(row,), replaces="5")) is None


def test_button_that_telegram_never_takes_is_left_out() -> None:
    assert shown(Link("mailto:a@e.org"), Action("a.do")) == [[("a.do", None)]]
    assert shown(Link("tel:1")) == []


def test_many_buttons_are_shown_in_pages_of_the_size_of_a_phone() -> None:
    markup = keyboard(outgoing(buttons=buttons(30), page=1), username="")
    assert markup is not None
    assert len(markup.inline_keyboard) == 10
    assert [item.text for item in markup.inline_keyboard[-1]] == ["‹", "2/4", "›"]
    assert markup.inline_keyboard[-1][0].callback_data == "pages.show:7:0:0"


LABELS = st.text("аб😀\n ", max_size=80)
TARGETS = (
    st.builds(Action, st.just("catalogue.show"), st.tuples(st.text("я:x", max_size=90)))
    | st.builds(Link, st.integers(0, 800).map(lambda size: "https://e.org/" + "x" * size))
    | st.builds(Private, st.just("f-delivery"))
)
ROWS = st.lists(st.lists(st.builds(OutgoingButton, LABELS, TARGETS), max_size=9).map(tuple), max_size=14).map(tuple)


@given(rows=ROWS, number=st.integers(0, 9))
def test_platform_takes_any_buttons(rows: tuple[tuple[OutgoingButton, ...], ...], number: int) -> None:
    markup = keyboard(outgoing(buttons=rows, page=number), username="klubok_bot")
    if markup is not None:
        written = json.loads(markup.model_dump_json(exclude_none=True))
        check_markup(written, is_group=False)
        assert len(json.dumps(written, ensure_ascii=False).encode()) <= LARGEST_MARKUP + 1_000
        assert len(markup.inline_keyboard) <= 10
