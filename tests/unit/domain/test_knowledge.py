"""An FAQ entry is asked about and answered in the reader's language."""

import pytest

from bot.domain.knowledge import FaqEntry


@pytest.mark.parametrize(
    ("questions", "language", "expected"),
    [
        (("Где заказ?", "Where is it?", "track it"), "ru", "Где заказ?"),
        (("Где заказ?", "Where is it?", "track it"), "en", "Where is it?"),
        (("Where is it?", "Где заказ?"), "ru", "Где заказ?"),
        (("Где заказ?", "DLNA на виере", "DLNA"), "en", "DLNA"),
        (("Где заказ?",), "en", "Где заказ?"),
        (("Where is it?",), "ru", "Where is it?"),
    ],
)
def test_a_question_is_the_first_in_the_language(questions: tuple[str, ...], language: str, expected: str) -> None:
    assert FaqEntry(id="a", questions=questions, answers={"ru": "б"}).question(language) == expected
