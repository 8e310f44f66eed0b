"""An article about the thing that we talk of goes before the same article about another."""

import pytest

from bot.domain.answer import Answer, AnswerKind, AnswerMeta, source_of
from bot.domain.catalogue import Catalogue, Category, Offer
from bot.domain.knowledge import FaqEntry, Passage
from bot.domain.wishes import Shown
from bot.knowledge.products.applying import Applying

_LARGE = Offer(id="large", name="Холодильник ХМ-4521", category_ids=("f",), group_id="g")
_SILVER = Offer(id="silver", name="Холодильник ХМ-4521 S", category_ids=("f",), group_id="g")
_SMALL = Offer(id="small", name="Холодильник ХМ-45", category_ids=("f",))
_KETTLE = Offer(id="kettle", name="Чайник ЭЧ-17", category_ids=("glass",))
_OFFERS = {offer.id: offer for offer in (_LARGE, _SILVER, _SMALL, _KETTLE)}
_CATEGORIES = {
    each.id: each
    for each in (Category("f", "Холодильники"), Category("k", "Чайники"), Category("glass", "Стеклянные", "k"))
}
_FAQ = FaqEntry(id="repair", questions=("Где починить?",), answers={"ru": "На Лесной."})


def section(article: str, title: str, *applies_to: str) -> Passage:
    return Passage(
        article_id=article, article_title=article, section_id="s", section_title=title, text="…", applies_to=applies_to
    )


def found(kind: AnswerKind, *hits: Passage | FaqEntry) -> Answer:
    return Answer(
        meta=AnswerMeta(kind=kind, confidence=0.1, sources=tuple(str(source_of(hit)) for hit in hits)), hits=hits
    )


def preferred(answer: Answer, thing: Offer) -> Answer:
    return Applying(Catalogue(categories=_CATEGORIES, offers=_OFFERS)).prefer(
        answer, thing, Shown(offers=(thing.id,), focus=0)
    )


_OF_LARGE = section("first", "Как разморозить", "large")
_OF_SMALL = section("small", "Как разморозить", "small")


@pytest.mark.parametrize(("thing", "article"), [(_LARGE, "first"), (_SILVER, "first"), (_SMALL, "small")])
def test_between_sections_of_one_title_the_thing_decides(thing: Offer, article: str) -> None:
    answer = preferred(found(AnswerKind.CLARIFY, _OF_SMALL, _OF_LARGE, _FAQ), thing)
    assert (answer.meta.kind, answer.meta.sources) == (AnswerKind.ARTICLE, (f"article:{article}#s",))
    assert answer.shown is not None


def test_what_applies_to_other_things_is_no_choice() -> None:
    about = section("care", "Уход", "k")
    answer = preferred(found(AnswerKind.CLARIFY, _OF_SMALL, _FAQ, about), _KETTLE)
    assert (answer.meta.kind, answer.hits) == (AnswerKind.CLARIFY, (about, _FAQ))


def test_a_choice_of_what_is_about_everything_stays_as_it_was() -> None:
    before = found(AnswerKind.CLARIFY, section("care", "Уход"), _FAQ)
    assert preferred(before, _KETTLE) == before


def test_an_article_about_another_thing_is_foreign() -> None:
    applying = Applying(Catalogue(categories=_CATEGORIES, offers=_OFFERS))
    assert applying.is_foreign(found(AnswerKind.ARTICLE, _OF_LARGE), _SMALL)
    assert not applying.is_foreign(found(AnswerKind.ARTICLE, _OF_LARGE), _SILVER)
