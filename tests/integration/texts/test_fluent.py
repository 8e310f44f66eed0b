"""FluentTranslator: filling in, falling back, overriding."""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.dialogue.phrases import Translator
from bot.domain.errors import ConfigurationError, PackError
from bot.domain.replies import Phrase
from bot.texts.fluent import FluentTranslator
from tests.integration.texts.folders import write_both, write_texts


def _translator(directory: Path, *, russian: str = "", english: str = "", is_strict: bool = False) -> FluentTranslator:
    write_both(directory / "locales", russian=russian, english=english)
    return FluentTranslator(directory=directory / "locales", is_strict=is_strict)


def test_it_is_a_translator_with_the_default_language_first(tmp_path: Path) -> None:
    translator: Translator = _translator(tmp_path)
    assert translator.languages == ("ru", "en")


@pytest.mark.parametrize(
    ("language", "points", "said"),
    [
        ("ru", 0, "У вас 0 баллов."),
        ("ru", 1, "У вас 1 балл."),
        ("ru", 2, "У вас 2 балла."),
        ("ru", 11, "У вас 11 баллов."),
        ("ru", 21, "У вас 21 балл."),
        ("ru", 1_234_567, "У вас 1\xa0234\xa0567 баллов."),
        ("en", 1, "You have 1 point."),
        ("en", 1_234_567, "You have 1,234,567 points."),
    ],
)
def test_numbers_agree_and_are_grouped_as_the_language_does(
    tmp_path: Path, language: str, points: int, said: str
) -> None:
    translator = _translator(tmp_path, is_strict=True)
    for _ in range(2):  # the second time from memory
        assert translator.text(Phrase("club-points", {"points": points}), language) == said


@pytest.mark.parametrize("name", ["{ $points }", "<b>Анна</b>", "{ -brand }", "а" * 16_000, "1000"])
def test_strings_stay_as_they_are(tmp_path: Path, name: str) -> None:
    said = _translator(tmp_path, is_strict=True).text(Phrase("welcome-text", {"name": name}), "en")
    assert said == f"Hello, {name}! This is Klubok."


@pytest.mark.parametrize(
    ("language", "said"), [("en-US", "Klubok"), ("EN_us", "Klubok"), ("de", "Клубок"), ("", "Клубок")]
)
def test_a_regional_code_means_its_language_and_an_unknown_one_the_default(
    tmp_path: Path, language: str, said: str
) -> None:
    translator = _translator(tmp_path, russian="name = { -brand }\n", english="name = { -brand }\n")
    assert translator.text(Phrase("name"), language) == said


def test_a_language_the_brand_does_not_speak_is_answered_in_the_default(tmp_path: Path) -> None:
    locales = write_both(tmp_path / "locales")
    translator = FluentTranslator(["ru"], directory=locales)
    assert translator.languages == ("ru",)
    assert translator.text(Phrase("error-text"), "en") == "Не нахожу слов."


@pytest.mark.parametrize(
    ("phrase", "language", "reason"),
    [
        (Phrase("unheard-of"), "ru", "there is none"),
        (Phrase("welcome-text"), "ru", "Unknown external: name"),
        (Phrase("only-russian"), "en", "there is none"),
    ],
)
def test_a_gap_raises_in_strict_mode(tmp_path: Path, phrase: Phrase, language: str, reason: str) -> None:
    translator = _translator(tmp_path, russian="only-russian = Тут\n", is_strict=True)
    with pytest.raises(ValueError, match=reason):
        translator.text(phrase, language)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (Phrase("only-russian"), "Тут"),
        (Phrase("only-english"), "Here"),
        (Phrase("unheard-of"), "Не нахожу слов."),
        (Phrase("welcome-text"), "Не нахожу слов."),
        (Phrase("unheard-of", {"name": "Анна"}), "Не нахожу слов."),
    ],
)
def test_a_gap_is_filled_from_elsewhere_and_logged_once(
    tmp_path: Path, phrase: Phrase, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    translator = _translator(tmp_path, russian="only-russian = Тут\n", english="only-english = Here\n")
    assert [translator.text(phrase, "ru") for _ in range(3)] == [said] * 3
    told = [record.getMessage() for record in caplog.records if f"key={phrase.key} language=ru" in record.getMessage()]
    assert len(told) == (phrase.key != "only-russian")
    assert all(record.levelno == logging.WARNING for record in caplog.records)


def test_a_missing_key_is_logged_by_name(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _translator(tmp_path).text(Phrase("unheard-of"), "en")
    assert "texts.missing key=unheard-of language=en" in [record.getMessage() for record in caplog.records]


def test_nothing_at_all_to_say_is_not_an_error(tmp_path: Path) -> None:
    locales = write_texts(tmp_path / "locales", {"ru/a.ftl": "a = А\n"})
    assert FluentTranslator(["ru"], directory=locales).text(Phrase("b"), "ru") == "…"


def test_words_are_those_of_all_languages_folded(tmp_path: Path) -> None:
    locales = write_both(tmp_path / "locales")
    translator = FluentTranslator(["en"], directory=locales)
    assert translator.words("command-help") == {"помощь", "еще раз", "/help", "help", "once more"}
    assert translator.words("command-unheard-of") == frozenset()


def _overridden(directory: Path, texts: Mapping[str, str]) -> FluentTranslator:
    overrides = write_texts(directory / "pack" / "locales", texts)
    return FluentTranslator(directory=write_both(directory / "locales"), overrides=overrides)


def test_a_pack_overrides_message_by_message(tmp_path: Path) -> None:
    translator = _overridden(tmp_path, {"ru/own.ftl": "-brand = Люменика\ncommand-help = спаси\n"})
    assert translator.text(Phrase("welcome-text", {"name": "Анна"}), "ru") == "Привет, Анна! Это Люменика."
    assert translator.text(Phrase("welcome-text", {"name": "Ann"}), "en") == "Hello, Ann! This is Klubok."
    assert translator.words("command-help") == {"спаси", "help", "once more"}


def test_an_override_may_be_as_long_as_a_message(tmp_path: Path) -> None:
    translator = _overridden(tmp_path, {"ru/own.ftl": f"welcome-text = {'а' * 4000} {{ $name }}\n"})
    assert translator.text(Phrase("welcome-text", {"name": "Анна"}), "ru") == f"{'а' * 4000} Анна"


def test_an_override_that_fails_gives_way_to_ours(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    translator = _overridden(tmp_path, {"ru/own.ftl": "welcome-text = { NUMBER($name) }\n"})
    assert translator.text(Phrase("welcome-text", {"name": "Анна"}), "ru") == "Привет, Анна! Это Клубок."
    assert "texts.unfit key=welcome-text language=ru faults=TypeError" in caplog.text
    assert "Анна" not in caplog.text


def test_a_pack_without_texts_changes_nothing(tmp_path: Path) -> None:
    translator = FluentTranslator(directory=write_both(tmp_path / "locales"), overrides=tmp_path / "none")
    assert translator.text(Phrase("error-text"), "ru") == "Не нахожу слов."


@pytest.mark.parametrize(
    "mistake",
    [
        "welcome-text = { $name",
        "welcome-text = Привет, { $nmae }!",
        "club-points = { $points ->\n    [one] балл\n   *[other] баллы\n}",
        "welcome-text = { -brend }",
    ],
)
def test_a_pack_with_mistakes_is_refused_with_file_and_line(tmp_path: Path, mistake: str) -> None:
    with pytest.raises(PackError, match=r"locales/ru/own.ftl:2: error: ") as raised:
        _overridden(tmp_path, {"ru/own.ftl": f"\n{mistake}\n"})
    assert [problem.line for problem in raised.value.problems] == [2]


def test_our_own_broken_texts_and_no_common_language_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"locales/ru/club.ftl:\d+: error"):
        _translator(tmp_path / "broken", russian="a = { $b\n")
    with pytest.raises(ConfigurationError, match="in en, ru only"):
        FluentTranslator(["de"], directory=write_both(tmp_path / "whole" / "locales"))


def test_many_threads_can_speak_at_once(tmp_path: Path) -> None:
    translator = _translator(tmp_path, is_strict=True)

    def say(number: int) -> str:
        return translator.text(Phrase("welcome-text", {"name": f"{number}"}), "en")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(say, range(500))) == [f"Hello, {number}! This is Klubok." for number in range(500)]


@pytest.mark.parametrize(
    ("amount", "kopecks", "russian", "english"),
    [
        (12_345, "60", "Цена: 12\xa0345,60 ₽", "Price: 12,345.60 ₽"),
        (12_345, "none", "Цена: 12\xa0345 ₽", "Price: 12,345 ₽"),
    ],
)
def test_prices_are_written_as_the_language_does(amount: int, kopecks: str, russian: str, english: str) -> None:
    translator = FluentTranslator()
    price = Phrase("product-price", {"amount": amount, "kopecks": kopecks, "currency": "₽"})
    assert [translator.text(price, "ru"), translator.text(price, "en")] == [russian, english]
