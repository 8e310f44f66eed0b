"""Shop: a store's catalogue of any size, with confusable models, variants of colour, params and descriptions."""

import random
from collections.abc import Iterator

from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.pack import Pack

_KINDS = (
    ("Фотоаппарат", "камера объектив матрица снимок затвор вспышка экспозиция портрет пейзаж штатив"),
    ("Телевизор", "экран диагональ матрица подсветка пульт канал приставка яркость динамик кино"),
    ("Чайник", "вода кипение колба накипь подставка мощность фильтр заварка чашка шум"),
    ("Пылесос", "уборка контейнер щётка ковёр мощность фильтр мешок шланг аккумулятор пыль"),
    ("Наушники", "звук амбушюр микрофон провод бас частота чехол зарядка музыка шумоподавление"),
    ("Стиральная машина", "барабан отжим загрузка стирка бельё программа порошок вибрация инвертор слив"),
    ("Микроволновая печь", "гриль разогрев тарелка камера программа разморозка мощность таймер дверца блюдо"),
    ("Монитор", "экран матрица частота разрешение стойка игра порт калибровка цвет отклик"),
)
_VENDORS = ("Lumenor", "Виктория", "Tekno", "Астра", "Norvik", "Zarya", "Polaris", "Бриз", "Omega", "Sirius")
_COLOURS = ("чёрный", "белый", "серебристый", "красный", "синий")
_VERBS = ("позволяет", "обеспечивает", "поддерживает", "сохраняет", "улучшает", "защищает", "ускоряет", "упрощает")
_ADJECTIVES = ("быстрый", "надёжный", "компактный", "мощный", "удобный", "тихий", "лёгкий", "прочный", "домашний")


def shop(count: int, *, seed: int = 1) -> Pack:
    """Make a pack of `count` offers, always the same for the same arguments."""
    chance = random.Random(seed)  # noqa: S311
    offers = {offer.id: offer for offer in _offers(count, chance)}
    categories = {str(at): Category(str(at), name) for at, (name, _) in enumerate(_KINDS)}
    return Pack(brand=Brand(name="Shop"), catalogue=Catalogue(categories=categories, offers=offers))


def questions(pack: Pack, count: int, *, seed: int = 2) -> list[str]:
    """Ask as people do: by model, by kind and colour, by a property, some with a typing mistake."""
    chance = random.Random(seed)  # noqa: S311
    offers = list(pack.catalogue.offers.values())
    return [_question(chance.choice(offers), chance) for _ in range(count)]


def _offers(count: int, chance: random.Random) -> Iterator[Offer]:
    for number in range(count):
        at = chance.randrange(len(_KINDS))
        kind, nouns = _KINDS[at]
        vendor, colour = chance.choice(_VENDORS), chance.choice(_COLOURS)
        model = f"{chance.choice('ABCDEFGHKLMNPRSTVXZ')}{chance.choice('ABCDEFGHKLMNPRSTVXZ')}-{number % 9999 + 1}"
        yield Offer(
            id=str(number),
            name=f"{kind} {vendor} {model}, {colour}",
            category_ids=(str(at),),
            vendor=vendor,
            model=model,
            vendor_code=f"{vendor[:2].upper()}{number:06}",
            price_kopecks=chance.randrange(99_000, 9_990_000),
            is_available=chance.random() < 0.8,
            url=f"https://shop.example/p/{number}",
            description=_description(nouns.split(), chance),
            params=tuple(_params(colour, chance)),
            barcodes=(f"46{number:011}",),
        )


def _description(nouns: list[str], chance: random.Random) -> str:
    def sentence() -> str:
        words = (chance.choice(nouns), chance.choice(_VERBS), chance.choice(nouns))
        return f"{chance.choice(_ADJECTIVES).capitalize()} {' '.join(words)}."

    return " ".join(sentence() for _ in range(8))


def _params(colour: str, chance: random.Random) -> Iterator[Param]:
    yield Param("Цвет", colour)
    yield Param("Вес", str(chance.randrange(100, 9_000)), "г")
    yield Param("Мощность", str(chance.randrange(5, 300) * 10), "Вт")
    yield Param("Ширина", str(chance.randrange(50, 900)), "мм")
    yield Param("Высота", str(chance.randrange(50, 900)), "мм")
    yield Param("Гарантия", str(chance.choice((12, 24, 36))), "мес")
    yield Param("Управление", chance.choice(("механическое", "электронное", "сенсорное")))
    yield Param("Страна", chance.choice(("Россия", "Китай", "Турция", "Япония")))


def _question(offer: Offer, chance: random.Random) -> str:
    kind, colour = offer.name.split(" ")[0].lower(), offer.params[0].value
    text = chance.choice(
        (
            f"сколько стоит {offer.vendor} {offer.model}",
            f"{kind} {offer.vendor} {colour} есть в наличии?",
            f"какой вес у {offer.model.lower().replace('-', '')}",
            f"нужен {chance.choice(_ADJECTIVES)} {kind} мощность {offer.params[2].value}",
            f"{colour} {kind} {chance.choice(offer.description.lower().split())}",
            f"чем хорош {kind} {offer.vendor.lower()} {offer.model}",
        )
    )
    if chance.random() < 0.2:
        at = chance.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1 :]
    return text
