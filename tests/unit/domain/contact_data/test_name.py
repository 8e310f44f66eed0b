"""Names that people have, and what is no name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contact_data.name import LONGEST_NAME, name_key, read_name
from bot.domain.errors import InputError


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read_name(text)
    assert caught.value.field == "name"
    return caught.value.phrase.key


@pytest.mark.parametrize(
    "name",
    [
        "Анна",
        "Я",
        "Ivan",
        "Ёжик",
        "Анна-Мария",
        "Салтыков-Щедрин М. Е.",
        "А.С. Пушкин",
        "А. Пушкин",
        "O'Neil",
        "Д’Артаньян",
        "Sammy Davis Jr.",
        "Łukasz Żółć",
        "Nguyễn",
        "Әсел Қайратқызы",
        "Ґалаґан",
        "анна",
    ],
)
def test_names_stay_as_they_are_written(name: str) -> None:
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Анна   Мария\n", "Анна Мария"),
        ("Анна—Мария", "Анна-Мария"),
        ("O`Neil", "O'Neil"),
        ("\u0418\u0306ожик", "Йожик"),
    ],
)
def test_spaces_dashes_and_accents_are_tidied(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀",
        "Анна😀",
        "Анна1",
        "79123456789",
        "-",
        "'",
        "..",
        "-Анна",
        "Анна-",
        "Анна--Мария",
        "@anna",
        "vk.com",
        "a@b.example",
        "Анна, привет",
        "Анна\u200bМария",
        "王",
        "<b>Анна</b>",
        "А" + "\u0301" * 5,
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    assert refusal(text) == "contact-name-letters"


def test_a_name_has_a_longest_length() -> None:
    assert read_name("Я" * LONGEST_NAME)
    assert refusal("Я" * (LONGEST_NAME + 1)) == "contact-name-too-long"


def test_a_long_refusal_takes_no_time() -> None:
    assert refusal("а" * (LONGEST_NAME - 1) + "!") == "contact-name-letters"


def test_one_name_in_two_spellings_has_one_key() -> None:
    assert name_key("Артём О’Нил") == name_key("АРТЕМ  о'нил")
    assert name_key("Артём") != name_key("Артур")


@given(st.text(max_size=80))
def test_what_was_read_is_read_again_alike(text: str) -> None:
    try:
        name = read_name(text)
    except InputError:
        return
    assert read_name(name) == name
