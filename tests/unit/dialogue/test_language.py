"""Which language people are answered in."""

import pytest

from bot.dialogue.language import detect

CODE = "t=20261126T1117&s=4850.00&fn=9960440301234567&i=123456&fp=3344556677&n=1"


@pytest.mark.parametrize(
    "text", [CODE, f"https://operator.example/check?{CODE}", "DMC-GH2", "A-1", "№ a-15", "in/2026-7"]
)
def test_what_is_no_words_of_a_person_tells_no_language(text: str) -> None:
    assert detect(text) is None


def test_a_letter_that_is_a_word_tells_english() -> None:
    assert detect("i want a camera") == "en"
    assert detect("where is my order A-1?") == "en"
