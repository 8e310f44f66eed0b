"""Questions about the goods of two brands, played through the whole core as `klubok eval` does."""

from pathlib import Path

import pytest

from bot.cli.chat import choose_settings
from bot.cli.evaluate import play, read_cases
from bot.domain.evaluation import Verdict
from bot.knowing import open_knowledge
from bot.knowledge.progress import no_progress
from tests.packs.tools import write_tools

_QUESTIONS = Path(__file__).parents[3] / "bench" / "questions"
_EVERY = 4
"""Every so many-th question is asked here; `klubok eval` asks them all."""
_LEAST_RIGHT = 0.9


@pytest.mark.parametrize(("name", "is_demo"), [("own.yaml", True), ("own_tools.yaml", False)])
def test_most_questions_about_goods_are_answered(name: str, is_demo: bool, tmp_path: Path) -> None:
    settings = choose_settings(None if is_demo else write_tools(tmp_path / "tools"), None)
    cases = read_cases(_QUESTIONS / name)[::_EVERY]
    played = play(cases, settings, open_knowledge(settings), no_progress)
    wrong = [(each.case.id, each.replies) for each in played if each.verdict not in {Verdict.RIGHT, Verdict.CHOICE}]
    assert len(wrong) <= len(played) * (1 - _LEAST_RIGHT), wrong
