"""Numbers of cards: made, shown, read back, and never mistaken for another."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InputError
from bot.domain.loyalty.card import SERIAL_BOUND, CardNumber, card_number, check_digit, grouped, read_card

PREFIX = "27"
NUMBERS = st.integers(0, SERIAL_BOUND - 1).map(lambda serial: card_number(PREFIX, serial))


def refusal(text: str) -> tuple[str, int | str | None]:
    with pytest.raises(InputError) as caught:
        read_card(text, prefix=PREFIX)
    assert caught.value.field == "card"
    return caught.value.phrase.key, caught.value.phrase.params.get("given")


def test_the_check_digit_is_that_of_the_literature() -> None:
    assert check_digit("572") == "4"
    assert check_digit("5724") == "0"


@given(NUMBERS)
def test_a_number_is_read_back_as_it_is_shown(number: CardNumber) -> None:
    assert re.fullmatch(r"27 \d{4} \d{4} \d{3}", grouped(number))
    assert read_card(grouped(number), prefix=PREFIX) == number


@given(NUMBERS, st.integers(0, 12), st.integers(1, 9))
def test_a_wrong_digit_is_always_found(number: CardNumber, place: int, by: int) -> None:
    wrong = (int(number[place]) + by) % 10
    assert refusal(f"{number[:place]}{wrong}{number[place + 1 :]}")[0] == "card-mistyped"


@given(NUMBERS, st.integers(0, 11))
def test_two_swapped_neighbours_are_always_found(number: CardNumber, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert refusal(swapped)[0] == "card-mistyped"


NUMBER = card_number(PREFIX, 1_002_003_014)


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"  {NUMBER}\n",
        "-".join(NUMBER),
        NUMBER.replace("0", "O").replace("1", "l"),
        NUMBER.replace("0", "о"),  # the Russian letter
        f"{NUMBER[:7]}\u00a0–{NUMBER[7:]}",
    ],
)
def test_usual_ways_to_type_a_number_are_read(text: str) -> None:
    assert read_card(text, prefix=PREFIX) == NUMBER


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("", 0),
        ("нет", 0),
        (NUMBER[:-1], 12),
        (NUMBER + "0", 14),
        (NUMBER[:-1] + "x", 12),
        ("２" * 13, 0),
        ("1" * 99, 0),
    ],
)
def test_what_has_not_13_digits_is_told_how_many_it_has(text: str, given: int) -> None:
    assert refusal(text) == ("card-length", given)


def test_a_card_of_another_programme_is_called_so() -> None:
    assert refusal(card_number("28", 5))[0] == "card-foreign"


@pytest.mark.parametrize(
    ("prefix", "serial"), [("2", 1), ("277", 1), ("x7", 1), ("２7", 1), ("27", -1), ("27", SERIAL_BOUND)]
)
def test_impossible_cards_are_a_mistake_of_the_program(prefix: str, serial: int) -> None:
    with pytest.raises(ValueError, match="a prefix of two digits"):
        card_number(prefix, serial)
