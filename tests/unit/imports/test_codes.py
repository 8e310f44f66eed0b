"""Codes of the marketing: what a file may have, and what is said of what it may not."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.loyalty.card import card_number
from bot.imports.codes import read_promo, read_voucher_codes

MOSCOW = ZoneInfo("Europe/Moscow")
HEAD = "code;points;campaign;from;until;limit;first_purchase"


def test_a_code_is_read_with_all_its_terms() -> None:
    read = read_promo(f"{HEAD}\nвесна-26;100;spring;01.03.2026;2026-03-31;5;yes\n".encode("cp1251"), MOSCOW)
    (promo,) = read.codes
    assert read.problems == []
    assert (promo.code, promo.points, promo.campaign, promo.limit) == ("ВЕСНА26", 100, "spring", 5)
    assert promo.since == datetime(2026, 2, 28, 21, tzinfo=UTC)
    assert promo.until == datetime(2026, 3, 31, 21, tzinfo=UTC)
    assert promo.is_first_purchase


def test_a_code_may_be_for_one_member_alone() -> None:
    read = read_promo(b"code;points;card\nmine;10;27 0000 0000 014\nall;10;\nbad;10;27\n", MOSCOW)
    assert read.cards == {"MINE": (2, card_number("27", 1))}
    assert [(line, words.startswith('the column "card"')) for line, words in read.problems] == [(4, True)]


def test_two_columns_are_enough_in_any_dialect() -> None:
    for delimiter in ",;\t":
        read = read_promo(f"\ufeffcode{delimiter}points\nA1{delimiter}10\n".encode(), MOSCOW)
        assert [(promo.code, promo.limit, promo.until) for promo in read.codes] == [("A1", None, None)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (";100;;;;;", "empty"),
        ("A;;;;;;", "points"),
        ("A;-5;;;;;", "points"),
        ("A;0;;;;;", "points"),
        ("A;10;;31/12/2026;;;", "a day is written"),
        ("A;10;;;9999-12-31;;", "for ever is an empty field"),
        ("A;10;;0001-01-01;;;", "a day is of the years"),
        ("A;10;;2026-12-31;2026-12-01;;", "until is before from"),
        ("A;10;;;;many;", "limit"),
        ("A;10;;;;;maybe", "yes or no"),
        (f"{'A' * 41};10;;;;;", "at most 40"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_and_the_others_are_taken(line: str, says: str) -> None:
    read = read_promo(f"{HEAD}\n{line}\nB;10;;;;;\nb;20;;;;;\n".encode(), MOSCOW)
    assert [promo.code for promo in read.codes] == ["B"]
    assert [number for number, _ in read.problems] == [2, 4]
    assert says in read.problems[0][1]


def test_voucher_codes_stand_one_a_line() -> None:
    read = read_voucher_codes(b"code\r\nab-1\r\n\r\nAB-1\r\n cd-2;\n")
    assert (read.codes, read.problems) == (["AB-1", "CD-2"], [])
    assert read_voucher_codes(b"").codes == []


def test_a_voucher_code_that_no_button_carries_is_told() -> None:
    read = read_voucher_codes(f"{'A' * 49}\n{'B' * 50}\n{'Ж' * 25}\n".encode())
    assert read.codes == ["A" * 49]
    assert [line for line, _ in read.problems] == [2, 3]
