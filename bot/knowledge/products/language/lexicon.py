"""Lexicon: everything that the words of a pack and of both languages may mean about its goods."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.domain.pack import Pack
from bot.knowledge.products.goods.columns import Column, flag_of
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.goods.kinds import Kinds, kinds_of
from bot.knowledge.products.goods.links import is_list
from bot.knowledge.products.goods.models import is_code
from bot.knowledge.products.language import loader
from bot.knowledge.products.language.attributes import FUNCTION, GENERIC, Named, column_phrase, columns_of
from bot.knowledge.products.language.loader import Concept
from bot.knowledge.products.language.names import PLUS, PLUS_WORD, TARGET, Names, brands_of, phrase_of_name
from bot.knowledge.products.language.phrases import Meaning, Phrase, PhraseBook, Role, share
from bot.knowledge.products.language.tokens import phrase_of
from bot.knowledge.products.language.units import units_by_phrase
from bot.knowledge.products.language.words import is_cyrillic

_SIZE = re.compile(r"(?:\d?x{0,4})?[sml]")
"""A size of clothes: "M", "XL", "2XL"."""
_PIECES = re.compile(r"[,;/]")
_MOST_VALUES = 2000
_LONGEST_VALUE = 4
_MOST_PARTED = 300
_ABBREVIATION = 3
_PAIR = 2
_MOST_PIECES = 8
_SHARED = dict.fromkeys((Role.KIND, Role.BRAND, Role.NAME, Role.COLUMN, Role.VALUE, Role.ASK, Role.ALIAS), True)
_HEADS = 1
_ENGLISH_HEADS = 1
UNKNOWN = "?"
"""Begins the key of an attribute that no offer of the pack has."""
_BETWEEN = "\x1f"
_GAP = " ... "


class Frame(NamedTuple):
    """Beginning and end of a question for `columns`."""

    before: Phrase
    behind: Phrase
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """`names` and `brands` are rows by word; `pieces` are the codes of a column's values by what they hold.

    `concepts` are the columns of each attribute that people know by name. `frames` are questions for a param with
    other words between theirs.
    """

    book: PhraseBook
    kinds: Kinds
    brands: Mapping[str, Rows]
    names: Mapping[str, Rows]
    own_names: Names
    pieces: Mapping[str, NDArray[np.int32]]
    concepts: Mapping[str, Sequence[str]]
    frames: Sequence[Frame]


def build_lexicon(
    pack: Pack, goods: Goods, heads: Sequence[Sequence[str]] = (), ordinary: frozenset[str] = frozenset()
) -> Lexicon:
    """Gather all meanings. `heads` are groups of words for one kind of goods in any shop; `ordinary` words are
    never mistyped ones."""
    book = PhraseBook(ordinary)
    kinds = kinds_of(pack.catalogue, goods.offers)
    brands = brands_of(goods)
    own_names = Names(kinds, (column_phrase(key) for key in goods.columns))
    names = own_names.rows(goods)
    pieces = dict(_add_values(book, list(goods.columns.values()), kinds))
    _add_columns(book, goods.columns.values())
    named = {concept.id: columns_of(concept, goods.columns) for concept in loader.concepts()}
    for concept in loader.concepts():
        _add_concept(book, concept, named[concept.id])
    concepts = {id_: each.all for id_, each in named.items()}
    _add_goods(book, kinds, brands, names)
    share(book, loader.values()["same"], {Role.VALUE: True, Role.KIND: True})
    _share_kinds(book, kinds, (*pack.synonyms, *heads))
    _add_aliases(book, goods, pack.synonyms)
    share(book, pack.synonyms, _SHARED)
    _add_language(book)
    book.close()
    for spelling, word in loader.series().items():
        book.spell(spelling, word)
    return Lexicon(book, kinds, brands, names, own_names, pieces, concepts, frames_of(concepts))


def value_key(column: str, piece: str) -> str:
    """Write a value as the key of a meaning."""
    return f"{column}{_BETWEEN}{piece}"


def read_value_key(key: str) -> tuple[str, str]:
    """Return the column and what its value holds."""
    column, _, piece = key.partition(_BETWEEN)
    return column, piece


def _add_goods(book: PhraseBook, kinds: Kinds, brands: Mapping[str, Rows], names: Mapping[str, Rows]) -> None:
    for word in kinds.words:
        book.add((word,), [Meaning(Role.KIND, word)] if word.isalpha() else [])
    for phrase, key in kinds.phrases.items():
        book.add(phrase, [Meaning(Role.KIND, key)])
    for brand in brands:
        book.add(brand, [Meaning(Role.BRAND, brand)])
    for word in names:
        book.add(phrase_of_name(word.removeprefix(TARGET)), [Meaning(Role.NAME, word)])
    if PLUS in names:
        book.add((PLUS_WORD,), [Meaning(Role.NAME, PLUS)])


def _add_columns(book: PhraseBook, columns: Iterable[Column]) -> None:
    for column in columns:
        phrase, unit = column_phrase(column.key), phrase_of(column.shown_unit)
        if unit and unit not in units_by_phrase() and all(map(str.isalpha, unit)):
            book.add(unit, [Meaning(Role.UNIT, " ".join(unit))])
        for order in dict.fromkeys((phrase, phrase[::-1] if len(phrase) == _PAIR else phrase)):
            book.add(order, [Meaning(Role.COLUMN, column.key)])
        for word in phrase:
            if word not in FUNCTION and word not in GENERIC and word.isalpha() and len(word) > 1:
                book.add((word,), [Meaning(Role.PART, column.key)])


def _add_values(book: PhraseBook, columns: Sequence[Column], kinds: Kinds) -> Iterator[tuple[str, NDArray[np.int32]]]:
    own = frozenset(chain(kinds.words, chain.from_iterable(column_phrase(column.key) for column in columns)))
    for column in columns:
        if column.is_numeric or column.is_yes_no or len(column.texts) > _MOST_VALUES:
            continue
        for piece, codes in _held(column, own).items():
            book.add(piece, [Meaning(Role.VALUE, value_key(column.key, piece))])
            yield value_key(column.key, piece), np.array(list(codes), np.int32)


def _held(column: Column, own: frozenset[str]) -> dict[str, dict[int, None]]:
    """Return the codes of a column by what its values hold: whole values, their parts, and single words of these."""
    held: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for code, text in enumerate(column.texts):
        for piece in _pieces(text) or ([text] if _SIZE.fullmatch(text) else []):
            held[piece][code] = None
    is_parted = len(column.texts) <= _MOST_PARTED and not is_list(column.key)
    for code, text in enumerate(column.texts if is_parted else ()):
        for word in _words_in(text):
            if word not in own:
                held[word][code] = None
    return held


def _pieces(text: str) -> list[str]:
    pieces = [piece.strip() for piece in _PIECES.split(text)]
    if len(pieces) > _MOST_PIECES:
        return []
    return [piece for piece in dict.fromkeys((text, *pieces)) if _is_word_like(piece)]


def _words_in(text: str) -> list[str]:
    """Return the words of values of several words, by each of which people may call for them: "гидравлические"."""
    pieces = [phrase_of(piece) for piece in _PIECES.split(text)]
    if len(pieces) > _MOST_PIECES:
        return []
    words = (word for phrase in pieces if 1 < len(phrase) <= _LONGEST_VALUE for word in phrase)
    return list(dict.fromkeys(word for word in words if word.isalpha() and len(word) > _ABBREVIATION))


def _is_word_like(piece: str) -> bool:
    phrase = phrase_of(piece)
    has_letters = any(word.isalpha() and len(word) > 1 for word in phrase)
    is_model = is_code("".join(phrase))
    return has_letters and not is_model and len(phrase) <= _LONGEST_VALUE and flag_of(piece) < 0


def _add_concept(book: PhraseBook, concept: Concept, columns: Named) -> None:
    unknown = [f"{UNKNOWN}{concept.names[0]}"]
    keys, loose = columns.exact or columns.loose or unknown, columns.loose if columns.exact else []
    for name in concept.names:
        named = phrase_of(name)
        for order in dict.fromkeys((named, named[::-1])):  # "откидной экран", "экран откидной"
            if keys is not unknown or not book.meanings(order):
                book.add(order, _meanings(Role.COLUMN, keys, loose))
    for phrase in concept.ask:
        if _GAP not in phrase:
            book.add(phrase, _meanings(Role.ASK, keys, loose))
    for role, phrases in ((Role.MORE, concept.more), (Role.LESS, concept.less)):
        for phrase in phrases:
            book.add(phrase, _meanings(role, [*keys, *loose], ()))


def _meanings(role: Role, keys: Iterable[str], loose: Iterable[str]) -> list[Meaning]:
    return [*(Meaning(role, key) for key in keys), *(Meaning(Role.PART, key) for key in loose)]


def frames_of(concepts: Mapping[str, Sequence[str]]) -> list[Frame]:
    """Return the questions for attributes that have other words in their middle."""
    found: list[Frame] = []
    for concept in loader.concepts():
        columns = tuple(concepts.get(concept.id, ())) or (f"{UNKNOWN}{concept.names[0]}",)
        parts = (phrase.split(_GAP) for phrase in concept.ask if _GAP in phrase)
        found.extend(Frame(phrase_of(before), phrase_of(behind), columns) for before, behind in parts)
    return found


def _share_kinds(book: PhraseBook, kinds: Kinds, groups: Sequence[Sequence[str]]) -> None:
    """Let every name of a kind mean what any other means, phrases of several words included."""
    for group in groups:
        phrases = [phrase_of(member) for member in group]
        keys = dict.fromkeys(
            chain.from_iterable(
                [m.key for m in book.meanings(phrase) if m.role is Role.KIND] or [kinds.key(phrase)]
                for phrase in phrases
            )
        )
        meanings = [Meaning(Role.KIND, key) for key in keys if key]
        for member, phrase in zip(group, phrases, strict=True):
            book.add(phrase, meanings)
            if meanings and member.isalpha() and phrase != (member,) and is_cyrillic(member):
                book.add_typed(member, meanings)


def _add_aliases(book: PhraseBook, goods: Goods, synonyms: Sequence[Sequence[str]]) -> None:
    for group in synonyms:
        joined = {member: "".join(phrase_of(member)) for member in group}
        codes = [code for code in joined.values() if is_code(code) and goods.models.find(code)[0]]
        for member in group if codes else ():
            book.add(member, [Meaning(Role.ALIAS, code) for code in codes])


def _add_language(book: PhraseBook) -> None:
    for sign, phrases in loader.signs().items():
        _add_all(book, phrases, Meaning(Role.SIGN, sign))
    for unit in units_by_phrase():
        book.add(unit, [Meaning(Role.UNIT, " ".join(unit))])
    numbers = loader.numbers()
    for role, table in ((Role.NUMBER, numbers["words"]), (Role.SCALE, numbers["scales"])):
        for number, words in table.items():
            _add_all(book, words, Meaning(role, str(number)))
    _add_all(book, numbers["money"], Meaning(Role.MONEY, "money"))
    for group in loader.brands():
        _add_maker(book, group)


def _add_maker(book: PhraseBook, group: Sequence[str]) -> None:
    """A maker that the pack sells is called by all its spellings; another one is known to be another one."""
    meanings = [meaning for name in group for meaning in book.meanings(phrase_of(name))]
    if any(meaning.role in {Role.BRAND, Role.NAME} for meaning in meanings):
        share(book, [group], {Role.BRAND: True, Role.NAME: True})
    else:
        _add_all(book, group, Meaning(Role.MAKER, group[0]))


def _add_all(book: PhraseBook, phrases: Iterable[str], meaning: Meaning) -> None:
    for phrase in phrases:
        book.add(phrase, [meaning])


def heads_of(concepts: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[list[str]]:
    """Return of each concept of goods, given by its Russian and English phrases, those that name the goods proper."""
    return [[*map(str, russian[:_HEADS]), *map(str, english[:_ENGLISH_HEADS])] for russian, english in concepts]
