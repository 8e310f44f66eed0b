"""A second bot on the same token is recognised, and said."""

from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.conftest import Gather
from tests.integration.live.process import IMPATIENT, Bot


@pytest.fixture
def first(tmp_path: Path, telegram: FakeTelegram, vk: FakeVk) -> Bot:
    return Bot(tmp_path, telegram=telegram, vk=vk, settings=IMPATIENT)


def test_on_databases_of_their_own_both_platforms_tell(
    first: Bot, tmp_path_factory: pytest.TempPathFactory, telegram: FakeTelegram, vk: FakeVk, on_vk: Gather
) -> None:
    second = Bot(tmp_path_factory.mktemp("second"), telegram=telegram, vk=vk, settings=IMPATIENT)
    with first, second:
        first.start()
        second.start_ready()
        crowd = on_vk(3)
        crowd.ask(3)
        first.wait_until(lambda: crowd.is_answered, "not all is answered", seconds=20)
        for bot in (first, second):
            bot.wait_until(lambda bot=bot: "vk.other_sender" in bot.log, "it says nothing of VK", seconds=10)  # type: ignore[misc]
        said = (first, second)
        first.wait_until(lambda: any("telegram.conflict" in bot.log for bot in said), "nothing is said", seconds=20)
        second.stop()
        first.stop()
    assert first.log.count("vk.other_sender") == 1
    assert second.log.count("vk.other_sender") == 1


def test_on_one_database_the_second_waits_and_gives_up(first: Bot, tmp_path: Path, on_vk: Gather) -> None:
    with first:
        first.start_ready()
        with Bot(tmp_path, name="second", settings=first.settings) as second:
            second.start()
            code = second.wait_ended(seconds=40)
        assert code == 2
        assert "another klubok run works on this database" in second.log.splitlines()[-1]
        assert "Traceback" not in second.log
        crowd = on_vk(1)
        crowd.ask(1)
        first.wait_answered(crowd)
        first.stop()
    assert "vk.other_sender" not in first.log
