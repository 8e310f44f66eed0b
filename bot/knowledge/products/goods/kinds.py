"""Kinds: what words say which goods are meant, from the categories and the names of the goods."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.domain.catalogue import Catalogue, Category, Offer
from bot.knowledge.products.goods.goods import Rows
from bot.knowledge.products.goods.models import is_code
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.tokens import Gap, phrase_of, tokens_of

_PREPOSITION = re.compile(rf"\b(?:{'|'.join(grammar()['prepositions'])})\b", re.IGNORECASE)
_ADDITION = re.compile(
    rf"\b(?:{'|'.join(grammar()['additions']['words'])})\b|\b(?:{'|'.join(grammar()['additions']['stems'])})",
    re.IGNORECASE,
)
"""What a category of goods is called that go with other goods."""
_SEVERAL = re.compile(rf"\b(?:{'|'.join(grammar()['conjunctions'])})\b|[,/]")
_MOST_WORDS = 5
_FEWEST_LETTERS = 2
_CATEGORY = "#"
_AND = "+"


@dataclass(frozen=True)
class Kinds:
    """`rows` by word, and by ``#category``. `additions` are goods that go with others; `phrases` are whole names."""

    words: Mapping[str, Rows]
    phrases: Mapping[tuple[str, ...], str]
    additions: NDArray[np.bool_]

    def rows(self, key: str) -> Rows:
        """Return what a key means: a word, a category, or several joined by ``+``, all of which must hold."""
        found = [self.words.get(part, NONE) for part in key.split(_AND)]
        rows = found[0]
        for each in found[1:]:
            rows = np.intersect1d(rows, each, assume_unique=True)
        return rows

    def key(self, phrase: Sequence[str]) -> str:
        """Return the key of goods that all of these words fit; empty where there are none."""
        words = [word for word in phrase if word in self.words]
        key = _AND.join(words)
        return key if len(words) == len(phrase) and words and len(self.rows(key)) else ""


def kinds_of(catalogue: Catalogue, offers: Sequence[Offer]) -> Kinds:
    """Gather the words of all goods."""
    types = _without_names(catalogue, offers, [type_words(offer) for offer in offers])
    used: defaultdict[str, set[str]] = defaultdict(set)
    for offer, own in zip(offers, types, strict=True):
        for id_ in offer.category_ids:
            used[id_].update(own)
    described = {id_: _Path(catalogue.path(id_)) for id_ in used}
    rows: defaultdict[str, list[int]] = defaultdict(list)
    additions = np.zeros(len(offers), np.bool_)
    for row, (offer, own) in enumerate(zip(offers, types, strict=True)):
        words = dict.fromkeys(own)
        for id_ in offer.category_ids:
            path = described[id_]
            words.update(dict.fromkeys(path.words(own, used[id_])))
            if path.is_addition:
                additions[row] = True
        for word in words:
            rows[word].append(row)
    phrases = {phrase: key for path in described.values() for phrase, key in path.phrases()}
    phrases.update(_type_phrases(offers))
    return Kinds({word: np.array(each, np.int32) for word, each in rows.items()}, phrases, additions)


def _without_names(
    catalogue: Catalogue, offers: Sequence[Offer], types: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """Leave out words that one product alone has, where a name does not say where its kind ends.

    The word that names the kind, the first one in Russian, the last one in English, stays where no shelf is called so.
    """
    products: defaultdict[str, set[str]] = defaultdict(set)
    for offer, own in zip(offers, types, strict=True):
        for word in own:
            if len(products[word]) <= 1:
                products[word].add(offer.group_id or offer.name)
    found: list[tuple[str, ...]] = []
    for offer, own in zip(offers, types, strict=True):
        if offer.type_prefix or len(own) <= 1 or _maker_at(offer):
            found.append(own)
            continue
        shelf = _shelf_words(catalogue, offer)
        kept = [word for word in own if len(products[word]) > 1 or word in shelf]
        head = own[-1] if own[0].isascii() else own[0]
        found.append(tuple(word for word in own if word in kept or (word == head and shelf.isdisjoint(kept))))
    return found


def _shelf_words(catalogue: Catalogue, offer: Offer) -> frozenset[str]:
    return frozenset(
        word for id_ in offer.category_ids for each in catalogue.path(id_) for word in _name_words(each.name)
    )


def _type_phrases(offers: Sequence[Offer]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what goods call themselves where that is more than words: "3D-очки"."""
    for written in dict.fromkeys(offer.type_prefix or _before_maker(offer) for offer in offers):
        own, phrase = _type_words(written), phrase_of(_PREPOSITION.split(written, maxsplit=1)[0])
        if own and len(phrase) > len(own):
            yield phrase, _AND.join(own)


def type_words(offer: Offer) -> tuple[str, ...]:
    """Return what kind of thing an offer calls itself: the words before its maker or its model."""
    return _type_words(offer.type_prefix or _before_maker(offer))


@lru_cache(maxsize=10_000)
def _type_words(written: str) -> tuple[str, ...]:
    text = _PREPOSITION.split(written, maxsplit=1)[0]
    return tuple(dict.fromkeys(word for word in phrase_of(text) if len(word) >= _FEWEST_LETTERS and word.isalpha()))


def _before_maker(offer: Offer) -> str:
    name = offer.name.removeprefix(offer.vendor).strip()
    before = name[: _maker_at(offer)] if _maker_at(offer) else name
    kept: list[str] = []
    tokens = tokens_of(before)
    for at, token in enumerate(tokens):
        if not token.text.isalpha() and kept:
            is_series = len(kept) > 1 and at == len(tokens) - 1 and token.text.isdigit()
            kept = kept[:-1] if is_series else kept  # "Стул Дуб 3" is a chair, and no oak
            break
        kept.append(token.text)
        if token.gap is Gap.BREAK and len(kept) > 1:
            kept.pop()
            break
    words = [word for word in kept if not is_code(word)]
    return " ".join(words[:_MOST_WORDS])


def _maker_at(offer: Offer) -> int:
    """Return where the maker or the model stands in a name; 0 where neither does, or first of all."""
    name = offer.name.removeprefix(offer.vendor).strip().lower()
    return min(
        (at for maker in (offer.vendor, offer.model) if maker and (at := name.find(maker.lower())) > 0), default=0
    )


class _Path:
    """A category with its parents."""

    def __init__(self, path: Sequence[Category]) -> None:
        self._path = path
        self.is_addition = any(_ADDITION.search(category.name) for category in path)
        lowest = next((at for at, category in enumerate(path) if _ADDITION.search(category.name)), 0)
        self._counted = path[lowest:]

    def words(self, own: Iterable[str], used: set[str]) -> Iterator[str]:
        """Yield the words of the path that fit an offer which calls itself `own`; ``#id`` for each category."""
        mine = frozenset(own)
        for category in self._counted:
            words = _name_words(_PREPOSITION.split(category.name, maxsplit=1)[0])
            is_several = len(words) > 1 and _SEVERAL.search(category.name)
            yield from (word for word in words if not is_several or word in mine or word not in used)
        yield from (f"{_CATEGORY}{category.id}" for category in self._path)

    def phrases(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield names, and what stands in them after a preposition, with the key of the category."""
        for category in self._path:
            key = f"{_CATEGORY}{category.id}"
            if len(phrase_of(category.name)) > 1:
                yield phrase_of(category.name), key
            rest = phrase_of(" ".join(_PREPOSITION.split(category.name, maxsplit=1)[1:]))
            if len(rest) > 1 and not _ADDITION.search(category.name):
                yield rest, key


def _name_words(text: str) -> list[str]:
    return [word for word in phrase_of(text) if word.isalpha() and len(word) >= _FEWEST_LETTERS]


NONE: Rows = np.empty(0, np.int32)
