"""Goods may be called by words, and the words and numbers beside them tell which are meant."""

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.goods_answers import AttributeAnswer, MissingAnswer, SelectionAnswer
from tests.unit.knowledge.products.kettles import ids
from tests.unit.knowledge.products.wheels import ask


@pytest.mark.parametrize(
    ("text", "offer", "value"),
    [
        ("сколько весит Скала 500?", "s500-17", "13.6 кг"),
        ("вес скалы 700", "s700", "12.1 кг"),
        ("сколько весит бульвар", "city", "15.2 кг"),
        ("вес бульвар леди", "lady", "14.9 кг"),
        ("из чего сделаны ботинки тайга", "Тайга-чёрный-41", "натуральная кожа"),
        ("ctpjy rhjccjdjr cntgm", "Степь-чёрный-41", "лето"),
    ],
)
def test_a_thing_is_known_by_the_words_of_its_name(text: str, offer: str, value: str) -> None:
    found = ask(text).goods
    assert isinstance(found, AttributeAnswer)
    assert (found.items[0].offer.id, found.items[0].facts[0].value) == (offer, value)


@pytest.mark.parametrize(
    ("text", "kind", "offers"),
    [
        ("чем отличается скала 500 от скалы 700", AnswerKind.COMPARISON, ["s500-17", "s700"]),
        ("бульвар или бульвар леди", AnswerKind.COMPARISON, ["city", "lady"]),
        ("велосипеды скала", AnswerKind.SELECTION, ["s500-17", "s700"]),
        ("ботинки тайга 43 белые есть?", AnswerKind.PRODUCT, ["Тайга-белый-43"]),
        ("есть тайга 42?", AnswerKind.PRODUCT, ["Тайга-чёрный-42"]),
        ("кожаные ботинки", AnswerKind.SELECTION, ["Тайга-чёрный-41"]),
        ("зимняя обувь", AnswerKind.SELECTION, ["Тайга-чёрный-41"]),
        ("кроссовки 42", AnswerKind.SELECTION, ["Степь-чёрный-42"]),
        ("велик дешевле 25000", AnswerKind.SELECTION, ["city"]),
        ("футболка парус", AnswerKind.PRODUCT, ["Парус-S"]),
        ("футболка парус размер м", AnswerKind.PRODUCT, ["Парус-M"]),
        ("футболка slim fit xl", AnswerKind.PRODUCT, ["Slim Fit-XL"]),
        ("футболка слим фит L", AnswerKind.PRODUCT, ["Slim Fit-L"]),
        ("футболки xs", AnswerKind.SELECTION, ["Slim Fit-XS", "Парус-XS"]),
        ("велосипед на рост 175 см", AnswerKind.SELECTION, ["s700"]),
        ("шлем на голову 56 см", AnswerKind.ATTRIBUTE, ["helmet"]),
        ("багажник для скала 500", AnswerKind.SELECTION, ["rack"]),
        ("какая покрышка подойдёт на Скала 700", AnswerKind.SELECTION, ["t29"]),
        ("покрышка для бульвара", AnswerKind.SELECTION, ["t28"]),
    ],
)
def test_goods_are_told_apart_by_what_is_said_of_them(text: str, kind: AnswerKind, offers: list[str]) -> None:
    answer = ask(text)
    assert (answer.meta.kind, ids(answer)[: len(offers)]) == (kind, offers)


def test_a_model_that_the_series_does_not_have_is_missing() -> None:
    found = ask("скала 900 есть?").goods
    assert isinstance(found, MissingAnswer)
    assert {offer.name.partition(",")[0] for offer in found.near} >= {"Велосипед горный Ветер Скала 700"}


def test_a_colour_that_additions_have_as_well_joins_nothing() -> None:
    assert "offer:helmet" not in ask("что подходит к степь").meta.sources


@pytest.mark.parametrize("text", ["двухподвесный велосипед", "велосипед на 900 вольт"])
def test_what_made_no_wish_is_said(text: str) -> None:
    found = ask(text).goods
    assert isinstance(found, SelectionAnswer)
    assert found.ignored


@pytest.mark.parametrize(
    ("turns", "offers"),
    [
        (("кроссовки 42", "а белые?"), ["Степь-белый-42"]),
        (("есть тайга 42?", "а 43?"), ["Тайга-чёрный-43"]),
        (("сколько весит скала 500", "а бульвар?", "чем они отличаются?"), ["s500-17", "city"]),
        (("скала 500", "а полегче?"), ["s700"]),
    ],
)
def test_the_talk_goes_on_about_the_same_size_and_the_same_things(turns: tuple[str, ...], offers: list[str]) -> None:
    assert ids(ask(*turns))[: len(offers)] == offers


@pytest.mark.parametrize(
    ("turns", "kind", "offers"),
    [
        (("чем отличается бульвар от бульвар леди", "что из них дешевле?"), AnswerKind.COMPARISON, ["city", "lady"]),
        (("велосипеды до 50 тысяч", "а только городские"), AnswerKind.SELECTION, ["lady", "city"]),
        (("велосипеды", "самый дешёвый", "самый лёгкий"), AnswerKind.SELECTION, ["s700"]),
        (("скала 700", "покажи похожие"), AnswerKind.SELECTION, ["s500-17"]),
        (("покрышки дешевле 2000 для бульвара",), AnswerKind.SELECTION, ["t28"]),
    ],
)
def test_what_was_shown_is_what_is_meant(turns: tuple[str, ...], kind: AnswerKind, offers: list[str]) -> None:
    answer = ask(*turns)
    assert (answer.meta.kind, ids(answer)[: len(offers)]) == (kind, offers)
