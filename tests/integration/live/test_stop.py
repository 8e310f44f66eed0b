"""SIGTERM in the middle of work: an orderly end in time, and nothing lost after the next start."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.conftest import Gather
from tests.integration.live.people import Crowd
from tests.integration.live.process import Bot

MOST_SECONDS = 10.0
AT_ONCE = 1.0
MUCH = 50
"""Messages that wait to be sent: more than go out before the end."""
FAST = {"KLUBOK_TELEGRAM__PER_SECOND": "300", "KLUBOK_VK__REQUESTS_PER_SECOND": "300"}
SLOW = {"KLUBOK_TELEGRAM__PER_SECOND": "8", "KLUBOK_VK__REQUESTS_PER_SECOND": "2"}
"""So slow that not everything can be sent before the end."""


@pytest.fixture(scope="module")
def bot(directory: Path, telegram: FakeTelegram, vk: FakeVk) -> Iterator[Bot]:
    """Each test leaves a running one to the next."""
    with Bot(directory, telegram=telegram, vk=vk, settings=SLOW) as bot:
        yield bot.start_ready()


@pytest.fixture
def crowd(on_telegram: Gather, on_vk: Gather) -> Crowd:
    return Crowd(members=[*on_telegram(15).members, *on_vk(15).members])


def load(bot: Bot, crowd: Crowd) -> None:
    crowd.ask(10)
    bot.wait_until(lambda: bot.ready().get("queued", 0) > MUCH, "there is not enough to do", seconds=20)


def test_a_second_signal_ends_at_once(bot: Bot, crowd: Crowd) -> None:
    load(bot, crowd)
    stops = bot.log.count("stop.draining")
    bot.terminate()
    bot.wait_until(lambda: bot.log.count("stop.draining") > stops, "it does not stop", seconds=5)
    began = time.monotonic()
    bot.terminate()
    assert bot.wait_ended(seconds=5) != 0
    assert time.monotonic() - began < AT_ONCE
    bot.start_ready()
    bot.wait_answered(crowd, seconds=60)
    assert crowd.repeats("vk") == []
    assert set(crowd.repeats("telegram")) <= bot.doubted()


def test_a_stop_under_load_is_orderly_and_in_time(bot: Bot, crowd: Crowd) -> None:
    load(bot, crowd)
    crowd.ask(1)
    doubted = bot.doubted()
    bot.terminate()
    assert bot.wait_ended(seconds=MOST_SECONDS) == 0
    assert bot.rows("SELECT count(*) FROM transcript WHERE direction = 'in' AND status = 'waiting'") == [(0,)]
    assert bot.doubted() == doubted
    bot.settings |= FAST
    bot.start_ready()
    bot.wait_answered(crowd)
    assert crowd.repeats("telegram") == crowd.repeats("vk") == []
    bot.stop()
    assert "Traceback" not in bot.log
