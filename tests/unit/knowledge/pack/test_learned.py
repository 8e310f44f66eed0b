"""learned.yaml: what people's own words add to the FAQ."""

from datetime import UTC, datetime

from bot.domain.knowledge import FaqEntry, Lesson
from bot.knowledge.pack.check import Check
from bot.knowledge.pack.learned import merge, read_lessons
from tests.unit.knowledge.pack.noted import noted

DELIVERY = FaqEntry(id="delivery", questions=("Сколько стоит доставка?",), answers={"ru": "300"})
TERM = FaqEntry(id="term", questions=("Срок доставки", "When?"), answers={"ru": "Два дня"})
FAQ = {entry.id: entry for entry in (DELIVERY, TERM)}
TEXT = """\
- faq: delivery
  questions: ["почём привезти", "how much to bring", "почём привезти"]
  by: ann
  at: 2026-11-23T12:00:00+00:00
- {faq: term, questions: ["скоро ли"], at: 2026-11-23}
"""


def test_lessons_are_read_with_their_lines() -> None:
    check = Check("learned.yaml")
    first, second = read_lessons(TEXT, check)
    assert noted(check) == []
    assert first == (
        Lesson(
            faq="delivery",
            questions=("почём привезти", "how much to bring", "почём привезти"),
            by="ann",
            at=datetime(2026, 11, 23, 12, tzinfo=UTC),
        ),
        1,
    )
    assert (second[0].at, second[1]) == (datetime(2026, 11, 23, tzinfo=UTC), 5)


def test_phrasings_count_for_their_entry_and_are_not_shown() -> None:
    check = Check("learned.yaml")
    merged = merge(FAQ, read_lessons(TEXT, check), check)
    delivery = merged["delivery"]
    assert delivery.questions == ("Сколько стоит доставка?", "почём привезти", "how much to bring")
    assert delivery.question("en") == "Сколько стоит доставка?"
    assert merged["term"].question("en") == "When?"
    assert noted(check) == []


def test_an_entry_that_is_not_there_is_a_warning() -> None:
    check = Check("learned.yaml")
    assert merge(FAQ, read_lessons("- {faq: deliver, questions: [a]}", check), check) == FAQ
    assert noted(check) == ["1 warning unknown-faq"]
    assert "did you mean delivery?" in check.problems[0].text


def test_a_phrasing_of_another_entry_is_a_warning() -> None:
    check = Check("learned.yaml")
    merge(FAQ, read_lessons("- {faq: term, questions: [сколько стоит ДОСТАВКА?]}", check), check)
    assert noted(check) == ["1 warning repeated-question"]


def test_what_is_wrong_is_told_by_line() -> None:
    for text, problems in {
        "a: b": ["1 error not-a-list"],
        "- a": ["1 error not-a-lesson"],
        "- {questions: [a]}": ["1 error missing"],
        "- {faq: a}": ["1 error missing"],
        "- {faq: a, questions: [b], at: soon, who: c}": ["1 warning bad-time", "1 warning unknown-key"],
        "": [],
        "# nothing yet": [],
    }.items():
        check = Check("learned.yaml")
        read_lessons(text, check)
        assert noted(check) == problems, text
