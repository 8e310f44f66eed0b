"""Our own sentences: complete, alike in both languages, used, short enough; and none of them in the code."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from bot.domain.replies import Phrase
from bot.domain.text import fold
from bot.texts.check import PLURALS, Texts, check_locales
from bot.texts.files import read_texts
from bot.texts.fluent import FluentTranslator
from tests.unit.texts.source import Source

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = ROOT / "locales"
LANGUAGES = ("ru", "en")

NUMBERS = (0, 1, 2, 5, 11, 21, 101, 111)
LONGEST_TEXT = 4096  # characters of a Telegram message, https://core.telegram.org/bots/api#sendmessage
LONGEST_LABEL = 40  # characters of a VK button, as vk-io checks them

LETTER_TABLES = {
    "bot/channels/vk/labels.py": "what VK calls the places where an integrator has to click",
    "bot/domain/loyalty/promo.py": "letters that look like those of a promo code",
    "bot/domain/purchases/device.py": "letters that people type for the Latin ones on the plate",
    "bot/domain/text.py": "the keys of two keyboard layouts",
    "bot/knowledge/pack/names.py": "the alphabet, for Latin names of sections",
    "bot/knowledge/search/index/documents.py": "prepositions that start the second half of a product's name",
    "bot/knowledge/search/text/parts.py": "letters that look or sound alike",
    "bot/knowledge/search/vocabulary/sounds.py": "how Russian letters sound",
}
"""Files that may hold Russian, and why. What people type and what we say belongs in `locales/`."""


@cache
def _code() -> Mapping[str, Source]:
    return {
        path.relative_to(ROOT).as_posix(): Source(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "bot").rglob("*.py"))
    }


@cache
def _texts() -> Mapping[str, Texts]:
    return {language: Texts(files) for language, files in read_texts(LOCALES).items()}


def _keys() -> frozenset[str]:
    return frozenset(key for texts in _texts().values() for key in texts.keys)


def _variables(key: str) -> frozenset[str]:
    return frozenset(name for texts in _texts().values() if key in texts.keys for name in texts.variables(key))


def _used_in_code() -> set[str]:
    return {literal.value for source in _code().values() for literal in source.literals()}


@cache
def _translator() -> FluentTranslator:
    return FluentTranslator(LANGUAGES, directory=LOCALES, is_strict=True)


def test_there_is_something_to_check() -> None:
    assert "bot/domain/replies.py" in _code()
    assert set(_texts()) == set(LANGUAGES) == set(PLURALS)


def test_both_languages_are_sound_and_say_the_same() -> None:
    assert [str(problem) for problem in check_locales(LOCALES)] == []


def test_every_phrase_has_its_sentence() -> None:
    missing = [
        f"{file}:{phrase.line}: {phrase.key}"
        for file, source in _code().items()
        for phrase in source.phrases()
        if phrase.key not in _keys()
    ]
    assert missing == []


def test_no_string_looks_like_a_key_that_does_not_exist() -> None:
    areas = "|".join(sorted({key.partition("-")[0] for key in _keys()}))
    looks_like_key = re.compile(rf"(?:{areas})(?:-[a-z0-9]+)+")
    missing = [
        f"{file}:{literal.line}: {literal.value}"
        for file, source in _code().items()
        for literal in source.literals()
        if literal.value not in _keys() and looks_like_key.fullmatch(literal.value)
    ]
    assert missing == []


def test_every_phrase_is_given_its_variables() -> None:
    wanting = [
        f"{file}:{phrase.line}: {phrase.key} is not given {sorted(_variables(phrase.key) - phrase.params)}"
        for file, source in _code().items()
        for phrase in source.phrases()
        if phrase.params is not None and not _variables(phrase.key) <= phrase.params
    ]
    assert wanting == []


def test_every_sentence_is_used() -> None:
    used = _used_in_code()
    unused = {key: texts.places[key].file for texts in _texts().values() for key in _unused(texts, used)}
    assert unused == {}


def _unused(texts: Texts, used: set[str]) -> set[str]:
    said = {name for key in texts.keys & used for name in texts.reach(key)}
    return texts.places.keys() - said


def test_keys_are_written_whole() -> None:
    composed = {file: found for file, source in _code().items() if (found := source.composed_keys())}
    assert composed == {}


def test_no_sentence_is_in_the_code() -> None:
    sentences = {file: found for file, source in _code().items() if (found := source.sentences())}
    assert sentences == {}


def test_no_russian_is_in_the_code() -> None:
    russian = {file: found for file, source in _code().items() if (found := source.cyrillic_words())}
    assert {file: found for file, found in russian.items() if file not in LETTER_TABLES} == {}
    assert LETTER_TABLES.keys() - russian.keys() == set(), "no longer needed here"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said_and_is_of_a_fit_length(language: str) -> None:
    unfit = []
    for key in sorted(_keys()):
        longest = LONGEST_LABEL if key.startswith("button-") or "-button" in key else LONGEST_TEXT
        for params in _possible_params(key):
            text = _translator().text(Phrase(key, params), language)
            if text.strip() == "" or len(text) > longest:
                unfit.append((key, params, text))
    assert unfit == []


def _possible_params(key: str) -> Iterator[dict[str, str | int]]:
    """Give every variable that is counted a number, every other one each of the words it is compared with."""
    names = _variables(key)
    if not names:
        yield {}
        return
    entries = [texts.places[name].entry for texts in _texts().values() for name in texts.reach(key)]
    counted = {name for entry in entries if entry.functions for name in entry.variables}
    words = {"Lumix"}
    for choice in (choice for entry in entries for choice in entry.choices if choice.variable):
        is_number = choice.variants & {"one", "few", "many"} or any(name.isdecimal() for name in choice.variants)
        counted |= {choice.variable or ""} if is_number else set()
        words |= set() if is_number else choice.variants
    for number in NUMBERS:
        yield from ({name: number if name in counted else word for name in names} for word in sorted(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_gives_one_command(language: str) -> None:
    commands: dict[str, list[str]] = {}
    for key in sorted(key for key in _keys() if key.startswith("command-")):
        for word in _translator().text(Phrase(key), language).split(","):
            commands.setdefault(fold(word), []).append(key)
    assert {word: keys for word, keys in commands.items() if len(keys) > 1 or not word} == {}
