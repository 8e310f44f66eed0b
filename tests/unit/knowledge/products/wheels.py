"""A maker of bicycles and shoes: goods called by words, with sizes as variants, and parts that fit."""

from functools import lru_cache

from bot.domain.answer import Answer
from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.pack import Pack
from bot.domain.wishes import Shown
from bot.knowledge.products.build import build_products
from bot.knowledge.products.products import Products

_CATEGORIES = (
    Category("1", "Велосипеды"),
    Category("11", "Горные велосипеды", "1"),
    Category("12", "Городские велосипеды", "1"),
    Category("2", "Обувь"),
    Category("21", "Кроссовки", "2"),
    Category("22", "Ботинки", "2"),
    Category("23", "Футболки", "2"),
    Category("3", "Запчасти и аксессуары"),
    Category("31", "Покрышки", "3"),
    Category("32", "Багажники", "3"),
    Category("33", "Шлемы", "3"),
)


def _params(**said: str) -> tuple[Param, ...]:
    """Read ``Вес__кг="13.6"`` as a param with its unit."""
    found = ((name.replace("_", " "), value) for name, value in said.items())
    return tuple(Param(name.split("  ")[0], value, "".join(name.split("  ")[1:])) for name, value in found)


def _bike(id_: str, name: str, price: int, category: str = "11", *, group: str = "", **said: str) -> Offer:
    return Offer(
        id=id_,
        name=name,
        vendor="Ветер",
        category_ids=(category,),
        group_id=group,
        price_kopecks=price * 100,
        is_available=True,
        params=_params(**said),
    )


def _shoes() -> list[Offer]:
    models = (("Степь", "21", 5990, "текстиль"), ("Тайга", "22", 11990, "натуральная кожа"))
    return [
        Offer(
            id=f"{name}-{colour}-{size}",
            name=f"{'Кроссовки' if category == '21' else 'Ботинки'} {name}",
            vendor="Ветер",
            category_ids=(category,),
            group_id=name,
            price_kopecks=price * 100,
            is_available=True,
            params=_params(
                Размер=str(size), Цвет=colour, Материал_верха=material, Сезон="зима" if price > 9000 else "лето"
            ),
        )
        for name, category, price, material in models
        for colour in ("чёрный", "белый")
        for size in (41, 42, 43)
    ]


_OFFERS = (
    _bike(
        "s500-17",
        "Велосипед горный Ветер Скала 500, рама 17",
        38900,
        group="s500",
        Размер_рамы__дюйм="17",
        Диаметр_колёс__дюйм="29",
        Вес__кг="13.6",
        Рама="алюминий",
    ),
    _bike(
        "s500-21",
        "Велосипед горный Ветер Скала 500, рама 21",
        38900,
        group="s500",
        Размер_рамы__дюйм="21",
        Диаметр_колёс__дюйм="29",
        Вес__кг="13.9",
        Рама="алюминий",
    ),
    _bike(
        "s700",
        "Велосипед горный Ветер Скала 700",
        61500,
        Размер_рамы__дюйм="19",
        Диаметр_колёс__дюйм="29",
        Вес__кг="12.1",
        Рама="карбон",
        Рост__см="170-185",
    ),
    _bike("city", "Велосипед городской Ветер Бульвар", 24500, "12", Диаметр_колёс__дюйм="28", Вес__кг="15.2"),
    _bike("lady", "Велосипед городской Ветер Бульвар Леди", 25500, "12", Диаметр_колёс__дюйм="26", Вес__кг="14.9"),
    _bike("t29", "Покрышка Ветер Грязь", 2400, "31", Диаметр_колёс__дюйм="29", Цвет="чёрный"),
    _bike("t28", "Покрышка Ветер Асфальт", 1900, "31", Диаметр_колёс__дюйм="28", Цвет="чёрный"),
    _bike("rack", "Багажник для велосипеда Ветер Скала", 2100, "32", Совместимость="Скала 500, Скала 700"),
    _bike("helmet", "Шлем Ветер Пик", 4200, "33", Обхват_головы__см="54-58", Цвет="белый"),
    *_shoes(),
)


def _shirts() -> list[Offer]:
    return [
        Offer(
            id=f"{name}-{size}",
            name=f"Футболка {name}",
            category_ids=("23",),
            group_id=name,
            price_kopecks=150_000,
            is_available=size != "XS",
            params=_params(Размер=size, Цвет=colour),
        )
        for name, colour in (("Slim Fit", "белый"), ("Парус", "синий"))
        for size in ("XS", "S", "M", "L", "XL")
    ]


def wheel_pack() -> Pack:
    """Return a pack with these goods alone."""
    catalogue = Catalogue(
        categories={each.id: each for each in _CATEGORIES}, offers={o.id: o for o in (*_OFFERS, *_shirts())}
    )
    return Pack(brand=Brand(name="Ветер"), catalogue=catalogue)


@lru_cache(maxsize=1)
def _products() -> Products:
    return build_products(wheel_pack())


def ask(*turns: str) -> Answer:
    """Ask one thing after another; return the last answer."""
    shown: Shown | None = None
    answer: Answer | None = None
    for text in turns:
        answer = _products().answer(text, shown)
        shown = answer.shown if answer is not None and answer.shown is not None else shown
    assert answer is not None, f"nothing was understood of {turns[-1]!r}"
    return answer
