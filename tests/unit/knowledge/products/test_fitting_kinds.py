"""What fits is of the kind that was asked for, also where a param is called like the kind."""

from functools import cache

import pytest

from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.pack import Pack
from bot.knowledge.products.build import build_products
from bot.knowledge.products.products import Products
from tests.unit.knowledge.products.kettles import ids

_CATEGORIES = (Category("1", "Пылесосы"), Category("2", "Щётки"), Category("3", "Мешки для пылесосов"))
_FITS = Param("Совместимость", "VX-10, VX-20")
_OFFERS = (
    Offer(
        id="vx10",
        name="Пылесос Vihr VX-10",
        vendor="Vihr",
        model="VX-10",
        category_ids=("1",),
        price_kopecks=500_000,
        params=(Param("Щётка в комплекте", "есть"), Param("Вес", "4", "кг")),
    ),
    Offer(id="brush", name="Щётка Vihr B-1", category_ids=("2",), price_kopecks=90_000, params=(_FITS,)),
    Offer(id="bag", name="Мешок Vihr M-1", category_ids=("3",), price_kopecks=30_000, params=(_FITS,)),
)


@cache
def _products() -> Products:
    return build_products(
        Pack(
            brand=Brand(name="Vihr"),
            catalogue=Catalogue(
                categories={category.id: category for category in _CATEGORIES},
                offers={offer.id: offer for offer in _OFFERS},
            ),
        )
    )


@pytest.mark.parametrize(
    "text", ["щётка на VX-10 какая подойдёт", "какая щётка подойдёт на VX-10", "какая щётка подходит к VX-10?"]
)
def test_only_the_kind_asked_for_is_shown(text: str) -> None:
    answer = _products().answer(text)
    assert answer is not None
    assert ids(answer) == ["brush"]


def test_all_that_fits_is_shown_where_no_kind_is_named() -> None:
    answer = _products().answer("что подойдёт к VX-10?")
    assert answer is not None
    assert sorted(ids(answer)) == ["bag", "brush"]
