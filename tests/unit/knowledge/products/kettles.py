"""A small catalogue of kettles, as a feed would bring it, and what it answers."""

from functools import cache

from bot.domain.answer import Answer
from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.knowledge import FaqEntry
from bot.domain.pack import Pack
from bot.domain.wishes import Shown
from bot.knowledge.products.build import build_products
from bot.knowledge.products.products import Products

_CATEGORIES = (
    Category("1", "Чайники"),
    Category("2", "Термосы и кружки"),
    Category("3", "Аксессуары для чайников"),
)


def kettle(id_: str, model: str, price: int, *, group: str = "", is_there: bool = True, **params: str) -> Offer:
    """Make a kettle; a param is written with its unit behind a space."""
    return Offer(
        id=id_,
        name=f"Чайник Parovar {model}",
        vendor="Parovar",
        model=model,
        category_ids=("1",),
        group_id=group,
        price_kopecks=price * 100,
        is_available=is_there,
        url=f"https://shop.example/{id_}",
        params=tuple(_param(name.replace("_", " "), value) for name, value in params.items()),
    )


def _param(name: str, value: str) -> Param:
    number, _, unit = value.partition(" ")
    return Param(name, number, unit) if number.replace(".", "").isdigit() else Param(name, value)


KETTLES = (
    kettle("k200w", "K-200", 2000, group="g", Объём="1.7 л", Вес="1100 г", Подсветка="есть", Цвет="белый"),
    kettle("k200b", "K-200", 2100, group="g", Объём="1.7 л", Вес="1100 г", Подсветка="есть", Цвет="чёрный"),
    kettle("k200s", "K-200S", 3500, Объём="1.7 л", Вес="1.3 кг", Подсветка="нет", Цвет="чёрный", is_there=False),
    kettle("k20", "K-20", 900, Объём="500 мл", Вес="600 г", Цвет="белый"),
    kettle("gl5", "GL-5", 4900, Объём="2 л", Вес="1.5 кг", Подсветка="есть", Цвет="прозрачный", Мощность="2.2 кВт"),
)
OTHERS = (
    Offer(
        id="t1",
        name="Термос Parovar T-10",
        vendor="Parovar",
        category_ids=("2",),
        price_kopecks=150_000,
        params=(Param("Объём", "1", "л"),),
    ),
    Offer(
        id="filter",
        name="Фильтр Parovar F-7",
        vendor="Parovar",
        category_ids=("3",),
        price_kopecks=30_000,
        params=(Param("Совместимость", "K-200, K-200S"),),
    ),
)


def kettle_pack() -> Pack:
    """The pack of all of these, with a question and a nickname."""
    faq = FaqEntry(id="descale", questions=("Как убрать накипь?",), answers={"ru": "Уксусом."})
    return Pack(
        brand=Brand(name="Parovar"),
        catalogue=Catalogue(
            categories={category.id: category for category in _CATEGORIES},
            offers={offer.id: offer for offer in (*KETTLES, *OTHERS)},
        ),
        faq={"descale": faq},
        synonyms=(("чайник", "самовар", "kettle"), ("K-200", "двухсотка")),
    )


@cache
def kettles() -> Products:
    """What is known of them."""
    return build_products(kettle_pack())


def ask(*turns: str) -> Answer:
    """Ask one question after another and return the last answer, which there must be."""
    shown: Shown | None = None
    answer: Answer | None = None
    for text in turns:
        answer = kettles().answer(text, shown)
        shown = answer.shown if answer else None
    assert answer is not None
    return answer


def ids(answer: Answer) -> list[str]:
    """Return the ids of the offers that it is from, in order."""
    return [source.removeprefix("offer:") for source in answer.meta.sources]
