"""Names: the words, and the words with numbers, that goods are called by besides their kind and their maker."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from bot.domain.catalogue import Offer
from bot.domain.text import fold
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.goods.kinds import Kinds
from bot.knowledge.products.language.phrases import Phrase
from bot.knowledge.products.language.tokens import phrase_of
from bot.knowledge.products.language.units import is_unit
from bot.knowledge.products.language.words import lemma

_RUN = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
_RANGE = re.compile(r"\d{1,4}-\d{1,4}")
"""Two numbers by which a thing is called: a lens of 14-140 mm."""
_SHORTEST = 3
_LONGEST_NUMBER = 5


class Names:
    """Finds the own names in what offers are called. `columns` are the names of params, as phrases: "frame 17" is said
    of a thing, not its name."""

    def __init__(self, kinds: Kinds, columns: Iterable[Phrase]) -> None:
        self._kinds = kinds
        self._columns = frozenset(word for phrase in columns for word in phrase)
        self._of_brands: dict[str, frozenset[str]] = {}

    def of(self, offer: Offer) -> set[str]:
        """Return the words that `offer` is called by, and each word with the number beside it."""
        brand = fold(offer.vendor)
        if brand not in self._of_brands:
            self._of_brands[brand] = frozenset(phrase_of(brand))
        ignored = self._of_brands[brand]
        words: set[str] = set()
        for name in dict.fromkeys((offer.name, offer.model)):
            words.update(word for word in _words(name) if word not in self._kinds.words and word not in ignored)
            words.update(self._with_numbers(name, ignored))
        return words

    def rows(self, goods: Goods) -> dict[str, Rows]:
        """Return the rows of all goods by each word of their names."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for row, offer in enumerate(goods.offers):
            for word in self.of(offer):
                found[word].append(row)
        return {word: np.array(rows, np.int32) for word, rows in found.items()}

    def _with_numbers(self, name: str, ignored: frozenset[str]) -> Iterator[str]:
        if not any(letter.isdigit() for letter in name):
            return
        runs = _RUN.findall(name)
        for at in range(len(runs) - 1):
            word, number = runs[at : at + 2]
            if _is_number(number) and self._is_own(word, ignored) and not is_unit("".join(runs[at + 2 : at + 3])):
                yield f"{_word(word)} {number}"
            elif _is_number(word) and self._is_own(number, ignored) and not is_unit(number):
                yield f"{word} {_word(number)}"

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
    return phrase_of(name) if _RANGE.fullmatch(name) else tuple(name.split(" "))


def _words(name: str) -> Iterator[str]:
    """Yield the words of a name that are no part of a code, and ranges of numbers."""
    for run in _RUN.findall(name):
        if _RANGE.fullmatch(run):
            yield run
        elif not any(letter.isdigit() for letter in run):
            yield from (lemma(word) for word in fold(run).split("-") if len(word) >= _SHORTEST)


def _word(run: str) -> str:
    return lemma(fold(run))


def _is_number(run: str) -> bool:
    return run.isdigit() and len(run) <= _LONGEST_NUMBER
