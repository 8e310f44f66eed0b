"""The demonstration pack answers its own questions, and those that people would ask."""

from collections import defaultdict
from functools import cache
from importlib.resources import as_file, files

import pytest

from bot.domain.answer import AnswerKind
from bot.domain.pack import Pack
from bot.knowledge.pack.loader import load_pack
from bot.knowledge.search.answers import PackAnswers
from bot.knowledge.search.opening import Opener


@cache
def demo() -> Pack:
    with as_file(files("bot") / "demo") as directory:
        pack = load_pack(directory).pack
    assert pack is not None
    return pack


@cache
def answers() -> PackAnswers:
    return PackAnswers(demo(), Opener().open(demo()))


def test_every_phrasing_of_the_faq_is_answered_by_its_entry() -> None:
    wrong = [
        question
        for entry in demo().faq.values()
        for question in entry.questions
        if answers().look_up(question).meta.sources != (f"faq:{entry.id}",)
    ]
    assert wrong == []


def test_every_product_is_found_by_its_code() -> None:
    offers = demo().catalogue.offers
    same = defaultdict(set)
    for offer in offers.values():
        same[offer.vendor_code].add(f"offer:{offer.id}")
    wrong = []
    for offer in offers.values():
        meta = answers().look_up(f"покажите {offer.vendor_code.lower()}").meta
        if meta.kind is not AnswerKind.PRODUCT or not same[offer.vendor_code].issuperset(meta.sources):
            wrong.append((offer.id, meta))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("хочу забрать заказ сам", "faq:delivery-pickup"),
        ("как долго чинят", "faq:repair-time"),
        ("рассрочка есть?", "faq:payment-instalments"),
        ("сколько весит gf5k", "offer:gf5kblack"),
        ("gh-2", "offer:gh2"),
        ("rfr dcnegbnm d rke,", "faq:club-join"),
    ],
)
def test_questions_in_other_words_are_answered(text: str, expected: str) -> None:
    assert answers().look_up(text).meta.sources == (expected,)


@pytest.mark.parametrize("text", ["сколько стоит айфон 15", "nikon d850", "gh9", "как сварить борщ", "tell me a joke"])
def test_what_is_not_in_the_pack_is_unknown(text: str) -> None:
    assert answers().look_up(text).meta.kind is AnswerKind.UNKNOWN
