"""The next question may speak of what was shown."""

import pytest

from bot.domain.answer import AnswerKind
from tests.unit.knowledge.products.kettles import ask, ids, kettles


@pytest.mark.parametrize(
    ("turns", "kind", "offers"),
    [
        (("K-200S", "а сколько он весит?"), AnswerKind.ATTRIBUTE, ["k200s"]),
        (("K-200S", "how much does it weigh?"), AnswerKind.ATTRIBUTE, ["k200s"]),
        (("сколько весит K-200S?", "а GL-5?"), AnswerKind.ATTRIBUTE, ["gl5"]),
        (("K-200S", "а сколько стоит?"), AnswerKind.PRODUCT, ["k200s"]),
        (("K-200", "а чёрный есть?"), AnswerKind.PRODUCT, ["k200b"]),
        (("K-200S", "а подешевле?"), AnswerKind.SELECTION, ["k200w", "k20"]),
        (("GL-5", "есть полегче?"), AnswerKind.SELECTION, ["k20", "k200w", "k200s"]),
        (("K-200", "чем он отличается от GL-5?"), AnswerKind.COMPARISON, ["k200w", "gl5"]),
        (("K-200", "фильтр к нему есть?"), AnswerKind.SELECTION, ["filter"]),
        (("чайник до 4000", "а у второго какой объём?"), AnswerKind.ATTRIBUTE, ["k20"]),
        (("чайник до 4000", "а у второго какой объём?", "назад к первому"), AnswerKind.PRODUCT, ["k200w"]),
        (("чайник до 4000", "and the last one, what colour?"), AnswerKind.ATTRIBUTE, ["k200s"]),
        (("чайник до 4000", "только с подсветкой"), AnswerKind.SELECTION, ["k200w"]),
        (("чайник до 4000", "а подешевле?"), AnswerKind.SELECTION, ["k20", "k200w", "k200s"]),
        (("чайник", "до 1000"), AnswerKind.SELECTION, ["k20"]),
        (("чайник до 4000", "сравни первый и второй"), AnswerKind.COMPARISON, ["k200w", "k20"]),
        (("K-200S", "термос"), AnswerKind.SELECTION, ["t1"]),
        (("K-20", "чем он лучше GL-5?"), AnswerKind.COMPARISON, ["k20", "gl5"]),
        (("K-20 или GL-5", "сколько весит GL-5", "а 20?"), AnswerKind.ATTRIBUTE, ["k20"]),
        (("чайник до 4000", "сколько весит первый", "а второй?"), AnswerKind.ATTRIBUTE, ["k20"]),
        (("чайник 1.7 л", "а с объёмом побольше?"), AnswerKind.SELECTION, ["gl5"]),
        (("чайник до 4000", "мне ещё подсветка нужна"), AnswerKind.SELECTION, ["k200w"]),
        (("K-200S", "дорого, такой же но подешевле нету?"), AnswerKind.SELECTION, ["k200w", "k20"]),
        (("до 1700", "а из термосов?"), AnswerKind.SELECTION, ["t1"]),
        (("чайник, бюджет 1000 максимум",), AnswerKind.SELECTION, ["k20"]),
    ],
)
def test_it_is_understood(turns: tuple[str, ...], kind: AnswerKind, offers: list[str]) -> None:
    answer = ask(*turns)
    assert (answer.meta.kind, sorted(ids(answer))) == (kind, sorted(offers))
    assert ids(answer)[0] == offers[0] or kind is AnswerKind.SELECTION


def test_more_shows_what_was_not_shown() -> None:
    first, second = ask("чайник до 4000"), ask("чайник до 4000", "покажи ещё")
    assert not set(ids(first)) & set(ids(second))


def test_a_new_subject_ends_the_old_one() -> None:
    answer = ask("чайник с подсветкой до 3000", "термосы")
    assert answer.shown is not None
    assert answer.shown.wishes is not None
    assert answer.shown.wishes.wishes == ()


def test_a_wish_that_nothing_shown_can_meet_begins_a_new_subject() -> None:
    answer = ask("термосы", "самый лёгкий с подсветкой")
    assert ids(answer)[0] == "k200w"


@pytest.mark.parametrize("text", ["0", "сколько будет 2+2", "777"])
def test_a_number_that_says_nothing_is_no_wish(text: str) -> None:
    shown = ask("чайник до 4000").shown
    assert kettles().answer(text, shown) is None


def test_a_number_asked_about_is_a_wish() -> None:
    assert ids(ask("чайник до 4000", "а 500 мл?")) == ["k20"]
