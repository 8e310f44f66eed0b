"""Stored: the arranged goods as flat arrays and lists of words, and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.domain.pack import Pack
from bot.domain.telling import Shelves
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.goods.goods import Goods, folded, goods_of
from bot.knowledge.products.goods.kinds import Kinds
from bot.knowledge.products.goods.links import Links
from bot.knowledge.products.goods.models import Models
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language.attributes import column_phrase
from bot.knowledge.products.language.lexicon import Lexicon, frames_of
from bot.knowledge.products.language.loader import series
from bot.knowledge.products.language.names import Names
from bot.knowledge.products.language.phrases import PhraseBook, StoredBook
from bot.knowledge.products.language.units import unit_of
from bot.knowledge.products.saved.rows_by_key import RowsByKey, StoredRows, store_rows
from bot.knowledge.search.index.ragged import Numbers, Ragged, offsets_of

Scalar = TypeVar("Scalar", bound=np.generic)
_BETWEEN = "\x1f"
_MARK = "="
"""Begins words that may be empty: a list of one empty word would be read as an empty list."""


@dataclass(frozen=True)
class StoredColumns:
    """Columns one after another: of `rows` each has one row, of `texts` one as well."""

    keys: Sequence[str]
    shown_units: Sequence[str]
    rows: Ragged
    numbers: NDArray[np.float64]
    uppers: NDArray[np.float64]
    codes: NDArray[np.int32]
    texts: Sequence[str]
    text_offsets: NDArray[np.int64]
    flags: NDArray[np.int8]
    is_numeric: NDArray[np.bool_]
    is_yes_no: NDArray[np.bool_]


@dataclass(frozen=True)
class StoredGoods:
    """`products` and `order` as `Goods` has them; the hashes and rows of its models."""

    products: NDArray[np.int32]
    order: NDArray[np.int32]
    hashes: NDArray[np.uint32]
    hashed_rows: NDArray[np.int32]
    columns: StoredColumns


@dataclass(frozen=True)
class StoredLexicon:
    """The parts of a lexicon; `phrases` are those of the kinds with their keys, `concepts` pairs with their columns."""

    book: StoredBook
    kinds: StoredRows
    phrases: Sequence[str]
    additions: NDArray[np.bool_]
    brands: StoredRows
    names: StoredRows
    own_names: Sequence[str]
    pieces: StoredRows
    concepts: Sequence[str]


@dataclass(frozen=True)
class StoredLinks:
    """The parts of `Links`."""

    owners: NDArray[np.int32]
    others: NDArray[np.int32]
    scopes: StoredRows
    joints: Sequence[str]
    mounts: Sequence[str]


@dataclass(frozen=True)
class Stored:
    """All that takes long to arrange. `topics` and `codes` are words of the brand's own texts."""

    goods: StoredGoods
    lexicon: StoredLexicon
    links: StoredLinks
    topics: Sequence[str]
    codes: Sequence[str]


def store_goods(goods: Goods) -> StoredGoods:
    """Lay goods flat; prices and what is there are not stored, for they change by themselves."""
    columns = list(goods.columns.values())
    return StoredGoods(
        products=goods.products,
        order=goods.order,
        hashes=goods.models.hashes,
        hashed_rows=goods.models.rows,
        columns=StoredColumns(
            keys=[column.key for column in columns],
            shown_units=[f"{_MARK}{column.shown_unit}" for column in columns],
            rows=Ragged(_offsets(column.rows for column in columns), _joined([c.rows for c in columns], np.int32)),
            numbers=_joined([column.numbers for column in columns], np.float64),
            uppers=_joined([column.uppers for column in columns], np.float64),
            codes=_joined([column.codes for column in columns], np.int32),
            texts=[f"{_MARK}{text}" for column in columns for text in column.texts],
            text_offsets=_offsets(column.texts for column in columns),
            flags=_joined([column.flags for column in columns], np.int8),
            is_numeric=np.array([column.is_numeric for column in columns], np.bool_),
            is_yes_no=np.array([column.is_yes_no for column in columns], np.bool_),
        ),
    )


def store_lexicon(lexicon: Lexicon) -> StoredLexicon:
    """Lay a lexicon flat."""
    return StoredLexicon(
        book=lexicon.book.stored(),
        kinds=store_rows(lexicon.kinds.words),
        phrases=[f"{' '.join(phrase)}{_BETWEEN}{key}" for phrase, key in lexicon.kinds.phrases.items()],
        additions=lexicon.kinds.additions,
        brands=store_rows(lexicon.brands),
        names=store_rows(lexicon.names),
        own_names=sorted(lexicon.own_names.own),
        pieces=store_rows(lexicon.pieces),
        concepts=[f"{id_}{_BETWEEN}{column}" for id_, columns in lexicon.concepts.items() for column in columns],
    )


def store_links(links: Links) -> StoredLinks:
    """Lay links flat."""
    scopes = {_BETWEEN.join(scope): rows for scope, rows in links.scopes.items()}
    return StoredLinks(links.owners, links.others, store_rows(scopes), list(links.joints), sorted(links.mounts))


def knowing_from(stored: Stored, pack: Pack, ordinary: frozenset[str]) -> Knowing:
    """Read back what was stored of the goods of `pack`.

    Raises:
        ValueError: it is not of these goods, or damaged.
    """
    offers = list(pack.catalogue.offers.values())
    flat = stored.goods
    if len(flat.products) != len(offers) or len(flat.order) != len(offers):
        raise ValueError("the saved goods are others")
    columns = {column.key: column for column in _columns(flat.columns, pack)}
    models = Models(offers, flat.hashes, flat.hashed_rows)
    goods = goods_of(pack.catalogue, offers, (flat.products, flat.order), columns, models)
    return Knowing(goods, _lexicon(stored.lexicon, columns, ordinary), Shelves(pack.catalogue))


def links_from(stored: StoredLinks) -> Links:
    """Read links back."""
    scopes: dict[tuple[str, str], Numbers] = {}
    for key, rows in RowsByKey(stored.scopes).items():
        kinds, _, names = key.partition(_BETWEEN)
        scopes[kinds, names] = rows
    return Links(stored.owners, stored.others, scopes, stored.joints, frozenset(stored.mounts))


def _lexicon(stored: StoredLexicon, columns: Mapping[str, Column], ordinary: frozenset[str]) -> Lexicon:
    phrases = (phrase.partition(_BETWEEN) for phrase in stored.phrases)
    kinds = Kinds(
        RowsByKey(stored.kinds), {tuple(words.split(" ")): key for words, _, key in phrases}, stored.additions
    )
    concepts: dict[str, list[str]] = {}
    for pair in stored.concepts:
        id_, _, column = pair.partition(_BETWEEN)
        concepts.setdefault(id_, []).append(column)
    book = PhraseBook.restored(stored.book, ordinary)
    for spelling, word in series().items():
        book.spell(spelling, word)
    return Lexicon(
        book=book,
        kinds=kinds,
        brands=RowsByKey(stored.brands),
        names=RowsByKey(stored.names),
        own_names=Names(kinds, map(column_phrase, columns), frozenset(stored.own_names)),
        pieces=RowsByKey(stored.pieces),
        concepts=concepts,
        frames=frames_of(concepts),
    )


def _columns(stored: StoredColumns, pack: Pack) -> Iterator[Column]:
    offers = list(pack.catalogue.offers.values())
    offsets, text_offsets = stored.rows.offsets, stored.text_offsets
    if len(stored.texts) != text_offsets[-1] or len(stored.keys) != len(stored.rows):
        raise ValueError("the saved columns are damaged")
    for at, (key, unit) in enumerate(zip(stored.keys, stored.shown_units, strict=True)):
        start, end = offsets[at], offsets[at + 1]
        rows = stored.rows.row(at)
        shown_unit = unit.removeprefix(_MARK)
        yield Column(
            key=key,
            name=next(param.name for param in offers[int(rows[0])].params if folded(param.name) == key),
            unit=unit_of(shown_unit),
            shown_unit=shown_unit,
            rows=rows,
            numbers=stored.numbers[start:end],
            uppers=stored.uppers[start:end],
            codes=stored.codes[start:end],
            texts=[text.removeprefix(_MARK) for text in stored.texts[text_offsets[at] : text_offsets[at + 1]]],
            flags=stored.flags[start:end],
            is_numeric=bool(stored.is_numeric[at]),
            is_yes_no=bool(stored.is_yes_no[at]),
        )


def _offsets(all_rows: Iterable[Sequence[object] | NDArray[np.int32]]) -> NDArray[np.int64]:
    return offsets_of(np.array([len(rows) for rows in all_rows], np.int64))


def _joined(arrays: Sequence[NDArray[Scalar]], kind: type[Scalar]) -> NDArray[Scalar]:
    return np.concatenate([np.empty(0, kind), *arrays]).astype(kind, copy=False)
