"""Mass sends by `klubok run` before the strict fakes, the platforms' own limits on.

`python -m tests.bench.broadcast [--smoke]`: messages are queued in a database, then a bot of its own process sends
them. Judged as the platform sees it: how fast, never above the limit in any second, nothing refused, nothing missing,
each chat's messages in order. Every chat gets two messages.
"""

import asyncio
import re
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.telegram.parse import TELEGRAM
from bot.channels.vk.options import VK
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Said, StoredEvent
from bot.domain.replies import OutgoingMessage
from bot.services.ports import HandledTurn
from bot.settings import TelegramSettings, VkSettings
from bot.storage.database import open_database
from bot.storage.schema import prepare
from tests.bench.figures import Figures
from tests.bench.running import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk

EACH = 2
BATCH = 1000
FIRST_PERSON = 1_000_001
LEAST_SHARE = 0.95
TELEGRAM_LIMIT, VK_LIMIT = 30, 20
NEWS = AnswerMeta(kind=AnswerKind.NOTICE)
NOW = datetime(2026, 1, 1, tzinfo=UTC)

Text = Callable[[int, int], str]
"""What the person of a number gets as the first and the second message."""


def news(_: int, number: int) -> str:
    """The same for everybody."""
    return f"Новости клуба, часть {number}"


def letter(person: int, number: int) -> str:
    """Another for each."""
    return f"Письмо для {person}, часть {number}"


async def queue(url: str, channel: ChannelName, people: Sequence[int], text: Text) -> None:
    """Put messages into the outbox, the first ones of all before the second ones."""
    async with open_database(url) as database:
        await prepare(database)
        for number in range(EACH):
            for start in range(0, len(people), BATCH):
                asked = [_asked(channel, person, number) for person in people[start : start + BATCH]]
                async with database.unit_of_work() as uow:
                    await uow.transcript.accept(asked)
                    events = await uow.transcript.waiting(BATCH)
                    await uow.transcript.record([_answered(event, number, text) for event in events])
                    await uow.commit()


def _asked(channel: ChannelName, person: int, number: int) -> Said:
    return Said(id=f"{person}-{number}", sender=Address(channel, str(person), str(person)), at=NOW, text="новости")


def _answered(event: StoredEvent, number: int, text: Text) -> HandledTurn:
    to = event.event.sender
    message = OutgoingMessage(
        to=to, answers=event.id, number=0, text=text(int(to.user_id), number), buttons=(), answer=NEWS
    )
    return HandledTurn(event=event, skill="bench", outcome="answered", took_ms=0, handled_at=NOW, messages=(message,))


def most_in_a_second(times: Sequence[float]) -> int:
    """Count the requests of the fullest second, wherever it begins; `times` are sorted."""
    return max(bisect_left(times, began + 1.0) - number for number, began in enumerate(times))


def judge_pace(figures: Figures, name: str, times: Sequence[float], *, rate: float, limit: int) -> None:
    """Judge requests of which `rate` a second were wanted and `limit` allowed."""
    mean = (len(times) - 1) / (times[-1] - times[0])
    figures.at_least(f"{name}: mean, of {rate:g} requests/s", mean / rate, LEAST_SHARE)
    figures.at_most(f"{name}: most requests in any second", most_in_a_second(times), limit)


def send_in_telegram(figures: Figures, count: int) -> None:
    """Send letters to people in Telegram."""
    with tempfile.TemporaryDirectory() as folder, FakeTelegram() as telegram:
        people = [FIRST_PERSON + number for number in range(count // EACH)]
        chats = [telegram.person(person, has_started=True) for person in people]
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        asyncio.run(queue(url, TELEGRAM, people, letter))
        environment = {
            "KLUBOK_TELEGRAM__TOKEN": telegram.token,
            "KLUBOK_TELEGRAM__API_URL": telegram.base_url,
            "KLUBOK_DATABASE_URL": url,
            "KLUBOK_WEB__PORT": "0",
        }
        with running("bot", "run", log=Path(folder) / "log", environment=environment):
            telegram.wait_until(lambda: len(telegram.calls_of("sendMessage")) >= count, seconds=60 + count / 10)
            time.sleep(1.0)  # for what should not come any more
        calls = telegram.calls_of("sendMessage")
        came = [[message.text for message in telegram.messages(chat)] for chat in chats]
    name = f"Telegram, {count} messages"
    judge_pace(
        figures,
        name,
        [call.at.timestamp() for call in calls],
        rate=TelegramSettings().per_second,
        limit=TELEGRAM_LIMIT,
    )
    figures.at_most(f"{name}: refused, 429 and others", sum(call.outcome != "ok" for call in calls), 0)
    judge_whole(figures, name, came, people, letter)


def send_in_vk(figures: Figures, count: int, text: Text) -> None:
    """Send to people in VK."""
    with tempfile.TemporaryDirectory() as folder, FakeVk() as vk:
        people = [FIRST_PERSON + number for number in range(count // EACH)]
        for person in people:
            vk.person(person).profile.is_allowed = True
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        asyncio.run(queue(url, VK, people, text))
        environment = {
            "KLUBOK_VK__TOKEN": vk.token,
            "KLUBOK_VK__GROUP_ID": str(vk.group_id),
            "KLUBOK_VK__API_URL": vk.base_url,
            "KLUBOK_DATABASE_URL": url,
            "KLUBOK_WEB__PORT": "0",
        }
        with running("bot", "run", log=Path(folder) / "log", environment=environment):
            vk.wait_until(lambda: _count(vk, people) >= count, seconds=60 + count / 50)
            time.sleep(1.0)  # for what should not come any more
        requests = [call for call in vk.calls if re.fullmatch(r"execute|\w+\.\w+", call.method)]  # no long polls
        came = [[message.text for message in vk.messages(person)] for person in people]
    name = f"VK, {count} messages, {'one text' if text is news else 'different texts'}"
    outer = [call for call in requests if not call.is_inside_execute]
    sends = [call.at for call in outer if call.method in {"execute", "messages.send"}]
    judge_pace(figures, name, sends, rate=VkSettings().requests_per_second, limit=VK_LIMIT)
    every = most_in_a_second([call.at for call in outer])
    figures.at_most(f"{name}: most of all its requests in any second", every, VK_LIMIT)
    figures.at_most(f"{name}: refused, error 6 and others", sum(call.outcome != "ok" for call in requests), 0)
    figures.show(f"{name}: rate of messages", count / (sends[-1] - sends[0]), "msg/s")
    judge_whole(figures, name, came, people, text)


def _count(vk: FakeVk, people: Sequence[int]) -> int:
    time.sleep(0.2)  # counting holds the fake up
    return sum(len(vk.world.conversations.of(person).messages) for person in people)


def judge_whole(figures: Figures, name: str, came: Sequence[Sequence[str]], people: Sequence[int], text: Text) -> None:
    """Judge that every chat has what was sent to it, in order, once."""
    wanted = [[text(person, number) for number in range(EACH)] for person in people]
    wrong = sum(here != there for here, there in zip(came, wanted, strict=True))
    figures.at_most(f"{name}: chats with something missing, twice, or out of order", wrong, 0)


def main() -> None:
    """Send, judge."""
    figures = Figures("broadcast")
    telegram, vk = (60, 2_000) if figures.is_smoke else (600, 20_000)
    send_in_telegram(figures, telegram)
    send_in_vk(figures, vk, news)
    send_in_vk(figures, vk, letter)
    figures.finish()


if __name__ == "__main__":
    main()
