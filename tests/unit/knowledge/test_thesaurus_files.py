"""The files of the thesaurus: they parse, every concept has enough to match, nothing stands in them by accident."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import pytest
import yaml

from bot.domain.text import fold

_FOLDER = files("bot.knowledge.thesaurus")
_FILES = sorted(entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml"))
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_THEMES = {"orders", "payment", "delivery", "returns", "service", "club", "everyday", "goods", "attributes", "troubles"}
_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Concept = dict[str, object]


@lru_cache
def _concepts(file: str) -> tuple[Concept, ...]:
    text = _FOLDER.joinpath(file).read_text(encoding="utf-8")
    return tuple(yaml.load(text, Loader=_LOADER))  # noqa: S506 -- both loaders are safe ones


def _all_concepts() -> Iterator[Concept]:
    for file in _FILES:
        yield from _concepts(file)


def _expressions(concept: Concept, *languages: str) -> list[str]:
    found = []
    for language in languages or ("ru", "en"):
        expressions = concept[language]
        assert isinstance(expressions, list), concept["id"]
        assert all(isinstance(expression, str) for expression in expressions), f"quote it: {concept['id']}"
        found += expressions
    return found


def _repeated(words: Iterator[str] | list[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def test_every_theme_has_a_file() -> None:
    assert {f"{theme}.yaml" for theme in _THEMES} <= set(_FILES)


def test_there_are_at_least_nine_hundred_concepts() -> None:
    assert sum(1 for _ in _all_concepts()) >= 900


@pytest.mark.parametrize("file", _FILES)
def test_a_file_holds_nothing_but_concepts_of_an_id_and_two_languages(file: str) -> None:
    assert [concept for concept in _concepts(file) if list(concept) != ["id", "ru", "en"]] == []


@pytest.mark.parametrize("file", _FILES)
def test_a_file_takes_three_lines_a_concept_after_one_that_says_what_it_is(file: str) -> None:
    lines = _FOLDER.joinpath(file).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert [line[:6] for line in lines[1:]] == ["- id: ", "  ru: ", "  en: "] * len(_concepts(file))


def test_ids_are_in_kebab_case_and_stand_once() -> None:
    ids = [str(concept["id"]) for concept in _all_concepts()]
    assert [name for name in ids if not _KEBAB_CASE.fullmatch(name)] == []
    assert _repeated(ids) == []


def test_a_concept_has_four_expressions_in_russian_and_three_in_english() -> None:
    short = [
        concept["id"]
        for concept in _all_concepts()
        if len(_expressions(concept, "ru")) < 4 or len(_expressions(concept, "en")) < 3
    ]
    assert short == []


def test_a_concept_says_nothing_twice() -> None:
    for concept in _all_concepts():
        assert _repeated([fold(expression) for expression in _expressions(concept)]) == [], concept["id"]


def test_expressions_are_in_small_letters_with_single_spaces_inside_only() -> None:
    for concept in _all_concepts():
        odd = [said for said in _expressions(concept) if not said or said != " ".join(said.lower().split())]
        assert odd == [], concept["id"]


def test_english_expressions_hold_no_cyrillic_letter_that_looks_latin() -> None:
    for concept in _all_concepts():
        assert [said for said in _expressions(concept, "en") if re.search("[а-яё]", said)] == [], concept["id"]
        mixed = [said for said in _expressions(concept) if re.search(r"[a-z][а-яё]|[а-яё][a-z]", said)]
        assert mixed == [], concept["id"]


def test_no_expression_belongs_to_more_than_four_concepts() -> None:
    counts = Counter(fold(said) for concept in _all_concepts() for said in _expressions(concept))
    assert [said for said, count in counts.items() if count > 4] == []
