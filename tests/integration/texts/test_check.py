"""Checks of folders of texts."""

from pathlib import Path

from bot.texts.check import check_locales, check_overrides
from tests.integration.texts.folders import write_both, write_texts


def test_sound_languages_have_no_problems(tmp_path: Path) -> None:
    assert check_locales(write_both(tmp_path / "locales")) == []


def test_languages_that_differ_are_reported(tmp_path: Path) -> None:
    locales = write_both(
        tmp_path / "locales",
        russian="only-russian = Тут\nsum = { $price } за { $count }\nindirect = { sum }\n",
        english="only-english = Here\nsum = { $price } for { $number }\nindirect = for { $price }\n",
    )
    assert [(problem.kind, problem.text.split()[0]) for problem in check_locales(locales)] == [
        ("text-variable", "indirect"),
        ("text-missing", "only-english"),
        ("text-missing", "only-russian"),
        ("text-variable", "sum"),
    ]
    assert {problem.file for problem in check_locales(locales)} == {"locales/ru/club.ftl", "locales/en/club.ftl"}


def test_the_same_key_in_two_files_is_reported(tmp_path: Path) -> None:
    locales = write_both(tmp_path / "locales")
    write_texts(locales, {"ru/more.ftl": "\nerror-text = Ой\n"})
    assert [str(problem) for problem in check_locales(locales)] == [
        "locales/ru/more.ftl:2: error: error-text is already in locales/ru/club.ftl:10",
    ]


def test_overrides_are_reported_relative_to_the_pack(tmp_path: Path) -> None:
    pack = write_texts(
        tmp_path / "pack" / "locales",
        {
            "ru/welcome.ftl": "\ufeffwelcome-text = Привет\r\n\r\nwelcome-txt = Привет\r\n",
            "de/welcome.ftl": "welcome-text = Hallo\n",
            "loose.ftl": "a = b\n",
            "ru/more/deep.ftl": "a = b\n",
        },
    )
    (pack / "en").mkdir()
    (pack / "en" / "old.ftl").write_bytes("welcome-text = Привет".encode("cp1251"))
    problems = check_overrides(pack, base=write_both(tmp_path / "locales"))
    assert {(problem.file, problem.line, problem.kind, str(problem.severity)) for problem in problems} == {
        ("locales/ru/welcome.ftl", 3, "text-unknown", "warning"),
        ("locales/de", None, "text-language", "warning"),
        ("locales/loose.ftl", None, "text-misplaced", "warning"),
        ("locales/ru/more/deep.ftl", None, "text-misplaced", "warning"),
        ("locales/en/old.ftl", None, "text-encoding", "error"),
    }


def test_a_pack_without_texts_has_no_problems(tmp_path: Path) -> None:
    assert check_overrides(tmp_path / "pack" / "locales", base=write_both(tmp_path / "locales")) == []
