"""One script, five ways: what is said and shown is the same wherever people are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port
from pydantic import SecretStr

from bot.knowing import Knowledge, open_knowledge
from bot.settings import Settings, TelegramSettings, VkSettings
from bot.storage.database import open_database
from tests.fakes.telegram import UNLIMITED, FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.conversation.console import ConsolePlayer
from tests.integration.conversation.live import LiveBot, live_settings
from tests.integration.conversation.player import play
from tests.integration.conversation.script import ACTS, PACK, PLATFORMS, Scene, read_script
from tests.integration.conversation.telegram import TelegramPlayer
from tests.integration.conversation.vk import VkPlayer

FAST = 10_000
SECRET = SecretStr("only_the_platform_knows")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The pack of the script, read once."""
    return open_knowledge(Settings(pack=PACK))


@pytest.fixture(scope="module")
def script() -> list[Scene]:
    """All scenes."""
    return read_script()


@asynccontextmanager
async def running(settings: Settings, knowledge: Knowledge) -> AsyncIterator[LiveBot]:
    """Run the bot while the block lasts."""
    async with open_database(settings.database_url.get_secret_value()) as log:
        bot = LiveBot(settings, knowledge, log)
        await bot.begin()
        yield bot
        await bot.end()


def test_the_script_tries_everything_on_every_platform(script: list[Scene]) -> None:
    for platform in PLATFORMS:
        acts = {step.act for scene in script for step in scene.played_on(platform)}
        missing = {"console": {"edit", "invite", "overhear"}, "telegram": set(), "vk": {"contact"}}[platform]
        assert acts == ACTS - missing


async def test_on_the_console(script: list[Scene], knowledge: Knowledge, tmp_path: Path) -> None:
    player = ConsolePlayer(tmp_path)
    await player.begin()
    await play(script, player, knowledge.translator)
    await player.end()


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_in_telegram(script: list[Scene], knowledge: Knowledge, tmp_path: Path, way: str) -> None:
    port = unused_port()
    async with FakeTelegram(limits=UNLIMITED, webhook_pause=0.02) as fake:
        telegram = TelegramSettings(
            token=SecretStr(fake.token),
            api_url=fake.base_url,
            webhook_url=f"http://127.0.0.1:{port}/telegram/update" if way == "webhook" else "",
            webhook_secret=SECRET,
            per_second=FAST,
            chat_seconds=0,
            group_per_minute=FAST,
        )
        async with running(live_settings(tmp_path, PACK, telegram=telegram, port=port), knowledge) as bot:
            await play(script, TelegramPlayer(fake, bot), knowledge.translator)
        assert fake.violations == []
        assert bool(fake.calls_of("setWebhook")) == (way == "webhook")


@pytest.mark.parametrize("way", ["long poll", "callback"])
async def test_in_vk(script: list[Scene], knowledge: Knowledge, tmp_path: Path, way: str) -> None:
    port = unused_port()
    url = f"http://127.0.0.1:{port}/vk/event"
    async with FakeVk() as fake:
        fake.requests_per_second = None
        fake.callback.pause = 0.02
        vk = VkSettings(
            token=SecretStr(fake.token),
            group_id=fake.group_id,
            api_url=fake.base_url,
            callback_url=url if way == "callback" else "",
            secret=SECRET,
            requests_per_second=FAST,
        )

        async def listens() -> None:
            if way == "callback":
                known = list(fake.callback.servers.values())
                server = known[0] if known else fake.add_callback_server(url, secret=SECRET.get_secret_value())
                await fake.until(lambda: server.status == "ok")
            else:
                await fake.until(lambda: fake.calls_of("longpoll"))

        async with running(live_settings(tmp_path, PACK, vk=vk, port=port), knowledge) as bot:
            await listens()
            await play(script, VkPlayer(fake, bot, is_ready=listens), knowledge.translator)
        assert fake.violations == []
        assert bool(fake.calls_of("longpoll")) == (way == "long poll")
