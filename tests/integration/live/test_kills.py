"""SIGKILL again and again: nothing lost, order kept, nothing said twice that we do not know of."""

from pathlib import Path

from tests.integration.live.kills import Plan, run_kills

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
