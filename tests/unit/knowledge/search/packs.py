"""Packs of two invented brands: a maker of kettles and a bicycle shop."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from bot.domain.brand import Brand
from bot.domain.catalogue import Catalogue, Category, Offer, Param
from bot.domain.knowledge import Article, FaqEntry, Passage
from bot.domain.pack import Pack
from bot.knowledge.search.vocabulary.lexicon import Lexicon


def lexicon(*documents: Sequence[str]) -> Lexicon:
    """The terms of some documents, counted."""
    counts = Counter(term for document in documents for term in set(document))
    return Lexicon(list(counts), np.array(list(counts.values()), dtype=np.int32), len(documents))


def kettles() -> Pack:
    """Kettles with confusable models, variants of colour, an accessory, English phrasings, nicknames."""
    return Pack(
        brand=Brand(name="Parovar"),
        catalogue=_catalogue(
            (Category("1", "Техника для кухни"), Category("10", "Чайники", "1"), Category("11", "Аксессуары", "1")),
            (
                _kettle("k200-white", "Чайник Parovar K-200, белый", "K-200", "g200", Param("Цвет", "белый")),
                _kettle("k200-black", "Чайник Parovar K-200, чёрный", "K-200", "g200", Param("Цвет", "чёрный")),
                _kettle("k200s", "Чайник Parovar K-200S, стальной", "K-200S", "", Param("Вес", "1.1", "кг")),
                _kettle("k20", "Чайник Parovar K-20, дорожный", "K-20", "", Param("Объём", "0.5", "л")),
                _kettle("gl5e", "Чайник Parovar GL-5E, стеклянный", "GL-5E", "", Param("Подсветка", "есть")),
                Offer(id="stand", name="Подставка для K-200", vendor="Parovar", category_ids=("11",)),
            ),
        ),
        faq=_faq(
            ("return", "Можно ли вернуть чайник?|хочу сдать покупку обратно|Can I return the kettle?", "Да, 14 дней."),
            ("delivery-cost", "Сколько стоит доставка?|How much is delivery?", "По Москве бесплатно."),
            ("delivery-time", "Когда привезут заказ?|Сколько дней идёт доставка?", "За два дня."),
            ("warranty", "Какая гарантия на чайники?|How long is the warranty?", "Три года."),
            ("noise", "Почему чайник шумит при нагреве?", "Это пузырьки воздуха, так и должно быть."),
            ("work", "Как это работает?", "Нажмите кнопку."),
        ),
        articles=_articles(
            ("descale", "Как убрать накипь", "acid", "Лимонная кислота", "Растворите 20 г порошка и вскипятите."),
            ("descale", "Как убрать накипь", "vinegar", "Столовый уксус", "Стакан на литр воды, нагреть, остудить."),
        ),
        synonyms=(("чайник", "самовар", "kettle"), ("K-200", "двухсотка")),
    )


def bicycles() -> Pack:
    """A shop without articles; models are a word and a number."""
    return Pack(
        brand=Brand(name="Pedali"),
        catalogue=_catalogue(
            (Category("m", "Горные велосипеды"), Category("c", "Городские велосипеды"), Category("p", "Запчасти")),
            (
                _bicycle("rider-500", "Велосипед Rider 500", "m", Param("Диаметр колёс", "27.5", "дюйм")),
                _bicycle("rider-700", "Велосипед Rider 700", "m", Param("Диаметр колёс", "29", "дюйм")),
                _bicycle("lily", "Велосипед Lily City", "c", Param("Рама", "алюминий")),
                Offer(id="chain", name="Цепь KMC X10", vendor="KMC", category_ids=("p",)),
            ),
        ),
        faq=_faq(
            ("assembly", "Вы собираете велосипед перед отправкой?|Соберёте ли вы велик?", "Да, и настраиваем."),
            ("test-ride", "Можно ли прокатиться перед покупкой?|тест-драйв", "Да, приезжайте с паспортом."),
            ("storage", "Берёте велосипеды на зимнее хранение?", "Да, с ноября по март."),
            ("child-seat", "Подойдёт ли детское кресло?", "К городским моделям подойдёт."),
        ),
        synonyms=(("велосипед", "велик", "байк"),),
    )


def _kettle(id_: str, name: str, model: str, group: str, param: Param) -> Offer:
    return Offer(
        id=id_, name=name, vendor="Parovar", model=model, group_id=group, category_ids=("10",), params=(param,)
    )


def _bicycle(id_: str, name: str, category: str, param: Param) -> Offer:
    return Offer(id=id_, name=name, vendor="Pedali", category_ids=(category,), params=(param,))


def _catalogue(categories: Iterable[Category], offers: Iterable[Offer]) -> Catalogue:
    return Catalogue(
        categories={category.id: category for category in categories}, offers={offer.id: offer for offer in offers}
    )


def _faq(*entries: tuple[str, str, str]) -> dict[str, FaqEntry]:
    """Entries of an id, phrasings between bars, and an answer."""
    return {
        id_: FaqEntry(id=id_, questions=tuple(questions.split("|")), answers={"ru": answer})
        for id_, questions, answer in entries
    }


def _articles(*sections: tuple[str, str, str, str, str]) -> dict[str, Article]:
    """Sections of an article's id and title, an id, a title and a text of their own."""
    articles: dict[str, Article] = {}
    for id_, title, section_id, section_title, text in sections:
        earlier = articles[id_].passages if id_ in articles else ()
        passage = Passage(
            article_id=id_, article_title=title, section_id=section_id, section_title=section_title, text=text
        )
        articles[id_] = Article(id=id_, title=title, passages=(*earlier, passage))
    return articles
