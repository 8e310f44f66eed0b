"""What is allowed in a pack and yet gives worse answers."""

from collections.abc import Mapping, Sequence

import pytest

from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.knowledge.pack.advice import Ranked, advise

A = FaqEntry(id="a", questions=("one", "two", "three"), answers={"ru": "A"})
B = FaqEntry(id="b", questions=("four", "five"), answers={"ru": "B"})
PLACES = {("a", "one"): ("faq.yaml", 2), ("a", "two"): ("faq.yaml", 4), ("b", "four"): ("learned.yaml", 7)}
CLEAR = {"one": {"a": 9.0, "b": 3.0}, "two": {"a": 9.0}, "three": {"a": 9.0}, "four": {"b": 9.0}, "five": {"b": 9.0}}


def ranking(found: Mapping[str, Mapping[str, float]]) -> Ranked:
    def ranked(question: str) -> Sequence[tuple[str, float]]:
        return sorted(found[question].items(), key=lambda each: -each[1])

    return ranked


def faq_advice(changed: Mapping[str, Mapping[str, float]]) -> list[str]:
    pack = Pack(brand=Brand(name="A"), faq={"a": A, "b": B})
    problems = advise(pack, ranking({**CLEAR, **changed}), PLACES)
    return [f"{problem.file}:{problem.line} {problem.kind}" for problem in problems]


def param_advice(*values: str, category: str = "1", unit: str = "") -> list[str]:
    offers = {
        str(number): Offer(id=str(number), name="A", category_ids=(category,), params=(Param("Вес", value, unit),))
        for number, value in enumerate(values)
    }
    catalogue = Catalogue(categories={"1": Category("1", "Чайники")}, offers=offers)
    return [problem.text for problem in advise(Pack(brand=Brand(name="A"), catalogue=catalogue), ranking({}), {})]


def test_entries_that_find_themselves_are_fine() -> None:
    assert faq_advice({}) == []


def test_a_question_that_finds_another_entry_first_is_told_with_its_line() -> None:
    assert faq_advice({"two": {"a": 3.0, "b": 9.0}}) == ["faq.yaml:4 hidden-question"]
    assert faq_advice({"four": {"a": 9.0}}) == ["learned.yaml:7 hidden-question"]


def test_one_question_that_is_nearly_anothers_is_no_trouble() -> None:
    assert faq_advice({"one": {"a": 9.0, "b": 8.9}}) == []


def test_entries_that_nobody_can_tell_apart_are_told_once() -> None:
    alike = {"one": {"a": 9.0, "b": 8.9}, "two": {"a": 8.0, "b": 9.0}}
    assert faq_advice(alike) == ["faq.yaml:2 alike-entries"]
    both = {question: {"a": 9.0, "b": 9.0} for question in CLEAR}
    assert faq_advice(both) == ["faq.yaml:2 alike-entries"]


def test_one_question_that_two_entries_have_is_told() -> None:
    once = FaqEntry(id="a", questions=("one",), answers={"ru": "A"})
    again = FaqEntry(id="b", questions=("four",), answers={"ru": "B"})
    same = ranking({"one": {"a": 9.0, "b": 9.0}, "four": {"a": 9.0, "b": 9.0}})
    problems = advise(Pack(brand=Brand(name="A"), faq={"a": once, "b": again}), same, PLACES)
    assert [f"{problem.file}:{problem.line} {problem.kind}" for problem in problems] == ["faq.yaml:2 alike-entries"]


def test_a_param_with_a_unit_is_a_number_wherever_it_is() -> None:
    [text] = param_advice("1.5", "лёгкий", unit="кг")
    assert "is a number in 1 offers and words in 1" in text


def test_a_param_that_is_a_number_here_and_words_there_is_told_with_an_example() -> None:
    [text] = param_advice("1.5", "~2", "3 кг", "лёгкий")
    assert "“Вес” in “Чайники” is a number in 3 offers and words in 1, such as “лёгкий” of offer 3" in text


@pytest.mark.parametrize(
    "values",
    [
        ("1", "2", "3"),
        ("лёгкий", "тяжёлый"),
        ("1", "лёгкий"),
        ("1", "2", "3", "до 5"),
        ("1", "2", "3", "да", "нет", "нет"),
    ],
)
def test_params_of_one_kind_are_fine(values: tuple[str, ...]) -> None:
    assert param_advice(*values) == []
