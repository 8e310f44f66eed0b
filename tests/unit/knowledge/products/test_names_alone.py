"""Goods of a feed without params: all that is known of them stands in their names and prices."""

from functools import cache

import pytest

from bot.domain.answer import Answer, AnswerKind
from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer
from bot.domain.pack import Pack
from bot.domain.wishes import Shown
from bot.knowledge.products.build import build_products
from bot.knowledge.products.products import Products
from tests.unit.knowledge.products.kettles import ids

_CATEGORIES = (Category("1", "Кремы"), Category("2", "Для волос"), Category("3", "Мебель"))
_GOODS = (
    ("hands", "1", "Крем для рук Роса Миндаль 75 мл", "Роса", 590),
    ("day", "1", "Крем для лица Роса Дневной SPF 15 50 мл", "Роса", 690),
    ("night", "1", "Крем для лица Роса Ночной 50 мл", "Роса", 790),
    ("nettle", "2", "Шампунь Роса Крапива 400 мл", "Роса", 450),
    ("oak1", "3", "Стул Дуб 1", "", 1000),
    ("oak2", "3", "Стул Дуб 2", "", 2000),
    ("oak3", "3", "Стул Дуб 3", "", 2500),
)


@cache
def _products() -> Products:
    offers = [
        Offer(id=id_, name=name, vendor=vendor, category_ids=(category,), price_kopecks=price * 100)
        for id_, category, name, vendor, price in _GOODS
    ]
    categories = {category.id: category for category in _CATEGORIES}
    catalogue = Catalogue(categories=categories, offers={offer.id: offer for offer in offers})
    return build_products(Pack(brand=Brand(name="Роса"), catalogue=catalogue))


def _ask(text: str, shown: Shown | None = None) -> Answer:
    answer = _products().answer(text, shown)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("крем до 700", AnswerKind.SELECTION, ["hands", "day"]),
        ("крем от 700", AnswerKind.SELECTION, ["night"]),
        ("дневной крем", AnswerKind.PRODUCT, ["day"]),
        ("цена ночного крема", AnswerKind.PRODUCT, ["night"]),
        ("чем отличается дневной крем от ночного", AnswerKind.COMPARISON, ["day", "night"]),
        ("сколько стоит Дуб 3", AnswerKind.PRODUCT, ["oak3"]),
        ("стул дуб 2", AnswerKind.PRODUCT, ["oak2"]),
    ],
)
def test_names_and_prices_are_enough(text: str, kind: AnswerKind, found: list[str]) -> None:
    answer = _ask(text)
    assert (answer.meta.kind, sorted(ids(answer))) == (kind, sorted(found))


def test_a_number_that_no_price_is_like_is_said_to_be_left_out() -> None:
    answer = _ask("крем до 7")
    assert answer.goods is not None
    assert getattr(answer.goods, "ignored", ()) != ()


def test_a_thing_named_twice_is_not_compared_with_itself() -> None:
    answer = _ask("ночной крем ночной крем")
    assert answer.meta.kind is AnswerKind.PRODUCT
