"""taught.yaml in a folder: what an operator answered is an entry of the FAQ, and a case that is asked ever after."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.loader import load_pack
from bot.knowledge.pack.questions import read_questions
from bot.knowledge.pack.taught import teach_answer

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
FAQ = """- id: delivery
  questions: [Сколько стоит доставка?]
  answer: 300 рублей.
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "brand.toml").write_text('name = "Моток"\n')
    (tmp_path / "faq.yaml").write_text(FAQ)
    return tmp_path


def teach(pack: Path, question: str, answer: str = "Да: завтра.") -> str:
    return teach_answer(pack, question, answer, by="op\n1", at=AT)


def test_what_is_taught_is_an_entry_and_a_case(pack: Path) -> None:
    assert [teach(pack, 'А в субботу\nработаете? "да"'), teach(pack, "А в воскресенье?")] == ["taught-1", "taught-2"]
    loaded = load_pack(pack)
    assert not loaded.problems
    assert loaded.pack is not None
    assert list(loaded.pack.faq) == ["delivery", "taught-1", "taught-2"]
    assert loaded.pack.faq["taught-1"].answer("ru") == "Да: завтра."
    check = Check("cases.yaml")
    cases = read_questions((pack / "cases.yaml").read_text(), check)
    assert ([case.id for case in cases], check.problems) == (["taught-1", "taught-2"], [])


def test_what_the_people_of_the_brand_wrote_goes_first(pack: Path) -> None:
    (pack / "taught.yaml").write_text("- id: delivery\n  questions: [x]\n  answer: y\n")
    loaded = load_pack(pack)
    assert loaded.pack is not None
    assert loaded.pack.faq["delivery"].answer("ru") == "300 рублей."
    assert [problem.kind for problem in loaded.problems] == ["repeated-id"]


def test_what_is_taught_takes_the_place_of_what_answered_that_question(pack: Path) -> None:
    (pack / "faq.yaml").write_text(FAQ.replace("доставка?]", "доставка?, Почём привезти?]"))
    teach(pack, "сколько стоит доставка", "Она бесплатна.")
    teach(pack, "Сколько стоит доставка?", "Теперь 100 рублей.")
    loaded = load_pack(pack)
    assert loaded.pack is not None
    assert list(loaded.pack.faq) == ["taught-2"]
    entry = loaded.pack.faq["taught-2"]
    assert (entry.answer("ru"), entry.question("ru")) == ("Теперь 100 рублей.", "Сколько стоит доставка?")
    assert entry.questions[-1] == "Почём привезти?"
    assert [problem.kind for problem in loaded.problems] == ["renewed", "renewed"]


def test_a_broken_file_is_left_as_it_is(pack: Path) -> None:
    (pack / "taught.yaml").write_text("- id: [")
    with pytest.raises(ConfigurationError, match=r"taught\.yaml"):
        teach(pack, "А в субботу?")
    assert (pack / "taught.yaml").read_text() == "- id: ["
    assert not (pack / "cases.yaml").exists()
