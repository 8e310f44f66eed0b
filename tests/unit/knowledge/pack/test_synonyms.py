"""synonyms.yaml: groups of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.pack.check import Check
from bot.knowledge.pack.synonyms import read_synonyms
from tests.unit.knowledge.pack.noted import noted


def read(text: str) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    check = Check("synonyms.yaml")
    return read_synonyms(text, check), noted(check)


def test_groups_are_lists() -> None:
    assert read("- [телек, телевизор]\n- [рыбий глаз, фишай]") == (
        (("телек", "телевизор"), ("рыбий глаз", "фишай")),
        [],
    )


def test_the_name_of_a_group_belongs_to_it() -> None:
    assert read("GH2: [джи аш два, гашка]") == ((("GH2", "джи аш два", "гашка"),), [])


def test_no_text_means_no_groups() -> None:
    assert read("") == ((), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("text", "1 error not-a-list"),
        ("- [a, b]\n- c, d", "2 error not-a-list"),
        ("- [a, b]\n- [c]", "2 warning lonely-word"),
        ("- [ёлка, Елка]", "1 warning lonely-word"),
        ("- [a, b]\n- [c, A]", "2 warning repeated-word"),
        ("- [a, 5]", "1 warning unquoted"),
        ("- [a, [b]]", "1 error not-text"),
        ("a: [b]\na: [c]", "2 warning repeated-key"),
        ("- [a, b", "1 error bad-yaml"),
    ],
)
def test_a_problem_has_its_line(text: str, problem: str) -> None:
    assert problem in read(text)[1]


@given(st.text(max_size=80))
def test_nothing_written_makes_the_reader_fail(text: str) -> None:
    read(text)
    read(f"- [a, {text}]")
