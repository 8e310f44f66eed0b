"""Units of two words, as people say them, are those that feeds abbreviate."""

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.goods_answers import AttributeAnswer
from bot.domain.pack import Pack
from bot.knowledge.products.build import build_products
from bot.knowledge.products.language.units import unit_of


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ампер-часов", "А·ч"),
        ("миллиампер час", "мАч"),
        ("ватт-час", "Вт·ч"),
        ("ньютон-метров", "Нм"),
        ("amp hours", "Ah"),
    ],
)
def test_both_are_one(said: str, written: str) -> None:
    assert unit_of(said) == unit_of(written)


def test_what_is_asked_for_by_its_unit_is_told() -> None:
    offer = Offer(
        id="d18",
        name="Дрель Кедр ДШ-18",
        vendor="Кедр",
        model="ДШ-18",
        category_ids=("1",),
        params=(Param("Напряжение", "18", "В"), Param("Ёмкость аккумулятора", "4", "А·ч")),
    )
    catalogue = Catalogue(categories={"1": Category("1", "Дрели")}, offers={"d18": offer})
    answer = build_products(Pack(brand=Brand(name="Кедр"), catalogue=catalogue)).answer("сколько ампер часов у ДШ-18")
    assert answer is not None
    assert answer.meta.kind is AnswerKind.ATTRIBUTE
    assert isinstance(answer.goods, AttributeAnswer)
    assert [fact.value for fact in answer.goods.items[0].facts] == ["4 А·ч"]
