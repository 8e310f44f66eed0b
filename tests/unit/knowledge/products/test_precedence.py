"""What the brand wrote about a matter goes before goods that are only named with it."""

import pytest

from bot.domain.answer import Answer, AnswerKind, AnswerMeta
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.knowledge.products.answers import GoodsAnswers
from bot.knowledge.products.build import build_products
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.opening import Opener
from tests.unit.knowledge.products.wheels import wheel_pack

_FAQ = {
    "warranty": ("Какая гарантия?", "сколько действует гарантия", "Is there a warranty?"),
    "return": ("Как вернуть товар?", "можно ли вернуть заказ", "How do I return an item?"),
    "pay": ("Как оплатить?", "можно ли оплатить картой", "How can I pay?"),
    "soles": ("Промокают ли кроссовки?", "водонепроницаемость кроссовок"),
}


@pytest.fixture(scope="module")
def answers() -> GoodsAnswers:
    faq = {id_: FaqEntry(id=id_, questions=asked, answers={"ru": "…"}) for id_, asked in _FAQ.items()}
    goods = wheel_pack()
    pack = Pack(brand=goods.brand, catalogue=goods.catalogue, faq=faq)
    return GoodsAnswers(PackAnswers(pack, Opener().open(pack)), build_products(pack))


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("как вернуть велосипед", "return"),
        ("есть ли гарантия на ботинки", "warranty"),
        ("можно ли оплатить кроссовки картой", "pay"),
        ("how do I return a bike", "return"),
        ("какая гарантия на Скала 500", "warranty"),
    ],
)
def test_a_matter_of_the_shop_is_answered_by_the_shop(answers: GoodsAnswers, text: str, entry: str) -> None:
    answer = answers.look_up(text)
    assert answer.meta.sources[:1] == (f"faq:{entry}",)


@pytest.mark.parametrize(
    "text", ["что делать если шлем бракованный", "в чём разница между карбоном и алюминием", "почему велосипед дорогой"]
)
def test_how_to_and_why_are_no_wish_for_goods(answers: GoodsAnswers, text: str) -> None:
    assert answers.look_up(text).meta.kind in {AnswerKind.UNKNOWN, AnswerKind.CLARIFY}


def test_what_is_written_about_another_kind_says_nothing_of_this_thing(answers: GoodsAnswers) -> None:
    answer = answers.look_up("водонепроницаемость Скала 500")
    assert "faq:soles" not in answer.meta.sources
    assert answer.meta.kind in {AnswerKind.ATTRIBUTE, AnswerKind.UNKNOWN}


@pytest.mark.parametrize("text", ["какой вес у скалы 500", "скала 500 и скала 700 разница", "ботинки до 15 тысяч"])
def test_goods_are_answered_from_the_feed(answers: GoodsAnswers, text: str) -> None:
    answer = answers.look_up(text)
    assert answer.goods is not None
    assert all(source.startswith("offer:") for source in answer.meta.sources)


def test_an_open_question_about_a_thing_is_told_with_the_thing(answers: GoodsAnswers) -> None:
    answer = answers.look_up("есть ли у скалы 700 автопилот")
    assert (answer.meta.kind, answer.shown is not None) == (AnswerKind.UNKNOWN, True)
    assert answer != Answer(meta=AnswerMeta(kind=AnswerKind.UNKNOWN))
