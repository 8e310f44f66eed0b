"""Building of all that is known about the goods of a pack."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

import yaml

from bot.domain.pack import Pack
from bot.domain.telling import Shelves
from bot.domain.text import fold
from bot.knowledge.products.goods.goods import gather
from bot.knowledge.products.goods.links import Called, Links, build_links
from bot.knowledge.products.goods.models import is_code
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language import loader
from bot.knowledge.products.language.lexicon import build_lexicon, heads_of
from bot.knowledge.products.language.phrases import PhraseBook, Role
from bot.knowledge.products.language.tokens import Gap, tokens_of
from bot.knowledge.products.language.words import is_stop
from bot.knowledge.products.products import Products
from bot.knowledge.products.question.reader import Reader
from bot.knowledge.products.telling.fitting import Fitting
from bot.knowledge.search.vocabulary.thesaurus import own_files

_LATIN = re.compile(rb"[a-z]{4,}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Arranged(NamedTuple):
    """All that is known of the goods of a pack. `topics` and `codes` are words of the brand's own texts."""

    known: Knowing
    links: Links
    topics: frozenset[str]
    codes: frozenset[str]


def build_products(pack: Pack) -> Products:
    """Arrange the goods of `pack` and let them answer. Blocking: seconds for a hundred thousand offers."""
    return products_of(arrange(pack))


def products_of(arranged: Arranged) -> Products:
    """Let arranged goods answer."""
    known, links, topics, codes = arranged
    reader = Reader(known.goods, known.lexicon, codes)
    return Products(known, reader, Fitting(known.goods, known.lexicon, links), topics)


def arrange(pack: Pack) -> Arranged:
    """Arrange the goods of `pack`. Blocking."""
    goods = gather(pack.catalogue)
    heads = (*loader.kinds(), *heads_of(_kinds_of_goods()))
    lexicon = build_lexicon(pack, goods, heads, ordinary_words(pack))
    topics = frozenset(word for text in _written(pack) for word in _words(text) if _is_topic(lexicon.book, word))
    codes = frozenset(code for text in _all_written(pack) for code in _codes(text))
    reader = Reader(goods, lexicon, codes)
    links = build_links(goods, lambda text: _called(reader, text))
    return Arranged(Knowing(goods, lexicon, Shelves(pack.catalogue)), links, topics, codes)


def _called(reader: Reader, text: str) -> Called:
    """Read which goods a text names, or what kind of goods."""
    reading = reader.read(text)
    rows = tuple(row for mention in reading.mentions for row in mention.rows)
    is_clear = not (reading.unread or reading.missing or reading.values)
    if rows or not is_clear or not (reading.kinds or reading.names):
        return Called(rows)
    return Called(scope=("&".join("|".join(keys) for keys in reading.kinds), "&".join(reading.names)))


def ordinary_words(pack: Pack) -> frozenset[str]:
    """Return words that people use of everything, and those of the brand's own texts: none of them is a mistake."""
    everyday = (word.decode() for text in own_files().values() for word in _LATIN.findall(text))
    return frozenset((*everyday, *(word for text in _all_written(pack) for word in fold(text).split())))


def _is_topic(book: PhraseBook, word: str) -> bool:
    """Whether a word says no more of goods than that it stands in the name of a param."""
    return all(meaning.role is Role.PART for meaning in book.meanings((word,)))


def _written(pack: Pack) -> Iterator[str]:
    """Yield what the brand's own answers are asked by."""
    for entry in pack.faq.values():
        yield from entry.questions
    for article in pack.articles.values():
        yield article.title
        yield from (passage.section_title for passage in article.passages)


def _all_written(pack: Pack) -> Iterator[str]:
    yield from _written(pack)
    yield from (answer for entry in pack.faq.values() for answer in entry.answers.values())
    yield from (passage.text for article in pack.articles.values() for passage in article.passages)


def _words(text: str) -> Iterator[str]:
    return (token.word for token in tokens_of(text) if token.text.isalpha() and not is_stop(token.text))


def _codes(text: str) -> Iterator[str]:
    """Yield glued letters and digits: names of standards and formats rather than of goods."""
    run = ""
    for token in tokens_of(text):
        if token.gap is not Gap.NONE:
            if is_code(run):
                yield run
            run = ""
        run += token.text
    if is_code(run):
        yield run


def _kinds_of_goods() -> list[tuple[list[str], list[str]]]:
    """Return what goods are called in any shop, as the thesaurus has it, Russian and English."""
    text = files("bot.knowledge.thesaurus").joinpath("goods.yaml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    return [(list(entry.get("ru") or ()), list(entry.get("en") or ())) for entry in entries]
