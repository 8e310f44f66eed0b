"""A second bot on the same token is recognised, and said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.conftest import Gather
from tests.integration.live.process import IMPATIENT, Bot


@pytest.fixture(scope="module")
def first(directory: Path, telegram: FakeTelegram, vk: FakeVk) -> Iterator[Bot]:
    with Bot(directory, telegram=telegram, vk=vk, settings=IMPATIENT) as bot:
        yield bot.start_ready()
        bot.stop()


def test_on_one_database_the_second_waits_and_gives_up(first: Bot, directory: Path, on_vk: Gather) -> None:
    with Bot(directory, name="second", settings=first.settings) as second:
        second.start()
        code = second.wait_ended(seconds=60)
    assert code == 2
    assert "another klubok run works on this database" in second.log.splitlines()[-1]
    assert "Traceback" not in second.log
    crowd = on_vk(1)
    crowd.ask(1)
    first.wait_answered(crowd)
    assert "vk.other_sender" not in first.log


def test_on_databases_of_their_own_both_platforms_tell(
    first: Bot, tmp_path: Path, telegram: FakeTelegram, vk: FakeVk, on_vk: Gather
) -> None:
    with Bot(tmp_path, telegram=telegram, vk=vk, settings=IMPATIENT) as second:
        second.start_ready()
        bots = (first, second)
        crowd = on_vk(3)
        crowd.ask(3)
        first.wait_until(lambda: crowd.is_answered, "not all is answered", seconds=20)
        first.wait_until(lambda: all("vk.other_sender" in bot.log for bot in bots), "silence on VK", seconds=10)
        first.wait_until(lambda: any("telegram.conflict" in bot.log for bot in bots), "silence on Telegram", seconds=20)
        second.stop()
    assert [bot.log.count("vk.other_sender") for bot in bots] == [1, 1]
