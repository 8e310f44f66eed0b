"""The Telegram fake refuses what the platform refuses, and notes what no correct client sends."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.telegram import FakeTelegram, Limits, Settings
from tests.fakes.telegram.client import client
from tests.fakes.telegram.files import PNG
from tests.fakes.telegram.html_text import parse_html
from tests.fakes.telegram.rates import UNLIMITED, RateGate
from tests.fakes.telegram.shapes import ApiError, Json
from tests.fakes.telegram.utf16 import utf16_length

PICTURE = BufferedInputFile(PNG, "picture.png")


@dataclass(slots=True)
class Clock:
    """A clock that stands until it is moved."""

    seconds: float = 1_800_000_000.0

    def __call__(self) -> float:
        """Take the Unix time."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """The fake's clock."""
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeTelegram]:
    """A fake without rates."""
    async with FakeTelegram(limits=UNLIMITED, settings=Settings(clock=clock)) as server:
        yield server


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    """aiogram's client."""
    async with client(fake) as opened:
        yield opened


async def _call(fake: FakeTelegram, method: str, **parameters: object) -> Json:
    url = f"{fake.base_url}/bot{fake.token}/{method}"
    async with ClientSession() as session, session.post(url, json=parameters) as response:
        body: Json = await response.json()
        assert response.status == body.get("error_code", 200)
        return body


def _buttons(count: int, *, data: str = "x", label: str = "да") -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=label, callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button] for _ in range(count)])


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<b>нет конца", "Can't find end tag"),
        ("<b><i>крест</b></i>", "Unmatched end tag"),
        ("нет начала</b>", "Unexpected end tag"),
        ("<div>чужой</div>", "Unsupported start tag"),
        ("<span>без класса</span>", "Unsupported start tag"),
        ("5 < 6", "Unclosed start tag"),
        ("пробел&nbsp;чужой", "not supported"),
    ],
)
async def test_broken_html_is_refused(fake: FakeTelegram, bot: Bot, source: str, problem: str) -> None:
    anna = fake.person(has_started=True)
    with pytest.raises(TelegramBadRequest, match=f"can't parse entities: .*{problem}"):
        await bot.send_message(anna.id, source, parse_mode="HTML")
    assert len(fake.violations) == 1
    assert anna.messages == []


def test_html_becomes_text_and_entities() -> None:
    text, entities = parse_html(
        '<b>жи<i>р</i></b>😀<a href="https://a.b/?x=1&amp;y=2">тут</a><pre><code class="language-py">x</code></pre>'
        "<blockquote expandable>цитата</blockquote><tg-spoiler>&lt;тайна&gt;</tg-spoiler>"
    )
    assert text == "жир😀тутxцитата<тайна>"
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == [
        ("bold", 0, 3),
        ("italic", 2, 1),
        ("text_link", 5, 3),
        ("pre", 8, 1),
        ("expandable_blockquote", 9, 6),
        ("spoiler", 15, 7),
    ]
    assert entities[2]["url"] == "https://a.b/?x=1&y=2"
    assert entities[3]["language"] == "py"


@given(st.text(alphabet="<>/&;#abi \"'=-😀", max_size=60))
def test_any_html_is_parsed_or_refused(source: str) -> None:
    with suppress(ApiError):
        text, entities = parse_html(source)
        assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)


async def test_texts_are_measured_in_utf16_after_parsing(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    await bot.send_message(anna.id, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    await bot.send_photo(anna.id, PICTURE, caption="<b>" + "ж" * 1024 + "</b>", parse_mode="HTML")
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(anna.id, "😀" * 2048 + "!")
    with pytest.raises(TelegramBadRequest, match="caption is too long"):
        await bot.send_photo(anna.id, PICTURE, caption="ж" * 1025)
    with pytest.raises(TelegramBadRequest, match="text is empty"):
        await bot.send_message(anna.id, "<b> </b>", parse_mode="HTML")


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        (_buttons(101), "reply markup is too long"),
        (_buttons(1, data="ж" * 33), "BUTTON_DATA_INVALID"),
        (_buttons(1, label=" "), "text must be non-empty"),
        (_buttons(60, label="очень длинная подпись " * 7), "reply markup is too long"),
        (InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="да")]]), "text buttons are unallowed"),
        (
            InlineKeyboardMarkup(
                inline_keyboard=[[InlineKeyboardButton(text="а", url="https://a.b", callback_data="c")]]
            ),
            "exactly one action",
        ),
    ],
)
async def test_bad_buttons_are_refused(
    fake: FakeTelegram, bot: Bot, markup: InlineKeyboardMarkup, problem: str
) -> None:
    anna = fake.person(has_started=True)
    with pytest.raises(TelegramBadRequest, match=problem):
        await bot.send_message(anna.id, "Да?", reply_markup=markup)
    assert len(fake.violations) == 1


async def test_a_chat_must_be_there_and_open(fake: FakeTelegram, bot: Bot) -> None:
    anna, boris, clara = (fake.person() for _ in range(3))
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(5, "Кто здесь?")
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await bot.send_message(anna.id, "Привет")
    boris.start()
    boris.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(boris.id, "Привет")
    boris.start()
    await bot.send_message(boris.id, "Снова вы")
    clara.start()
    clara.deactivate()
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(clara.id, "Привет")
    assert fake.violations == []


async def test_edits_need_a_message_and_a_change(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    sent = await bot.send_message(anna.id, "раз", reply_markup=_buttons(1))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("раз", chat_id=anna.id, message_id=sent.message_id, reply_markup=_buttons(1))
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("раз", chat_id=anna.id, message_id=99)
    photo = await bot.send_photo(anna.id, PICTURE)
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("раз", chat_id=anna.id, message_id=photo.message_id)
    assert fake.violations == []
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("два", chat_id=anna.id, message_id=anna.say("моё").id)


async def test_time_closes_presses_and_deletions(fake: FakeTelegram, bot: Bot, clock: Clock) -> None:
    anna = fake.person(has_started=True)
    sent = await bot.send_message(anna.id, "раз", reply_markup=_buttons(1))
    press = anna.press(anna.messages[0], "да")
    with pytest.raises(TelegramBadRequest, match=r"MESSAGE_TOO_LONG|too long"):
        await bot.answer_callback_query(press.id, text="ж" * 201)
    clock.seconds += 61
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(press.id)
    clock.seconds += 48 * 3600
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(anna.id, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(anna.id, 99)


async def test_files_have_limits(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(anna.id, BufferedInputFile(b"not a picture", "a.png"))
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_photo(anna.id, "no-such-file")
    fake.world.files.broken_links.add("https://shop.example/1.jpg")
    with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
        await bot.send_photo(anna.id, "https://shop.example/1.jpg")
    await bot.send_photo(anna.id, "https://shop.example/2.jpg")
    with pytest.raises(TelegramBadRequest, match="2-10"):
        await bot.send_media_group(anna.id, [InputMediaPhoto(media=PICTURE)])
    big = anna.send_document(b"x" * (20 * 2**20 + 1))
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(big.body["document"]["file_id"])


async def test_requests_are_held_to_the_specification(fake: FakeTelegram) -> None:
    if fake.spec_checks != "on":
        pytest.skip(fake.spec_checks)
    anna = fake.person(has_started=True)
    for wrong in ({"text": "а", "colour": "red"}, {}, {"text": "а", "message_thread_id": "topic"}):
        assert (await _call(fake, "sendMessage", chat_id=anna.id, **wrong))["error_code"] == 400
    problems = [violation.problems[0] for violation in fake.violations]
    assert "colour" in problems[0]
    assert "'text' is a required property" in problems[1]
    assert "message_thread_id" in problems[2]
    assert [call.performed for call in fake.calls] == [False] * 3


async def test_methods_that_the_fake_lacks_are_counted(fake: FakeTelegram, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="not implemented in the fake"):
        await bot.get_my_name()
    assert (await _call(fake, "sendTelepathy"))["ok"] is False
    assert fake.missing == {"getMyName": 1, "sendTelepathy": 1}


async def test_a_wrong_token_is_unauthorized(fake: FakeTelegram) -> None:
    async with client(fake, token=f"{fake.token}-stale") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_rates_answer_429_with_a_time() -> None:
    async with FakeTelegram() as fake, client(fake) as bot:
        anna = fake.person(has_started=True)
        for text in "абв":
            await bot.send_message(anna.id, text)
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(anna.id, "г")
        assert refused.value.retry_after == 1
        assert [call.outcome for call in fake.calls][-1] == "Too Many Requests: retry after 1"
        assert len(anna.messages) == 3


def test_rates_open_again_with_time() -> None:
    clock = Clock()
    gate = RateGate(Limits(), clock=clock)
    for chat in range(30):
        gate.admit(chat)
    assert _refused(gate, 31) == 1
    clock.seconds += 1.0
    gate.admit(31)
    for _ in range(20):
        clock.seconds += 1.0
        gate.admit(-5, is_group=True)
    assert _refused(gate, -5, is_group=True) == 41


def test_rates_can_run_faster() -> None:
    clock = Clock()
    gate = RateGate(Limits(scale=10.0, chat_burst=1), clock=clock)
    gate.admit(1)
    clock.seconds += 0.11
    gate.admit(1)


def _refused(gate: RateGate, chat: int, *, is_group: bool = False) -> int:
    with pytest.raises(ApiError) as refused:
        gate.admit(chat, is_group=is_group)
    return refused.value.parameters["retry_after"]


async def test_a_server_that_was_logged_out_says_so() -> None:
    async with FakeTelegram() as fake, client(fake) as bot:
        await bot.log_out()
        with pytest.raises(TelegramAPIError, match="Logged out"):
            await bot.get_me()
