"""thesaurus.yaml: concepts of the brand's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import Concept
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.thesaurus import read_thesaurus
from tests.unit.knowledge.pack.noted import noted


def read(text: str) -> tuple[tuple[Concept, ...], list[str]]:
    check = Check("thesaurus.yaml")
    return read_thesaurus(text, check), noted(check)


def test_a_concept_has_words_in_any_language() -> None:
    text = "- id: hum\n  ru: [гудит, шумит]\n  en: [it hums]\n- id: leak\n  ru: [течёт]"
    assert read(text) == ((Concept("hum", ("гудит", "шумит", "it hums")), Concept("leak", ("течёт",))), [])


def test_no_text_means_no_concepts() -> None:
    assert read("# later") == ((), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hum: [a]", "1 error not-a-list"),
        ("- hum", "1 error not-a-concept"),
        ("- ru: [a]", "1 error missing"),
        ("- {id: hum}", "1 warning empty-concept"),
        ("- {id: hum, de: [brummt], ru: [a]}", "1 warning unknown-key"),
        ("- {id: hum, ru: [[a]]}", "1 error not-text"),
    ],
)
def test_a_problem_has_its_line(text: str, problem: str) -> None:
    assert problem in read(text)[1]


@given(st.text(max_size=80))
def test_nothing_written_makes_the_reader_fail(text: str) -> None:
    read(text)
    read(f"- {{id: a, ru: [{text}]}}")
