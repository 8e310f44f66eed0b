"""learned.yaml in a folder: written behind what is there, read with the pack, counted at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.domain.knowledge import Lesson
from bot.domain.pack import Pack
from bot.knowledge.pack.learned import LEARNED, lessons_of, teach
from bot.knowledge.pack.live import LivePack, PackSource
from bot.knowledge.pack.loader import load_pack

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LESSON = Lesson(faq="key", questions=('где "ключ"?', "key: where\n# no comment"), by="Ann O'Neil", at=NOON)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "brand.toml").write_text('name = "A"', encoding="utf-8")
    (tmp_path / "faq.yaml").write_text('- {id: key, questions: ["Где ключ?"], answer: "Под ковриком"}\n', "utf-8")
    return tmp_path


def _questions(pack: Pack | None) -> tuple[str, ...]:
    assert pack is not None
    return pack.faq["key"].questions


def test_what_is_taught_is_read_back_and_the_faq_stays_as_it_was(directory: Path) -> None:
    before = (directory / "faq.yaml").read_bytes()
    teach(directory, LESSON)
    more = Lesson(faq="key", questions=("а ключ",))
    assert teach(directory, more) == directory / LEARNED
    assert lessons_of(directory) == [LESSON, more]
    loaded = load_pack(directory)
    assert loaded.problems == ()
    assert _questions(loaded.pack) == ("Где ключ?", *LESSON.questions, "а ключ")
    assert (directory / "faq.yaml").read_bytes() == before
    assert sorted(path.name for path in directory.iterdir()) == ["brand.toml", "faq.yaml", LEARNED]


def test_what_an_author_wrote_there_is_kept(directory: Path) -> None:
    (directory / LEARNED).write_text("# ours\n- {faq: key, questions: [ключик]}", encoding="utf-8")
    teach(directory, LESSON)
    assert (directory / LEARNED).read_text(encoding="utf-8").startswith("# ours\n- {faq: key, questions: [ключик]}\n")
    assert len(lessons_of(directory)) == 2


@pytest.mark.parametrize("text", ["a: b", "[]", "- {faq: key", "- {questions: [a]}"])
def test_a_file_that_cannot_be_added_to_is_left_alone(directory: Path, text: str) -> None:
    (directory / LEARNED).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"learned\.yaml cannot be added to"):
        teach(directory, LESSON)
    assert (directory / LEARNED).read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be written"):
        teach(tmp_path / "nowhere", LESSON)


def test_a_lesson_counts_without_a_restart(directory: Path) -> None:
    live = LivePack(PackSource(directory=directory, load=load_pack, build=lambda pack: pack))
    teach(directory, LESSON)
    live.refresh()
    assert len(_questions(live.in_force.pack)) == 3


def test_a_broken_file_is_an_error_with_its_line(directory: Path) -> None:
    (directory / LEARNED).write_text("- {faq: key, questions: [a]}\n- faq: key\n", encoding="utf-8")
    loaded = load_pack(directory)
    assert loaded.pack is None
    assert [(problem.file, problem.line) for problem in loaded.problems] == [(LEARNED, 2)]
