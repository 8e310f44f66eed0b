"""Mutated updates by long poll, webhook and callback: the process lives, and the next message is answered."""

from pathlib import Path

import pytest

from tests.integration.live.storm import Storm

SHORT = 400
"""Of each platform; the full form: `python -m tests.bench.storm`."""


@pytest.mark.parametrize("is_brought", [False, True], ids=["polled", "brought"])
def test_mutated_updates_do_no_harm(tmp_path: Path, is_brought: bool) -> None:
    storm = Storm(tmp_path, is_brought=is_brought).blow(SHORT)
    assert storm.ignored["telegram"] > 0
    assert storm.ignored["vk"] > 0
    assert "Traceback" not in storm.bot.log
    assert "turn.given_up" not in storm.bot.log
