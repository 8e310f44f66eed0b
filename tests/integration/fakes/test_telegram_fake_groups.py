"""Groups of the Telegram fake: membership, topics, rights, privacy, the upgrade."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import Update

from tests.fakes.telegram import UNLIMITED, FakeTelegram, Settings
from tests.fakes.telegram.client import client
from tests.fakes.telegram.shapes import Json
from tests.fakes.telegram.specification import load_specification


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A fake without rates; in the end every update is whole, and no request was wrong."""
    async with FakeTelegram(limits=UNLIMITED) as server:
        server.updates.allowed = ["message", "my_chat_member", "chat_member", "message_reaction", "callback_query"]
        yield server
    specification = load_specification()
    for update in server.updates.history:
        Update.model_validate(update)
        assert specification is None or specification.check_type("Update", update) == []


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    """aiogram's client."""
    async with client(fake) as opened:
        yield opened


def _kinds(fake: FakeTelegram) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in fake.updates.history]


async def test_the_bot_is_added_and_removed(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person()
    group = fake.group("Соседи", owner=anna)
    with pytest.raises(TelegramForbiddenError, match="not a member"):
        await bot.send_message(group.id, "Привет")
    group.add_bot(anna)
    await bot.send_message(group.id, "Привет")
    group.remove_bot(anna)
    with pytest.raises(TelegramForbiddenError, match="kicked from the group"):
        await bot.send_message(group.id, "Привет")
    assert anna.say("тихо", chat=group).update_id is None
    assert _kinds(fake) == ["my_chat_member", "message", "message", "my_chat_member"]


async def test_people_join_and_leave(fake: FakeTelegram, bot: Bot) -> None:
    anna, boris = fake.person(name="Анна"), fake.person(name="Борис")
    group = fake.supergroup(owner=anna)
    group.add_bot(anna, as_admin=True)
    group.join(boris)
    said = boris.say("всем привет", chat=group)
    boris.react(said, "❤")
    assert (await bot.get_chat_member(group.id, boris.id)).status == "member"
    group.leave(boris)
    assert (await bot.get_chat_member(group.id, boris.id)).status == "left"
    assert [member.user.first_name for member in await bot.get_chat_administrators(group.id)] == ["Анна"]
    kinds = ["my_chat_member", "message", "chat_member", "message", "message", "message_reaction"]
    assert _kinds(fake) == [*kinds, "chat_member", "message"]
    with pytest.raises(ValueError, match="not in this chat"):
        boris.say("я ушёл", chat=group)


async def test_private_mode_lets_through_what_is_meant_for_the_bot() -> None:
    async with FakeTelegram(settings=Settings(reads_all=False)) as fake, client(fake) as bot:
        anna = fake.person()
        group = fake.supergroup(owner=anna)
        group.add_bot(anna)
        await bot.send_message(group.id, "Спросите меня")
        question = group.messages[-1]
        assert anna.say("между собой", chat=group).update_id is None
        assert anna.say("/help", chat=group).update_id is not None
        assert anna.say("@klubok_bot, где заказ?", chat=group).update_id is not None
        assert anna.say("спрашиваю", chat=group, reply_to=question).update_id is not None
        assert (await bot.me()).can_read_all_group_messages is False


async def test_topics_are_opened_closed_and_written_to(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person()
    forum = fake.supergroup("Операторы", owner=anna, is_forum=True)
    forum.add_bot(anna, as_admin=True)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await bot.create_forum_topic(forum.id, "Заказ 1")
    forum.promote_bot(anna, can_manage_topics=True)
    topic = await bot.create_forum_topic(forum.id, "Заказ 1")
    await bot.send_message(forum.id, "Ждёт ответа", message_thread_id=topic.message_thread_id)
    said = anna.say("отвечаю", chat=forum, thread=topic.message_thread_id)
    assert (said.thread, said.reply_to) == (topic.message_thread_id, topic.message_thread_id)
    await bot.edit_forum_topic(forum.id, topic.message_thread_id, name="Заказ 1, готов")
    await bot.close_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(forum.id, topic.message_thread_id)
    await bot.reopen_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(forum.id, "Куда?", message_thread_id=777)
    names = [name for message in forum.messages for name in message.body if name.startswith("forum_topic")]
    assert names == [f"forum_topic_{what}" for what in ("created", "edited", "closed", "reopened")]
    by_hand = forum.open_topic("Разное", by=anna)
    assert forum.close_topic(by_hand, by=anna).thread == by_hand.thread


async def test_an_answer_in_a_supergroup_has_a_thread_that_is_no_topic(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person()
    group = fake.supergroup(owner=anna)
    group.add_bot(anna)
    first = await bot.send_message(group.id, "Вопрос?")
    answer: Json = anna.say("Ответ", chat=group, reply_to=group.messages[-1]).body
    assert answer["message_thread_id"] == first.message_id
    assert "is_topic_message" not in answer


async def test_a_group_is_upgraded(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person()
    group = fake.group(owner=anna)
    group.add_bot(anna)
    successor = group.upgrade(anna)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(group.id, "Где все?")
    assert moved.value.migrate_to_chat_id == successor.id
    await bot.send_message(successor.id, "Вот вы где")
    assert [message.text for message in successor.messages] == ["", "Вот вы где"]


async def test_rights_decide_about_deletions_and_leaving_ends_all(fake: FakeTelegram, bot: Bot) -> None:
    anna = fake.person()
    group = fake.supergroup(owner=anna, username="klub_vyazanie")
    group.add_bot(anna)
    said = anna.say("лишнее", chat=group)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(group.id, said.id)
    group.promote_bot(anna)
    await bot.delete_message("@klub_vyazanie", said.id)
    await bot.leave_chat(group.id)
    with pytest.raises(TelegramForbiddenError, match="not a member of the supergroup"):
        await bot.send_message(group.id, "Я ещё тут")
