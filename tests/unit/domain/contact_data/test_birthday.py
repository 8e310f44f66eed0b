"""Birthdays: read, counted, celebrated."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contact_data.birthday import (
    Birthday,
    LeapDay,
    age_on,
    celebrated_on,
    demand_age,
    earns_gift,
    read_birthday,
)
from bot.domain.errors import InputError, RuleViolationError

TODAY = date(2026, 11, 26)
BORN = Birthday(day=7, month=3, year=1987)
LEAPLING = Birthday(day=29, month=2, year=2008)


def refusal(text: str, *, with_year: bool = True) -> str:
    with pytest.raises(InputError) as caught:
        read_birthday(text, today=TODAY, with_year=with_year)
    assert caught.value.field == "birthday"
    return caught.value.phrase.key


@pytest.mark.parametrize("text", ["07.03.1987", "7.3.1987", " 7/3/1987 ", "07-03-1987", "7 3 1987", "1987-03-07"])
def test_a_birthday_is_read_in_its_usual_forms(text: str) -> None:
    assert read_birthday(text, today=TODAY) == BORN


@pytest.mark.parametrize("text", ["07.03", "7/3", "07.03.1987", "29.02"])
def test_a_year_that_is_not_asked_for_is_not_kept(text: str) -> None:
    assert read_birthday(text, today=TODAY, with_year=False).year is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "завтра",
        "07.03",
        "07.03.87",
        "31.04.1990",
        "29.02.2023",
        "00.01.1990",
        "1.13.1990",
        "07.03.0000",
        "７.3.1987",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert refusal(text) == "contact-birthday-form"


@pytest.mark.parametrize("text", ["", "30.02", "7", "7 марта"])
def test_without_a_year_the_hint_asks_for_none(text: str) -> None:
    assert refusal(text, with_year=False) == "contact-birthday-form-short"


def test_a_day_to_come_and_an_age_that_nobody_has_are_refused() -> None:
    assert refusal("27.11.2026") == "contact-birthday-ahead"
    assert read_birthday("26.11.2026", today=TODAY).year == 2026
    assert refusal("01.01.1905") == "contact-birthday-too-old"


def test_a_year_that_nobody_asked_for_has_to_be_possible_all_the_same() -> None:
    assert refusal("12.12.2030", with_year=False) == "contact-birthday-ahead"
    assert refusal("1700-01-01", with_year=False) == "contact-birthday-too-old"
    assert refusal("29.02.1987", with_year=False) == "contact-birthday-form-short"


@pytest.mark.parametrize(
    ("day", "years"), [(date(2026, 3, 6), 38), (date(2026, 3, 7), 39), (date(1987, 3, 7), 0), (date(2026, 12, 31), 39)]
)
def test_age_grows_on_the_day(day: date, years: int) -> None:
    assert age_on(BORN, day) == years


@pytest.mark.parametrize(("day", "years"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 29), 20)])
def test_who_was_born_on_29_february_is_older_on_1_march(day: date, years: int) -> None:
    assert age_on(LEAPLING, day) == years


@pytest.mark.parametrize("minimum", [14, 18])
def test_the_gate_opens_on_the_birthday(minimum: int) -> None:
    born = Birthday(day=26, month=11, year=2026 - minimum)
    demand_age(born, today=TODAY, minimum=minimum)
    with pytest.raises(RuleViolationError) as caught:
        demand_age(born, today=date(2026, 11, 25), minimum=minimum)
    assert (caught.value.phrase.key, caught.value.phrase.params) == ("contact-too-young", {"years": minimum})


def test_a_gate_below_the_law_or_without_a_year_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="a parent consents"):
        demand_age(BORN, today=TODAY, minimum=13)
    with pytest.raises(ValueError, match="no year"):
        demand_age(Birthday(day=7, month=3), today=TODAY, minimum=18)


def test_29_february_is_celebrated_as_the_programme_says() -> None:
    assert celebrated_on(LEAPLING, 2028) == date(2028, 2, 29)
    assert celebrated_on(LEAPLING, 2026) == date(2026, 2, 28)
    assert celebrated_on(LEAPLING, 2026, LeapDay.LATE) == date(2026, 3, 1)
    assert celebrated_on(BORN, 2026) == date(2026, 3, 7)


def test_a_birthday_told_shortly_before_earns_no_gift() -> None:
    assert earns_gift(known_on=date(2026, 2, 21), celebrated=date(2026, 3, 7))
    assert not earns_gift(known_on=date(2026, 2, 22), celebrated=date(2026, 3, 7))


@given(st.dates(min_value=date(1910, 1, 1), max_value=TODAY))
def test_every_day_that_was_is_read_back(day: date) -> None:
    read = read_birthday(f"{day:%d.%m.%Y}", today=TODAY)
    assert (read.year, read.month, read.day) == (day.year, day.month, day.day)
    assert celebrated_on(read, day.year) == day
    assert 0 <= age_on(read, TODAY) <= 116


@given(st.text(max_size=20) | st.text("0123456789./- ", max_size=12))
def test_reading_never_fails_but_by_a_refusal(text: str) -> None:
    for with_year in (True, False):
        try:
            read_birthday(text, today=TODAY, with_year=with_year)
        except InputError:
            continue
