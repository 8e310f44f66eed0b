"""Reviews, quizzes and polls from a file: what can be taken, and what is said of what cannot."""

import pytest

from bot.domain.loyalty.card import CardNumber, card_number, grouped
from bot.domain.loyalty.program import RuleKind
from bot.imports.happenings import read_happenings
from bot.services.club.happenings import Happening

CARD = card_number("27", 1)
HEAD = "card;kind;occasion;product\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_line_is_read_however_it_is_written(encoding: str) -> None:
    read = read_happenings(f"{HEAD}{grouped(CARD)}; Review ;отзыв 7;p1\n".encode(encoding))
    happening = Happening(card=CardNumber(CARD), kind=RuleKind.REVIEW, occasion="отзыв 7", product="p1")
    assert (read.told, read.problems) == ([(2, happening)], [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"{CARD[:-1]}0;review;1;", "expected the number of a card"),
        (f"{CARD};birthday;1;", "the kind is one of review, quiz, poll"),
        (f"{CARD};quiz;;", "the occasion is missing"),
        (f"{CARD};quiz", "the occasion is missing"),
        (f"{CARD};quiz;{'x' * 65};", "the occasion is longer"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_and_the_others_are_taken(line: str, problem: str) -> None:
    read = read_happenings(f"{HEAD}{line}\n{CARD};poll;2;\n".encode())
    assert [each.occasion for _, each in read.told] == ["2"]
    [(number, told)] = read.problems
    assert (number, told.startswith(problem)) == (2, True), told


def test_a_file_without_the_columns_is_told() -> None:
    for content in (b"", b"a;b\n1;2\n"):
        [(_, told)] = read_happenings(content).problems
        assert told.startswith("there is no column card, kind, occasion")
