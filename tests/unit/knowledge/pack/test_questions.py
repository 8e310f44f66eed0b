"""Question files."""

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.evaluation import Asked, Case, Expected
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.questions import read_questions
from tests.unit.knowledge.pack.noted import noted

FILE = """
- id: delivery-1
  turns:
    - ask: "скока стоит доставка"
      kind: faq
      sources: ["faq:delivery"]
      text: "300"
- id: cheaper
  turns:
    - ask: чайник
    - ask: а подешевле?
      kind: [selection, product]
"""


def read(text: str) -> tuple[list[Case], list[str]]:
    """Read a file; return the cases and the problems."""
    check = Check("q.yaml")
    return list(read_questions(text, check)), noted(check)


def test_cases_are_read_as_written() -> None:
    cases, problems = read(FILE)
    assert problems == []
    delivery = Expected(kinds=(AnswerKind.FAQ,), sources=("faq:delivery",), texts=("300",))
    cheaper = Expected(kinds=(AnswerKind.SELECTION, AnswerKind.PRODUCT))
    assert cases == [
        Case(id="delivery-1", turns=(Asked(text="скока стоит доставка", expected=delivery),)),
        Case(id="cheaper", turns=(Asked(text="чайник"), Asked(text="а подешевле?", expected=cheaper))),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id: a", "1 error not-a-list"),
        ("- a", "1 error not-a-case"),
        ("- id: a", "1 error missing"),
        ("- id: a\n  turns: []", "2 error missing"),
        ("- id: a\n  turns:\n    - ask: b", "2 error missing"),
        ("- id: a\n  turns:\n    - kind: faq", "3 error missing"),
        ("- id: a\n  turns:\n    - {ask: b, kind: fact}", "3 error bad-kind"),
        ("- id: a\n  turns:\n    - {ask: b, kind: faq, sources: [delivery]}", "3 error bad-source"),
        ("- id: a\n  turns:\n    - {ask: b, kind: faq, source: c}", "3 warning unknown-key"),
        (FILE + FILE, "14 error repeated-id"),
    ],
)
def test_a_problem_has_its_line(text: str, problem: str) -> None:
    _, problems = read(text)
    assert problem in problems


def test_a_case_with_an_error_is_left_out_and_the_others_stay() -> None:
    cases, _ = read("- id: a\n  turns:\n    - {ask: b, kind: fact}" + FILE)
    assert [case.id for case in cases] == ["delivery-1", "cheaper"]
