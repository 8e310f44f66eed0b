"""The Telegram fake is driven with aiogram's own client: what people do arrives, what the bot does is seen."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from aiohttp import ClientSession

from tests.fakes.telegram import UNLIMITED, FakeTelegram, Settings
from tests.fakes.telegram.client import client
from tests.fakes.telegram.files import PNG
from tests.fakes.telegram.specification import load_specification

ALL_KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]],
)
PICTURE = BufferedInputFile(PNG, "picture.png")


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A fake without rates; in the end no request was one that a correct client never sends."""
    async with FakeTelegram(limits=UNLIMITED, conflict_pause=0.05) as server:
        server.updates.allowed = ALL_KINDS
        yield server
        assert server.violations == []


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    """aiogram's client."""
    async with client(fake) as opened:
        yield opened


def _assert_valid(fake: FakeTelegram) -> None:
    specification = load_specification()
    for update in fake.updates.history:
        Update.model_validate(update)
        assert specification is None or specification.check_type("Update", update) == []


async def test_everything_a_person_does_is_a_valid_update(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(name="Анна Петрова", username="anna")
    said = anna.start("ref_1")
    answer = await bot.send_message(anna.id, "Да?", reply_markup=BUTTONS)
    anna.say("😀 /help @klubok_bot https://example.org #клуб", reply_to=anna.messages[-1])
    anna.send_photo(caption="чек")
    anna.send_album(caption="две")
    anna.send_document(caption="накладная")
    anna.send_voice()
    anna.send_sticker()
    anna.send_location(55.75, 37.62)
    anna.send_contact(own=True)
    anna.edit(said, "иначе")
    anna.press(anna.messages[1], "Да")
    anna.react(anna.messages[1], "👍")
    anna.react(anna.messages[1], None)
    anna.block()
    anna.start()
    updates = await bot.get_updates(allowed_updates=ALL_KINDS)
    assert len(updates) == len(fake.updates.history) == 17
    assert answer.message_id == 2
    _assert_valid(fake)


async def test_entities_are_measured_in_utf16(fake: FakeTelegram, bot: Bot) -> None:
    fake.person().say("😀 /help@klubok_bot")
    update = (await bot.get_updates())[0]
    assert update.message is not None
    assert update.message.entities is not None
    command = update.message.entities[0]
    assert (command.type, command.offset, command.length) == ("bot_command", 3, 16)


async def test_a_poll_waits_and_an_offset_confirms(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person()
    poll = asyncio.ensure_future(bot.get_updates(timeout=5))
    await fake.eventually(lambda: fake.calls_of("getUpdates"))
    assert not poll.done()
    first, second = anna.say("раз"), anna.say("два")
    assert [update.update_id for update in await poll] == [first.update_id, second.update_id]
    again = await bot.get_updates(limit=1)
    assert [update.update_id for update in again] == [first.update_id]
    assert second.update_id is not None
    assert await bot.get_updates(offset=second.update_id + 1) == []
    assert [update["update_id"] for update in fake.updates.confirmed] == [first.update_id, second.update_id]


async def test_a_second_poller_ends_the_first_with_a_conflict(fake: FakeTelegram, bot: Bot) -> None:
    first = asyncio.ensure_future(bot.get_updates(timeout=5))
    await fake.eventually(lambda: len(fake.calls_of("getUpdates")) == 1)
    async with client(fake) as other:
        second = asyncio.ensure_future(other.get_updates(timeout=5))
        with pytest.raises(TelegramConflictError):
            await first
        fake.person().say("кому?")
        assert len(await second) == 1


async def test_kinds_that_were_not_asked_for_do_not_come(fake: FakeTelegram, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    anna = fake.person()
    message = anna.say("раз")
    assert anna.react(message, "👍") is None
    assert len(fake.updates.unwanted) == 1


async def test_the_screen_shows_texts_buttons_photos_and_edits(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    sent = await bot.send_message(anna.id, "<b>Привет</b> &amp; 😀", parse_mode="HTML", reply_markup=BUTTONS)
    await bot.send_photo(anna.id, PICTURE, caption="<i>Пряжа</i>", parse_mode="HTML")
    await bot.send_document(anna.id, BufferedInputFile(b"text", "a.txt"), caption="файл")
    album = await bot.send_media_group(anna.id, [InputMediaPhoto(media=PICTURE, caption=name) for name in "аб"])
    await bot.delete_message(anna.id, album[1].message_id)
    await bot.edit_message_text("Пока", chat_id=anna.id, message_id=sent.message_id)
    greeting, photo, document, picture = fake.messages(anna)
    assert (greeting.text, greeting.labels, greeting.history, greeting.is_edited) == ("Пока", [], ["Привет & 😀"], True)
    assert (photo.text, photo.photo_content, photo.entities[0]["type"]) == ("Пряжа", PNG, "italic")
    assert (document.text, picture.text) == ("файл", "а")


async def test_buttons_are_pressed_and_answered(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    await bot.send_message(anna.id, "Да?", reply_markup=BUTTONS)
    press = anna.press(anna.messages[-1], "yes")
    query = (await bot.get_updates())[0].callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("yes", anna.id)
    await bot.answer_callback_query(query.id, text="Готово")
    await bot.edit_message_reply_markup(chat_id=anna.id, message_id=anna.messages[-1].id)
    assert press.answer == {"text": "Готово"}
    assert anna.messages[-1].buttons == []
    with pytest.raises(ValueError, match="no button"):
        anna.press(anna.messages[-1], "Да")
    assert anna.press(anna.messages[-1], "yes", is_stale=True).update_id is not None


async def test_a_reply_keyboard_sends_texts_and_contacts(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(has_started=True)
    rows = [[KeyboardButton(text="Телефон", request_contact=True)], [KeyboardButton(text="Нет")]]
    await bot.send_message(anna.id, "Ваш номер?", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    assert anna.tap("Телефон").body["contact"]["user_id"] == anna.id
    assert anna.tap("Нет").text == "Нет"
    await bot.send_message(anna.id, "Ладно", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(ValueError, match="no button"):
        anna.tap("Нет")


async def test_files_are_downloaded_by_their_path(fake: FakeTelegram, bot: Bot) -> None:
    document = fake.person().send_document(b"content", name="check.txt")
    file = await bot.get_file(document.body["document"]["file_id"])
    assert file.file_path is not None
    content = await bot.download_file(file.file_path)
    assert content is not None
    assert content.read() == b"content"


async def test_messages_are_copied_forwarded_and_answered(fake: FakeTelegram, bot: Bot) -> None:
    anna, boris = fake.person(has_started=True), fake.person(has_started=True)
    photo = anna.send_photo(caption="чек")
    await bot.copy_message(boris.id, anna.id, photo.id)
    forwarded = await bot.forward_message(boris.id, anna.id, photo.id)
    reply = await bot.send_message(anna.id, "Вижу", reply_parameters=ReplyParameters(message_id=photo.id))
    assert [message.text for message in boris.messages] == ["чек", "чек"]
    assert forwarded.forward_origin is not None
    assert reply.reply_to_message is not None
    assert anna.messages[-1].reply_to == photo.id


async def test_small_methods_leave_their_trace(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person(name="Анна", has_started=True)
    message = anna.say("привет")
    await bot.set_my_commands([BotCommand(command="help", description="Что я умею")])
    await bot.send_chat_action(anna.id, "typing")
    await bot.set_message_reaction(anna.id, message.id, [ReactionTypeEmoji(emoji="👍")])
    assert fake.world.bot.commands["default:"][0]["command"] == "help"
    assert anna.chat.actions == ["typing"]
    assert message.reactions[fake.world.me["id"]][0]["emoji"] == "👍"
    assert (await bot.get_chat(anna.id)).first_name == "Анна"
    assert (await bot.get_me()).username == "klubok_bot"
    assert await bot.close()


@pytest.mark.parametrize("encoding", ["json", "data", "params"])
async def test_bodies_are_accepted_in_every_encoding(fake: FakeTelegram, encoding: str) -> None:
    anna = fake.person(has_started=True)
    parameters = {"chat_id": str(anna.id), "text": "привет", "reply_markup": BUTTONS.model_dump_json(exclude_none=True)}
    url = f"{fake.base_url}/bot{fake.token}/SendMessage"
    async with ClientSession() as session, session.request("POST", url, **{encoding: parameters}) as response:  # type: ignore[arg-type]
        assert (await response.json())["ok"] is True
    assert anna.messages[0].labels == ["Да"]


async def test_a_fake_in_a_thread_serves_other_loops_and_comes_back_on_its_port() -> None:
    with FakeTelegram(settings=Settings(username="other_bot")) as fake:
        anna = fake.person()
        async with client(fake) as bot:
            anna.say("привет")
            assert len(await bot.get_updates(timeout=5)) == 1
            address = fake.base_url
            await asyncio.to_thread(fake.go_down)
            await asyncio.to_thread(fake.come_back)
            assert fake.base_url == address
            await bot.send_message(anna.id, "Я здесь")
            await fake.eventually(lambda: anna.messages[-1].text == "Я здесь")
