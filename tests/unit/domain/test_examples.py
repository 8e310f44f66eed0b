"""Examples for who writes for the first time: taken from the brand's own pack, in the reader's language."""

from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Offer, Param
from bot.domain.examples import LONGEST, examples
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack


def _entry(id_: str, *questions: str) -> FaqEntry:
    return FaqEntry(id=id_, questions=questions, answers={"ru": "так"})


def _offer(id_: str, name: str, *, category: str = "1", params: int = 1, is_available: bool = True) -> Offer:
    return Offer(
        id=id_,
        name=name,
        category_ids=(category,),
        is_available=is_available,
        params=tuple(Param(f"p{number}", "1") for number in range(params)),
    )


def _pack(*entries: FaqEntry, offers: tuple[Offer, ...] = ()) -> Pack:
    return Pack(
        brand=Brand(name="Чайная"),
        faq={entry.id: entry for entry in entries},
        catalogue=Catalogue(offers={offer.id: offer for offer in offers}),
    )


def test_the_first_question_and_one_of_the_middle_are_shown_with_a_product() -> None:
    entries = [_entry("a", "Где вы?", "Where are you?"), _entry("b", "Почём чай?"), _entry("c", "Когда привезёте?")]
    offers = (_offer("1", "Пиала", category="2"), _offer("2", "Чайник", params=3), _offer("3", "Термос"))
    pack = _pack(*entries, offers=offers)
    assert examples(pack, "ru") == ("Где вы?", "Почём чай?", "Чайник")
    assert examples(pack, "en") == ("Where are you?", "Чайник")


def test_what_is_sold_out_or_too_long_is_no_example() -> None:
    offers = (_offer("1", "Чайник", is_available=False), _offer("2", "Ч" * (LONGEST + 1)))
    assert examples(_pack(_entry("a", "Г" * (LONGEST + 1)), offers=offers), "ru") == ()


def test_an_empty_pack_has_none() -> None:
    assert examples(_pack(), "ru") == ()
