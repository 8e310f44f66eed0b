"""Models of one series, told apart by a word, a sign or a letter, are never taken for one another."""

from functools import lru_cache

import pytest

from bot.domain.answer import Answer, AnswerKind
from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.goods_answers import AttributeAnswer
from bot.domain.pack import Pack
from bot.knowledge.products.build import build_products
from bot.knowledge.products.products import Products
from tests.unit.knowledge.products.kettles import ids

_PHONES = (
    ("n12", "Xiaomi", "Redmi Note 12", "183"),
    ("n12p", "Xiaomi", "Redmi Note 12 Pro", "187"),
    ("n12pp", "Xiaomi", "Redmi Note 12 Pro+", "208"),
    ("r12", "Xiaomi", "Redmi 12", "198"),
    ("r12c", "Xiaomi", "Redmi 12C", "192"),
    ("i14", "Apple", "iPhone 14", "172"),
    ("i14p", "Apple", "iPhone 14 Pro", "206"),
    ("i14m", "Apple", "iPhone 14 Pro Max", "240"),
    ("i14plus", "Apple", "iPhone 14 Plus", "203"),
    ("ise", "Apple", "iPhone SE (2022)", "144"),
    ("s23", "Samsung", "Galaxy S23", "168"),
    ("s23p", "Samsung", "Galaxy S23+", "196"),
    ("s23u", "Samsung", "Galaxy S23 Ultra", "234"),
)
_CASES = (("case", "Чехол для iPhone 14 Pro", "iPhone 14 Pro"), ("book", "Чехол-книжка для Redmi Note 12 Pro", ""))


def _phones() -> list[Offer]:
    return [
        Offer(
            id=f"{id_}-{memory}",
            name=f"Смартфон {vendor} {model} {memory}GB",
            vendor=vendor,
            category_ids=("phones",),
            group_id=id_,
            price_kopecks=2_000_000,
            params=(Param("Вес", weight, "г"), Param("Встроенная память", memory, "Гб")),
        )
        for id_, vendor, model, weight in _PHONES
        for memory in ("128", "256")
    ]


@lru_cache(maxsize=1)
def products() -> Products:
    cases = [
        Offer(
            id=id_,
            name=name,
            vendor="Deppa",
            category_ids=("cases",),
            params=(Param("Совместимость", fits),) if fits else (),
        )
        for id_, name, fits in _CASES
    ]
    categories = (Category("phones", "Смартфоны"), Category("3", "Аксессуары"), Category("cases", "Чехлы", "3"))
    catalogue = Catalogue(
        categories={each.id: each for each in categories}, offers={offer.id: offer for offer in (*_phones(), *cases)}
    )
    return build_products(Pack(brand=Brand(name="Phones"), catalogue=catalogue))


def answered(text: str) -> Answer:
    answer = products().answer(text)
    assert answer is not None, f"nothing was understood of {text!r}"
    return answer


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("вес redmi note 12", "183 г"),
        ("сколько весит redmi note 12 pro", "187 г"),
        ("сколько весит redmi note 12 pro+", "208 г"),
        ("redmi note 12 pro plus вес", "208 г"),
        ("редми нот 12 про вес", "187 г"),
        ("вес redmi 12c", "192 г"),
        ("вес redmi 12", "198 г"),
        ("айфон 14 вес", "172 г"),
        ("вес айфон 14 про макс", "240 г"),
        ("iphone 14 pro max weight", "240 г"),
        ("айфон se сколько весит", "144 г"),
        ("вес s23", "168 г"),
        ("вес s23+", "196 г"),
        ("galaxy s23 ultra вес", "234 г"),
    ],
)
def test_the_very_model_is_meant(text: str, weight: str) -> None:
    found = answered(text).goods
    assert isinstance(found, AttributeAnswer)
    assert [fact.value for item in found.items for fact in item.facts] == [weight]


@pytest.mark.parametrize(
    "text", ["redmi note 13 есть?", "redmi note 12 max цена", "s24 ultra", "iphone 15", "redmi note 12 ultra"]
)
def test_what_the_series_does_not_have_is_missing(text: str) -> None:
    assert answered(text).meta.kind is AnswerKind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "kind", "offers"),
    [
        ("redmi note 12 128 гб или 256 гб", AnswerKind.ATTRIBUTE, ["n12-128"]),
        ("redmi note 12 pro 256 есть?", AnswerKind.PRODUCT, ["n12p-256"]),
        ("чем айфон 14 отличается от 14 плюс", AnswerKind.COMPARISON, ["i14-128", "i14plus-128"]),
        ("чехол на айфон 14 про", AnswerKind.SELECTION, ["case"]),
        ("чехол для redmi note 12 pro", AnswerKind.SELECTION, ["book"]),
        ("чехол redmi note 12 pro", AnswerKind.SELECTION, ["book"]),
        ("чехлы для айфона", AnswerKind.PRODUCT, ["case"]),
        ("расскажи про s23", AnswerKind.PRODUCT, ["s23-128"]),
    ],
)
def test_models_are_told_apart_in_every_kind_of_question(text: str, kind: AnswerKind, offers: list[str]) -> None:
    answer = answered(text)
    assert (answer.meta.kind, ids(answer)) == (kind, offers)
