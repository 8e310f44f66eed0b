"""Finding the shipped texts, reading files."""

from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.texts.files import locales_directory, read_texts, take_fingerprint
from tests.integration.texts.folders import write_both, write_texts


def test_texts_inside_the_package_come_before_those_beside_it(tmp_path: Path) -> None:
    beside = write_both(tmp_path / "locales")
    assert locales_directory(tmp_path / "bot") == beside
    inside = write_both(tmp_path / "bot" / "locales")
    assert locales_directory(tmp_path / "bot") == inside


def test_no_texts_at_all_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "locales" / "ru").mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="install it again"):
        locales_directory(tmp_path / "bot")


def test_files_are_read_by_language_in_order(tmp_path: Path) -> None:
    locales = write_texts(
        tmp_path / "locales",
        {"ru/b.ftl": "b = Б\n", "ru/a.ftl": "a = А\n", "en/a.ftl": "a = A\n", ".git/a.ftl": "a = A\n", "ru/c.txt": "c"},
    )
    read = read_texts(locales)
    assert {language: [file.name for file in files] for language, files in read.items()} == {
        "en": ["locales/en/a.ftl"],
        "ru": ["locales/ru/a.ftl", "locales/ru/b.ftl"],
    }
    assert read_texts(tmp_path / "none") == {}


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "locales" / "ru" / "a.ftl").mkdir(parents=True)
    assert [problem.kind for problem in read_texts(tmp_path / "locales")["ru"][0].problems] == ["text-unreadable"]


def test_a_broken_link_is_read_as_a_problem_and_not_in_the_fingerprint(tmp_path: Path) -> None:
    locales = write_both(tmp_path / "locales")
    before = take_fingerprint(locales)
    (locales / "ru" / "gone.ftl").symlink_to(tmp_path / "gone.ftl")
    assert take_fingerprint(locales) == before
    assert [problem.kind for file in read_texts(locales)["ru"] for problem in file.problems] == ["text-unreadable"]
