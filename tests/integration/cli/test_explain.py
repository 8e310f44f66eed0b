"""`klubok ask --explain`: one question taken apart, readable in a narrow terminal."""

import pytest
from rich.console import Console

from bot.cli.explain import show_explanation
from bot.domain.brand import Brand
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.opening import Opener

_FAQ = (
    FaqEntry(id="delivery-cost", questions=("Сколько стоит доставка?",), answers={"ru": "300 рублей"}),
    FaqEntry(id="returns", questions=("Как вернуть товар?",), answers={"ru": "За 14 дней"}),
)


@pytest.fixture(scope="module")
def shown() -> str:
    pack = Pack(brand=Brand(name="Чайная"), faq={entry.id: entry for entry in _FAQ})
    explanation = PackAnswers(pack, Opener().open(pack)).explain("доставка дорого стоит?")
    console = Console(width=80, highlight=False)
    with console.capture() as captured:
        show_explanation(explanation, console)
    return captured.get()


def test_candidates_are_named_in_full_and_stand_by_place(shown: str) -> None:
    assert "candidates: 1 faq:delivery-cost" in shown
    assert "…" not in shown


def test_signals_that_nobody_has_are_left_out(shown: str) -> None:
    lines = [line.split("│")[1:-1] for line in shown.splitlines() if line.startswith("│")]
    signals = [cells[2:] for cells in lines if cells[1].strip().replace(".", "").isdigit()]
    assert signals
    assert all(any(float(cell) for cell in cells) for cells in signals)


def test_the_outcome_stands_beside_the_bounds_it_was_held_against(shown: str) -> None:
    assert "answered from 0.65 on, offered as a choice from 0.12 on" in " ".join(shown.split())
