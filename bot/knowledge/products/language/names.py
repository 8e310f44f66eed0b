"""Names: the words, and the words with numbers, that goods are called by besides their kind and their maker."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from bot.domain.catalogue import Offer
from bot.domain.text import fold
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.goods.kinds import Kinds
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.phrases import Phrase
from bot.knowledge.products.language.tokens import phrase_of
from bot.knowledge.products.language.units import is_unit
from bot.knowledge.products.language.words import is_stop, lemma

_RUN = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
_RANGE = re.compile(r"\d{1,4}-\d{1,4}")
"""Two numbers by which a thing is called: a lens of 14-140 mm."""
_SHORTEST = 3
_NUMBER = re.compile(r"\d{1,5}([^\W\d_]{0,2})")
"""A number by which goods of one name are told apart, perhaps with a letter or two: "Redmi 12C"."""
PLUS, PLUS_WORD = "+", "plus"
TARGET = ">"
"""Begins the key of a name that stands behind "for": what the thing is for, not what it is."""


class Names:
    """Finds the own names in what offers are called. `columns` are the names of params, as phrases: "frame 17" is said
    of a thing, not its name. `own` are words that goods are called by before any "for": behind it they name others."""

    def __init__(self, kinds: Kinds, columns: Iterable[Phrase], own: frozenset[str] = frozenset()) -> None:
        self.own = own
        self._kinds = kinds
        self._columns = frozenset(word for phrase in columns for word in phrase)
        self._of_brands: dict[str, frozenset[str]] = {}

    def of(self, offer: Offer) -> set[str]:
        """Return the words that `offer` is called by, and each word with the number beside it."""
        ignored = self._maker(offer)
        is_for_others = bool(self.targets(offer))
        names = (own_part(name) if is_for_others else name for name in dict.fromkeys((offer.name, offer.model)))
        return {word for name in names for word in self._in(name, ignored)}

    def targets(self, offer: Offer) -> set[str]:
        """Return the words behind "for" in what `offer` is called, where they name other goods of the store.

        Its own maker names none: a cream "для лица Роса Дневной" is called "дневной" itself.
        """
        own = own_part(offer.name)
        if len(own) == len(offer.name.strip()):
            return set()
        words = set(self._in(offer.name.strip().removeprefix(own), frozenset()))
        return set() if self.own.isdisjoint(words - self._maker(offer)) else words

    def _maker(self, offer: Offer) -> frozenset[str]:
        brand = fold(offer.vendor)
        if brand not in self._of_brands:
            self._of_brands[brand] = frozenset(phrase_of(brand))
        return self._of_brands[brand]

    def _in(self, name: str, ignored: frozenset[str]) -> Iterator[str]:
        yield from (word for word in _words(name) if word not in self._kinds.words and word not in ignored)
        yield from self._with_numbers(name, ignored)

    def rows(self, goods: Goods) -> dict[str, Rows]:
        """Return the rows of all goods by each word of their names."""
        plain = dict.fromkeys(offer.name for offer in goods.offers if own_part(offer.name) == offer.name.strip())
        self.own = frozenset(word for name in plain for word in self._in(name, frozenset()))
        found: defaultdict[str, list[int]] = defaultdict(list)
        for row, offer in enumerate(goods.offers):
            for word in self.of(offer):
                found[word].append(row)
            for word in self.targets(offer):
                found[f"{TARGET}{word}"].append(row)
        return {word: np.array(rows, np.int32) for word, rows in found.items()}

    def _with_numbers(self, name: str, ignored: frozenset[str]) -> Iterator[str]:
        if not any(letter.isdigit() for letter in name):
            return
        runs = _RUN.findall(name)
        for at in range(len(runs) - 1):
            word, number = runs[at : at + 2]
            if _is_number(number) and self._is_own(word, ignored) and not is_unit("".join(runs[at + 2 : at + 3])):
                yield f"{_word(word)} {fold(number)}"
            elif _is_number(word) and self._is_own(number, ignored) and not is_unit(number):
                yield f"{fold(word)} {_word(number)}"

    def _is_own(self, run: str, ignored: frozenset[str]) -> bool:
        if not run.isalpha() or len(run) < _SHORTEST:
            return False
        word = _word(run)
        return word not in self._kinds.words and word not in self._columns and word not in ignored


def brands_of(goods: Goods) -> dict[str, Rows]:
    """Return the rows of each maker, by its folded name."""
    brands: defaultdict[str, list[int]] = defaultdict(list)
    for row, offer in enumerate(goods.offers):
        if offer.vendor:
            brands[fold(offer.vendor)].append(row)
    return {brand: np.array(rows, np.int32) for brand, rows in brands.items() if brand}


def phrase_of_name(name: str) -> Phrase:
    """Return a name as it is looked up."""
    if _RANGE.fullmatch(name):
        return phrase_of(name)
    return tuple(part for word in name.split(" ") for part in (phrase_of(word) if word[0].isdigit() else (word,)))


def own_part(name: str) -> str:
    """Return what stands before "for": what a thing is called itself."""
    padded = f" {name} "
    for word in grammar()["own-name-ends"]:
        padded = padded.split(f" {word} ", 1)[0]
    return padded.strip()


def _words(name: str) -> Iterator[str]:
    """Yield the words of a name that are no part of a code, and ranges of numbers."""
    for run in _RUN.findall(name):
        if _RANGE.fullmatch(run) or run == PLUS:
            yield run
        elif not any(letter.isdigit() for letter in run):
            parts = (word for word in run.split("-") if len(word) >= _SHORTEST or _is_mark(word))
            yield from (lemma(word) for word in map(fold, parts) if not is_stop(word))


def _is_mark(word: str) -> bool:
    """Whether two capitals tell a model from its series: "SE"."""
    return len(word) == _SHORTEST - 1 and word.isascii() and word.isupper() and not is_unit(word)


def _word(run: str) -> str:
    return lemma(fold(run))


def _is_number(run: str) -> bool:
    match = _NUMBER.fullmatch(run)
    return match is not None and not is_unit(match[1])
