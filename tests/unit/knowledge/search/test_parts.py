"""Words, numbers and models are told apart."""

import pytest

from bot.knowledge.search.text.morphology import lemma
from bot.knowledge.search.text.parts import joins, may_join, spellings, split
from bot.knowledge.search.text.terms import models_of, phrasing_of, terms_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Чайник на 1,7 л", ["чайник", "на", "1.7", "л"]),
        ("AB-12C", ["ab", "12", "c"]),
        ("ab12c", ["ab12c"]),
        ("30см", ["30", "см"]),
        ("пишите на a@b.example или https://b.example/page1", ["пишите", "на", "или"]),
        ("...", []),
    ],
)
def test_a_text_is_split_into_words_and_numbers(text: str, parts: list[str]) -> None:
    assert [part.text for part in split(text)] == parts


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("ab 12", {"ab12"}),
        ("ab-12", {"ab12"}),
        ("ab-12c", {"ab12c"}),
        ("ab, 12", set()),
        ("usb-c", {"usbc"}),
        ("через 15 минут", set()),
    ],
)
def test_what_may_be_one_word_is_joined(text: str, joined: set[str]) -> None:
    parts = split(text)
    assert {word for at in range(len(parts)) for _, word in joins(parts, at)} - {"12c"} == joined


@pytest.mark.parametrize(
    "text", ["ab 12", "ab-12", "ab12c", "usb-c", "через 15 минут", "до 5 л", "кот и пёс", "X-AB12C"]
)
def test_what_cannot_be_joined_at_first_sight_is_not_joined(text: str) -> None:
    parts = split(text)
    assert [at for at in range(len(parts)) if next(joins(parts, at), None) and not may_join(parts, at)] == []


def test_russian_letters_in_a_model_are_read_by_look_sound_and_key() -> None:
    assert "k200" in spellings("к200")
    assert "gh2" in spellings("гх2")
    assert "gh2" in spellings("пр2")


def test_a_longer_model_does_not_hold_the_shorter() -> None:
    assert "ab12" not in terms_of("AB-12C")
    assert {"ab12c", "xab12c"} <= models_of("X-AB12C")


def test_quantities_name_no_product() -> None:
    assert models_of("500 мл, 4K, 3D, 220v") == frozenset()


def test_terms_leave_out_what_says_nothing_and_phrasings_keep_it() -> None:
    assert terms_of("Как вернуть заказы?") == ("вернуть", "заказ")
    assert phrasing_of("Как вернуть заказы?") == ("как", "вернуть", "заказ")


@pytest.mark.parametrize(
    ("form", "expected"), [("большим", "большой"), ("больших", "большой"), ("большего", "больший")]
)
def test_a_form_of_two_words_is_of_the_commoner_one(form: str, expected: str) -> None:
    assert lemma(form) == expected
