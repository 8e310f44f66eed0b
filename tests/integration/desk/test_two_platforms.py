"""A customer in VK, an operator in a topic of a Telegram group, one desk between them, and a crash in the middle."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram import UNLIMITED, FakeTelegram
from tests.fakes.telegram.chats import Message
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.people import Person as Operator
from tests.fakes.vk import FakeVk
from tests.fakes.vk.people import Person as Customer
from tests.integration.cli.process import run
from tests.integration.live.process import Bot

SOON = 20.0


class Desk:
    """The bot, a group with topics, an operator who leads, customers in VK."""

    def __init__(self, bot: Bot, telegram: FakeTelegram, vk: FakeVk, group: Group, operator: Operator) -> None:
        self.bot, self.telegram, self.vk, self.group = bot, telegram, vk, group
        self.operator = operator
        self.customer: Customer = vk.person(501)

    def wait(self, is_so: object, what: str) -> None:
        """Wait until `is_so()` holds."""
        assert callable(is_so)
        self.bot.wait_until(is_so, what, seconds=SOON)

    def in_topic(self, text: str) -> Message | None:
        """Find the latest message of ours in the customer's topic with `text` in it."""
        said = [each for each in self.group.messages if each.is_from_bot and each.thread and not each.is_service]
        return next((each for each in reversed(said) if text in each.text), None)

    def topic_sees(self, text: str) -> Message:
        """Wait for it."""
        self.wait(lambda: self.in_topic(text), f"the topic does not show {text!r}")
        found = self.in_topic(text)
        assert found is not None
        return found

    def customer_sees(self, text: str) -> None:
        """Wait until the customer has it."""
        self.wait(lambda: any(text in each.text for each in self.customer.messages), f"the customer has no {text!r}")

    def say(self, text: str) -> Message:
        """Let the operator write in the customer's topic."""
        return self.operator.say(text, chat=self.group, thread=self.thread)

    @property
    def thread(self) -> int:
        """The number of the latest topic."""
        return max(self.group.chat.topics)

    @property
    def title(self) -> str:
        """The title of the latest topic."""
        return str(self.group.chat.topics[self.thread].name)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with FakeTelegram(limits=UNLIMITED) as telegram, FakeVk() as vk:
        vk.requests_per_second = None
        owner = telegram.person(700_100_301)
        group = telegram.supergroup("Стол", owner=owner, is_forum=True)
        group.add_bot(owner, as_admin=True, can_manage_topics=True)
        settings = {"KLUBOK_DESK__ROOMS": f'["telegram:{group.id}"]'}
        with Bot(tmp_path, telegram=telegram, vk=vk, settings=settings) as bot:
            url = f"sqlite+aiosqlite:///{bot.database}"
            assert run("db", "upgrade", KLUBOK_DATABASE_URL=url).returncode == 0
            added = run("staff", "add", f"telegram:{owner.id}", "supervisor", KLUBOK_DATABASE_URL=url)
            assert added.returncode == 0, added.stderr
            bot.start_ready()
            yield Desk(bot, telegram, vk, group, owner)


def test_from_a_call_to_what_the_bot_has_learned_of_it(desk: Desk) -> None:
    _call(desk)
    _answer(desk)
    _close(desk)
    _teach(desk)
    desk.bot.stop()
    assert desk.telegram.violations == []
    assert desk.vk.violations == []


def _call(desk: Desk) -> None:
    desk.customer.say("а ремонтируете ли вы самовары?")
    desk.customer.say("позовите оператора")
    desk.customer_sees("Позвал человека")
    card = desk.topic_sees("самовары")
    assert desk.title.startswith("🔴 №1")
    desk.operator.press(card, "Взять №1")
    desk.customer_sees("подключился сотрудник")
    desk.wait(lambda: desk.title.startswith("🟡"), "the title does not show that somebody has it")
    desk.customer.say("так что с самоварами?")
    desk.topic_sees("так что с самоварами?")


def _answer(desk: Desk) -> None:
    """Nothing that is said while the bot is down is lost; what is changed is changed at the customer's."""
    desk.bot.kill()
    answer = desk.say("Да, ремонтируем самовары за неделю")
    desk.bot.start_ready()
    desk.customer_sees("Да, ремонтируем самовары за неделю")
    desk.operator.edit(answer, "Да, ремонтируем самовары за две недели")
    desk.customer_sees("за две недели")
    assert not any("за неделю" in each.text for each in desk.customer.messages)
    desk.say("/ клиент вежливый")
    desk.topic_sees("Заметка")
    assert not any("вежливый" in each.text for each in desk.customer.messages)


def _close(desk: Desk) -> None:
    desk.say("/close")
    desk.customer_sees("Как вам помогли?")
    desk.wait(lambda: desk.title.startswith("✅"), "the title does not show that it is over")
    last = next(each for each in reversed(desk.customer.messages) if "⭐⭐⭐⭐⭐" in each.labels)
    desk.customer.press(last, "⭐⭐⭐⭐⭐")
    desk.topic_sees("⭐⭐⭐⭐⭐")


def _teach(desk: Desk) -> None:
    desk.operator.press(desk.topic_sees("закрыто"), "Научить бота")
    desk.operator.press(desk.topic_sees("Ответ для бота"), "Одобрить")
    desk.topic_sees("Бот знает ответ")
    other = desk.vk.person(502)

    def is_taught() -> bool:
        other.say("а ремонтируете ли вы самовары?")
        time.sleep(1)  # who asks all the time is taken for a flood
        return any("ремонтируем самовары" in each.text for each in other.messages)

    desk.bot.wait_until(is_taught, "the next customer does not get the answer", seconds=SOON)


def test_a_topic_that_is_deleted_is_made_anew_and_nothing_is_lost(desk: Desk) -> None:
    desk.customer.say("позовите оператора")
    desk.topic_sees("№1")
    first = desk.thread
    with desk.group.world.lock:
        del desk.group.chat.topics[first]
    desk.customer.say("вы ещё тут?")
    desk.wait(lambda: desk.group.chat.topics and desk.thread != first, "there is no new topic")
    desk.topic_sees("вы ещё тут?")


def test_without_the_right_the_room_is_told_what_is_missing(desk: Desk) -> None:
    desk.group.promote_bot(desk.operator, can_manage_topics=False)
    desk.customer.say("позовите оператора")

    def are_told() -> bool:
        said = "\n".join(each.text for each in desk.group.messages)
        return "Управление темами" in said and "№1" in said

    desk.wait(are_told, "nobody says which right is missing")
    card = next(each for each in desk.group.messages if "Взять №1" in each.labels)
    desk.operator.press(card, "Взять №1")
    desk.customer_sees("подключился сотрудник")
    desk.operator.say("слушаю вас", chat=desk.group, reply_to=card)
    desk.customer_sees("слушаю вас")


def test_an_answer_from_the_communitys_own_inbox_silences_the_bot(desk: Desk) -> None:
    desk.customer.say("вопрос 1")
    desk.customer_sees("ответ 1")
    desk.vk.admin_replies(desk.customer, "Здравствуйте, это Пётр")
    desk.wait(lambda: any("из сообщений сообщества" in each.text for each in desk.group.messages), "nobody noticed")
    before = len(desk.customer.messages)
    desk.customer.say("вопрос 2")
    desk.operator.say("/queue", chat=desk.group)
    desk.wait(lambda: any("Очередь пуста" in each.text for each in desk.group.messages), "the desk does not answer")
    assert [each.text for each in desk.customer.messages[before:] if "ответ" in each.text] == []


def test_a_photo_crosses_to_the_operator_and_back(desk: Desk) -> None:
    desk.customer.say("позовите оператора")
    desk.operator.press(desk.topic_sees("№1"), "Взять №1")
    desk.customer_sees("подключился сотрудник")
    photo = desk.operator.post(_photo(desk), chat=desk.group, thread=desk.thread)
    assert photo.is_photo
    desk.wait(lambda: any(each.attachments for each in desk.customer.messages), "the photo did not come over")


def _photo(desk: Desk) -> dict[str, object]:
    source = desk.operator.send_photo()
    return {"photo": source.body["photo"]}


def test_from_a_conversation_of_vk_a_customer_of_telegram_is_answered(tmp_path: Path) -> None:
    with FakeTelegram(limits=UNLIMITED) as telegram, FakeVk() as vk:
        vk.requests_per_second = None
        operator, colleague, customer = vk.person(701), vk.person(702), telegram.person(700_100_401)
        room = vk.chat(1, [operator, colleague])
        with Bot(tmp_path, telegram=telegram, vk=vk, settings={"KLUBOK_DESK__ROOMS": f'["vk:{room.peer_id}"]'}) as bot:
            url = f"sqlite+aiosqlite:///{bot.database}"
            assert run("db", "upgrade", KLUBOK_DATABASE_URL=url).returncode == 0
            for each in (operator, colleague):
                assert run("staff", "add", f"vk:{each.id}", "operator", KLUBOK_DATABASE_URL=url).returncode == 0
            bot.start_ready()

            def wait(is_so: Callable[[], object], what: str) -> None:
                bot.wait_until(is_so, what, seconds=SOON)

            def in_room(text: str) -> bool:
                return any(text in each.text for each in room.messages)

            def at_customer(text: str) -> bool:
                return any(text in each.text for each in customer.messages)

            customer.say("позовите оператора")
            wait(lambda: in_room("№1"), "the room does not see the call")
            operator.say("/take 1", chat=room)
            wait(lambda: at_customer("подключился сотрудник"), "nobody joined")
            shown = next(each for each in room.messages if "№1" in each.text)
            operator.say("Здравствуйте!", chat=room, reply_to=shown)
            wait(lambda: at_customer("Здравствуйте!"), "the answer did not arrive")
            colleague.say("а я думаю иначе", chat=room, reply_to=shown)
            operator.say("коллеги, кто на обед?", chat=room)
            customer.send_photo(caption="вот такое")
            wait(lambda: in_room("вот такое"), "the caption did not arrive")
            wait(lambda: any(each.attachments for each in room.messages), "the photo did not come over")
            assert not at_customer("иначе")
            assert not at_customer("обед")
            bot.stop()
        assert telegram.violations == []
        assert vk.violations == []


def test_a_group_that_becomes_a_supergroup_is_followed_also_after_a_restart(tmp_path: Path) -> None:
    with FakeTelegram(limits=UNLIMITED) as telegram:
        operator, customer = telegram.person(700_100_501), telegram.person(700_100_502)
        group = telegram.group("Стол", owner=operator)
        group.add_bot(operator, as_admin=True)
        with Bot(tmp_path, telegram=telegram, settings={"KLUBOK_DESK__ROOMS": f'["telegram:{group.id}"]'}) as bot:
            url = f"sqlite+aiosqlite:///{bot.database}"
            assert run("db", "upgrade", KLUBOK_DATABASE_URL=url).returncode == 0
            assert run("staff", "add", f"telegram:{operator.id}", "operator", KLUBOK_DATABASE_URL=url).returncode == 0
            bot.start_ready()
            new = group.upgrade(operator)

            def sees(text: str) -> bool:
                return any(text in each.text for each in new.messages)

            bot.wait_until(lambda: sees("стала супергруппой"), "nobody is told of the new number", seconds=SOON)
            bot.kill()
            bot.start_ready()
            customer.say("позовите оператора")
            bot.wait_until(lambda: sees("№1"), "the new group does not see the call", seconds=SOON)
            operator.say("/take 1", chat=new)
            bot.wait_until(lambda: sees("ваше"), "the new group is no desk", seconds=SOON)
            bot.stop()


def test_a_canned_answer_is_chosen_inline_and_only_by_the_staff(desk: Desk) -> None:
    desk.customer.say("позовите оператора")
    desk.operator.press(desk.topic_sees("№1"), "Взять №1")
    desk.customer_sees("подключился сотрудник")
    desk.say("/canned + срок Доставим за три дня")
    desk.topic_sees("сохранена")
    asked = desk.operator.ask_inline("ср")
    desk.wait(lambda: asked.results, "nothing is offered")
    desk.operator.choose(asked, "срок", chat=desk.group, thread=desk.thread)
    desk.customer_sees("Доставим за три дня")
    stranger = desk.telegram.person(700_100_999).ask_inline("")
    desk.wait(lambda: stranger.results is not None, "a stranger is not answered")
    assert stranger.results == []
