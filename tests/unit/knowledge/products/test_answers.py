"""Questions about goods are answered from the feed, or it is said that the feed does not tell."""

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.catalogue import Catalogue, Offer
from bot.domain.goods_answers import (
    AttributeAnswer,
    ComparisonAnswer,
    FittingAnswer,
    MissingAnswer,
    SelectionAnswer,
    StockAnswer,
    Verdict,
)
from bot.domain.pack import Pack
from bot.knowledge.products.build import build_products
from tests.unit.knowledge.products.kettles import ask, ids, kettle_pack, kettles


@pytest.mark.parametrize(
    ("text", "offer", "value"),
    [
        ("сколько весит K-200?", "k200w", "1100 г"),
        ("вес k200s", "k200s", "1.3 кг"),
        ("к-20 объём", "k20", "500 мл"),
        ("how much does the GL5 weigh?", "gl5", "1.5 кг"),
        ("what is the capacity of the GL-5", "gl5", "2 л"),
        ("мощность у джи эль 5", "gl5", "2.2 кВт"),
        ("двухсотка сколько литров", "k200w", "1.7 л"),
    ],
)
def test_a_param_is_told_with_its_unit(text: str, offer: str, value: str) -> None:
    answer = ask(text)
    assert answer.meta.kind is AnswerKind.ATTRIBUTE
    assert isinstance(answer.goods, AttributeAnswer)
    assert (answer.goods.items[0].offer.id, answer.goods.items[0].facts[0].value) == (offer, value)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("есть ли у K-200 подсветка", Verdict.YES),
        ("does the K-200S have подсветка?", Verdict.NO),
        ("у K-20 есть подсветка?", Verdict.UNSAID),
    ],
)
def test_yes_and_no_are_told_and_silence_of_the_feed_as_well(text: str, verdict: Verdict) -> None:
    found = ask(text).goods
    assert isinstance(found, AttributeAnswer)
    assert found.items[0].facts[0].verdict is verdict


def test_a_param_that_no_offer_has_is_not_known() -> None:
    assert ask("какой уровень шума у K-200").meta.kind is AnswerKind.UNKNOWN


def test_variants_that_differ_in_what_is_asked_are_told() -> None:
    found = ask("какие цвета у K-200?").goods
    assert isinstance(found, AttributeAnswer)
    assert [item.facts[0].value for item in (*found.items, *found.variants)] == ["белый", "чёрный"]


@pytest.mark.parametrize("text", ["K-2000", "сколько стоит K-2000", "K-200X в наличии?", "чем K-200 лучше K-300"])
def test_a_model_that_is_not_there_is_not_taken_for_one_like_it(text: str) -> None:
    answer = ask(text)
    assert (answer.meta.kind, answer.meta.sources) == (AnswerKind.UNKNOWN, ())
    assert isinstance(answer.goods, MissingAnswer)
    assert "k200w" in [offer.id for offer in answer.goods.near]


@pytest.mark.parametrize("text", ["чайник bosch", "есть самовары тефаль?", "do you sell Philips kettles?"])
def test_another_brand_is_not_answered_about(text: str) -> None:
    assert ask(text).meta.kind is AnswerKind.UNKNOWN


def test_what_differs_is_compared_and_nothing_else() -> None:
    found = ask("чем K-200 отличается от K-200S").goods
    assert isinstance(found, ComparisonAnswer)
    assert {row.name: row.values for row in found.rows} == {
        "Вес": ("1100 г", "1.3 кг"),
        "Подсветка": ("есть", "нет"),
        "Цвет": ("белый", "чёрный"),
    }


def test_advice_says_what_differs_and_asks_what_matters() -> None:
    found = ask("что лучше: K-20 или GL-5?").goods
    assert isinstance(found, ComparisonAnswer)
    assert found.asks_preference


def test_the_better_one_is_named_where_it_was_said_in_what() -> None:
    found = ask("что легче, K-200S или GL-5?").goods
    assert isinstance(found, ComparisonAnswer)
    assert (found.best, [row.name for row in found.rows]) == (0, ["Вес"])


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("чайник до 2 тысяч", ["k200w", "k20"]),
        ("чайник до 2к", ["k200w", "k20"]),
        ("самовар от 1 до 3 тыс", ["k200w"]),
        ("kettle under 1000", ["k20"]),
        ("чайник легче килограмма", ["k20"]),
        ("чайник от 1,6 литра с подсветкой", ["k200w", "gl5"]),
        ("чайник без подсветки", ["k20", "k200s"]),
        ("самый лёгкий чайник", ["k20", "k200w", "k200s", "gl5"]),
        ("cheapest kettle", ["k20", "k200w", "k200s", "gl5"]),
        ("чёрный чайник", ["k200b", "k200s"]),
        ("чайник кроме чёрного до 3000", ["k200w", "k20"]),
        ("чайник больше полутора литров не дороже 2500 рублей", ["k200w"]),
        ("чайник на 500 мл", ["k20"]),
    ],
)
def test_goods_are_chosen_by_wishes(text: str, offers: list[str]) -> None:
    answer = ask(text)
    assert (answer.meta.kind, ids(answer)) == (AnswerKind.SELECTION, offers)


def test_what_comes_nearest_is_shown_with_what_was_relaxed() -> None:
    found = ask("чайник с подсветкой до 1000 рублей").goods
    assert isinstance(found, SelectionAnswer)
    assert found.total == 0
    assert {wish.param for wish in found.relaxed} >= {""}
    assert found.items[0].unmet


@pytest.mark.parametrize("text", ["сколько стоит K-200S", "K-200S в наличии?", "is the K-200S in stock?"])
def test_price_and_availability_are_told(text: str) -> None:
    answer = ask(text)
    assert answer.meta.kind is AnswerKind.PRODUCT
    assert isinstance(answer.goods, StockAnswer)
    assert answer.goods.offer.id == "k200s"


@pytest.mark.parametrize("text", ["фильтр для K-200", "что подходит к K-200?", "accessories for K-200"])
def test_what_fits_is_found_by_what_the_feed_lists(text: str) -> None:
    assert ids(ask(text)) == ["filter"]


def test_whether_one_thing_fits_another_is_told() -> None:
    for text, verdict in (("подойдёт F-7 к K-200S?", Verdict.YES), ("подойдёт F-7 к GL-5?", Verdict.NO)):
        found = ask(text).goods
        assert isinstance(found, FittingAnswer)
        assert found.verdict is verdict


@pytest.mark.parametrize("text", ["как убрать накипь", "где мой заказ", "почему шумит", "", "???", "спасибо"])
def test_what_is_not_about_goods_is_left_to_others(text: str) -> None:
    assert kettles().answer(text) is None


@pytest.mark.parametrize("pack", [Pack(brand=kettle_pack().brand), Pack(brand=kettle_pack().brand, faq={})])
def test_a_pack_without_goods_answers_nothing(pack: Pack) -> None:
    assert build_products(pack).answer("чайник до 2 тысяч") is None


def test_goods_without_params_are_found_by_name() -> None:
    bare = Catalogue(offers={"a": Offer(id="a", name="Лампа Zarya L-5", vendor="Zarya")})
    answer = build_products(Pack(brand=kettle_pack().brand, catalogue=bare)).answer("лампа l5")
    assert answer is not None
    assert ids(answer) == ["a"]
