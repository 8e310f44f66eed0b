"""faq.yaml: entries, and what is told about the broken ones."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import FaqButton, FaqEntry
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.faq import read_faq
from tests.unit.knowledge.pack.noted import noted

FULL = """\
# comment
- id: delivery
  questions:
    - Сколько стоит доставка?
    - How much?
  answer: >-
    Бесплатно,
    всегда.
  answer_en: Free
  buttons:
    - {label: Сайт, label_en: Site, url: "https://x.example"}
    - {label: Сроки, ask: Когда привезут?}
"""


def read(text: str, languages: tuple[str, ...] = ("ru", "en")) -> tuple[Mapping[str, FaqEntry], list[str]]:
    check = Check("faq.yaml")
    return read_faq(text, check, languages=languages, known_languages=("ru", "en")), noted(check)


def entry(**changed: str) -> str:
    """Write one entry; a value replaces the lines of its key, an empty one removes them."""
    lines = {"id": "- id: a", "questions": "  questions: [b]", "answer": "  answer: c"} | changed
    return "\n".join(line for line in lines.values() if line)


def test_everything_is_read() -> None:
    entries, problems = read(FULL)
    assert problems == []
    assert entries["delivery"] == FaqEntry(
        id="delivery",
        questions=("Сколько стоит доставка?", "How much?"),
        answers={"ru": "Бесплатно, всегда.", "en": "Free"},
        buttons=(
            FaqButton(label="Сайт", label_en="Site", url="https://x.example"),
            FaqButton(label="Сроки", ask="Когда привезут?"),
        ),
    )


@pytest.mark.parametrize("text", ["", "# only a comment", "[]", "null"])
def test_an_empty_file_has_no_entries(text: str) -> None:
    assert read(text) == ({}, [])


def test_the_answer_is_in_the_first_language_of_the_brand() -> None:
    entries, problems = read(entry(extra="  answer_ru: д"), ("en", "ru"))
    assert (entries["a"].answers, problems) == ({"en": "c", "ru": "д"}, [])


def test_the_answer_may_name_its_language() -> None:
    entries, problems = read(entry(answer="  answer_ru: д"))
    assert (entries["a"].answers, problems) == ({"ru": "д"}, [])


def test_what_looks_like_a_number_stays_as_written() -> None:
    entries, problems = read(entry(answer="  answer: 007"))
    assert (entries["a"].answers["ru"], problems) == ("007", ["3 warning unquoted"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id: a", "1 error not-a-list"),
        ("just text", "1 error not-a-list"),
        ("- just text", "1 error not-an-entry"),
        (entry(id="- id:"), "1 error missing"),
        (entry(id="- id: доставка"), "1 error bad-id"),
        (entry(id="- id: " + "a" * 51), "1 error bad-id"),
        (entry(id="- id: [a]"), "1 error not-text"),
        (entry(questions=""), "1 error missing"),
        (entry(questions="  questions: []"), "2 error missing"),
        (entry(questions="  questions: how?"), "2 warning not-a-list"),
        (entry(questions="  questions:\n    - b\n    -"), "4 warning empty-text"),
        (entry(questions="  questions:\n    - b\n    - 5"), "4 warning unquoted"),
        (entry(questions="  questions:\n    - b\n    - [c]"), "4 error not-text"),
        (entry(questions="  questions: {b: c}"), "2 error not-a-list"),
        (entry(questions=f"  questions:\n    - {'l' * 41}\n    - short"), "3 warning long-question"),
        (entry(questions=f"  questions:\n    - {'д' * 41}\n    - short"), "3 warning long-question"),
        (entry(questions=f"  questions:\n    - да\n    - {'l' * 41}"), "4 warning long-question"),
        (entry(answer=""), "1 error missing"),
        (entry(answer="  answer: ' '"), "3 error missing"),
        (entry(answer="  answer: yes"), "3 warning unquoted"),
        (entry(answer=f"  answer: {'long ' * 4000}"), "3 warning too-long"),
        (entry(more="  answer_em: d"), "4 warning unknown-key"),
        (entry(more="  answer: d"), "4 warning repeated-key"),
        (entry(more="  buttons: {label: b}"), "4 error not-a-list"),
        (entry(more="  buttons:\n    - text"), "5 error not-a-button"),
        (entry(more="  buttons:\n    - {url: 'https://x.example'}"), "5 error missing"),
        (entry(more="  buttons:\n    - label: b"), "5 error bad-button"),
        (entry(more="  buttons:\n    - {label: b, ask: c, url: 'https://x.example'}"), "5 error bad-button"),
        (entry(more="  buttons:\n    - {label: b, url: 'javascript:alert(1)'}"), "5 error bad-url"),
        (entry(more="  buttons:\n    - {label: b, ask: c, colour: red}"), "5 warning unknown-key"),
        (entry() + "\n" + entry(questions="  questions: [d]"), "4 error repeated-id"),
        (entry() + "\n" + entry(id="- id: d", questions="  questions: ['B ']"), "5 warning repeated-question"),
        ("- id: [", "1 error bad-yaml"),
        ("- id: a\n  questions: [b\n  answer: c", "3 error bad-yaml"),
        ("- id: a\x07", "1 error bad-yaml"),
        ("- &a [b]\n- *a", "2 error yaml-alias"),
        ("- id: !!python/object/apply:os.system [ls]", "1 error yaml-tag"),
        ("- id: a\n---\n- id: b", "2 error yaml-document"),
        ("- [a]: b", "1 error yaml-key"),
        ("[" * 100, "1 error yaml-depth"),
    ],
)
def test_a_problem_has_its_line(text: str, problem: str) -> None:
    _, problems = read(text)
    assert problem in problems


def test_a_list_in_a_list_without_end_is_refused_by_whoever_counts_first() -> None:
    _, problems = read("[" * 100_000)
    assert problems in (["1 error yaml-depth"], ["1 error bad-yaml"])  # newer YAML libraries count themselves


def test_only_questions_shown_on_buttons_must_be_short() -> None:
    questions = f"  questions: [{'д' * 40}, {'l' * 40}, {'д' * 99}, {'l' * 99}]"
    assert read(entry(questions=questions))[1] == []
    assert read(entry(questions=f"  questions: [{'д' * 40}, {'l' * 99}]"), ("ru",))[1] == []


def test_a_broken_entry_leaves_the_others() -> None:
    entries, _ = read(entry(answer="") + "\n" + entry(id="- id: b"))
    assert list(entries) == ["b"]


def test_a_repeated_question_names_both_entries() -> None:
    check = Check("faq.yaml")
    text = entry() + "\n" + entry(id="- id: second")
    read_faq(text, check, languages=("ru",), known_languages=("ru", "en"))
    assert "faq entry second" in check.problems[0].text
    assert "faq entry a" in check.problems[0].text


@given(st.text(max_size=80))
def test_nothing_written_makes_the_reader_fail(text: str) -> None:
    read(text)
    read(FULL + text)
    read(entry(answer=f"  answer: {text}"))


@given(st.text(alphabet="-:[]{}&*!|>'\"#%@` \n\tab0", max_size=60))
def test_no_marks_of_yaml_make_the_reader_fail(text: str) -> None:
    read(text)
