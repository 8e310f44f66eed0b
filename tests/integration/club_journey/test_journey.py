"""The club in one conversation, the same on every platform: joining, a receipt, a reward, a return, rights."""

import shutil
from pathlib import Path

from tests.fakes.telegram import UNLIMITED, FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.club_journey.console import Console, ConsoleAccount
from tests.integration.club_journey.journey import play
from tests.integration.club_journey.store import PACK, Store
from tests.integration.club_journey.telegram import TelegramAccount
from tests.integration.club_journey.vk import VkAccount
from tests.integration.live.process import Bot

FIRST, SECOND = 700_100_201, 700_100_202


def test_on_the_console(tmp_path: Path) -> None:
    store = Store(tmp_path, tmp_path / "bot.db")
    with Console(tmp_path, store.url) as console:
        play(ConsoleAccount(console, "chat-one"), ConsoleAccount(console, "chat-two"), store)


def test_in_telegram(tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "pack")
    with FakeTelegram(limits=UNLIMITED) as fake, Bot(tmp_path, telegram=fake) as bot:
        bot.start_ready()
        first, second = (TelegramAccount(fake, fake.person(number), bot) for number in (FIRST, SECOND))
        play(first, second, Store(tmp_path, bot.database))
        bot.stop()
        assert fake.violations == []


def test_in_vk(tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "pack")
    with FakeVk() as fake, Bot(tmp_path, vk=fake) as bot:
        fake.requests_per_second = None
        bot.start_ready()
        first, second = (VkAccount(fake, fake.person(number), bot) for number in (FIRST, SECOND))
        play(first, second, Store(tmp_path, bot.database))
        bot.stop()
        assert fake.violations == []
