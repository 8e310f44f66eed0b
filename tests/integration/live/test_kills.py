"""SIGKILL again and again: nothing lost, order kept, nothing said twice that we do not know of."""

import time
from pathlib import Path

from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.kills import Plan, run_kills
from tests.integration.live.people import Crowd, telegram_people, vk_people
from tests.integration.live.process import Bot

DEFAULT = {
    "KLUBOK_MERGE_SECONDS": "1.2",
    "KLUBOK_TELEGRAM__CHAT_SECONDS": "1",
    "KLUBOK_TELEGRAM__PER_SECOND": "29",
    "KLUBOK_VK__REQUESTS_PER_SECOND": "18",
}
HALF_A_WINDOW = 0.7
"""Seconds: the first to ask are being answered when of the last ones more lines are still waited for."""
SHORT = Plan(kills=4, messages=200, people=20)
"""The full form: `python -m tests.bench.kills`."""


def test_killed_at_random_moments_nothing_is_lost_or_out_of_order(tmp_path: Path) -> None:
    outcome = run_kills(SHORT, tmp_path)
    assert outcome.asked == SHORT.messages
    assert outcome.complaints == []
    assert outcome.vk_repeats == []
    assert len(outcome.telegram_repeats) <= SHORT.kills
    assert outcome.unrecorded == []
    assert outcome.unfinished == []
    assert outcome.violations == []


def test_with_all_settings_as_they_are_nothing_is_lost(tmp_path: Path) -> None:
    with FakeTelegram() as telegram, FakeVk() as vk:
        first = Crowd(members=[*telegram_people(telegram, 5), *vk_people(vk, 5)])
        last = Crowd(members=[*telegram_people(telegram, 5, first=2_001), *vk_people(vk, 5, first=601)])
        crowd = Crowd(members=[*first.members, *last.members])
        with Bot(tmp_path, telegram=telegram, vk=vk, settings=DEFAULT) as bot:
            bot.start_ready()
            for some in (first, last):
                some.ask(1)
                time.sleep(HALF_A_WINDOW)
            bot.kill()
            bot.start_ready()
            bot.wait_answered(crowd)
            bot.stop()
            assert crowd.repeats("vk") == []
            assert len(crowd.repeats("telegram")) <= 1
            assert set(crowd.repeats("telegram")) <= bot.doubted()
        assert [*telegram.violations, *vk.violations] == []
        assert not [call for call in telegram.calls if call.status == 429]
