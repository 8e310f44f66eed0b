"""Vocabulary: the words of a pack, how rare each is, and which of them a person may have meant."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import takewhile

from bot.knowledge.search.documents import Document
from bot.knowledge.search.morphology import is_cyrillic, is_russian_word, stem

SAME_STEM = 0.9
KIN = 0.75
"""How alike are two words of one root with other endings."""

_BACKGROUND = 50
"""Documents assumed besides those of the pack, so that in a small pack a word does not look common at once."""
_UNKNOWN = 1.4
"""How much more than the rarest word of the pack an unknown one weighs."""
_NUMBER = 0.5
"""How much less a bare number weighs."""

_SHORTEST_ROOT = 4
_ROOT = 5
_SHORTEST_MISTYPED = 5
_LIKENESS = 0.5
_MOST_NEIGHBOURS = 3


class Vocabulary:
    """Terms of all documents."""

    def __init__(self, documents: Iterable[Document]) -> None:
        counts: Counter[str] = Counter()
        size = _BACKGROUND
        for document in documents:
            size += 1
            counts.update({*document.title, *document.subject, *document.body})
        self._size = size
        self._counts = counts
        self._stems = _gather((stem(term), term) for term in counts if term.isalpha())
        self._roots = _gather((found[:_SHORTEST_ROOT], found) for found in self._stems if len(found) >= _SHORTEST_ROOT)
        self._grams = _gather((gram, term) for term in counts if _is_long(term) for gram in _trigrams(term))
        self._neighbours = lru_cache(maxsize=10_000)(self._find_neighbours)

    def __contains__(self, term: str) -> bool:
        return term in self._counts

    def weight(self, term: str) -> float:
        """Tell how much `term` says: the rarer, the more."""
        count = self._counts.get(term, 0)
        weight = math.log(1 + (self._size - count + 0.5) / (max(count, 1) + 0.5))
        return weight * (1.0 if count else _UNKNOWN) * (_NUMBER if term[0].isdigit() else 1.0)

    def neighbours(self, term: str) -> Mapping[str, float]:
        """Return other words of the pack that `term` may stand for, with likeness below 1."""
        return self._neighbours(term)

    def _find_neighbours(self, term: str) -> Mapping[str, float]:
        if not term.isalpha():
            return {}
        found = self._kin(term)
        if found or term in self._counts or (is_cyrillic(term) and is_russian_word(term)):
            return found
        return self._alike(term)

    def _kin(self, term: str) -> dict[str, float]:
        own = stem(term)
        found = dict.fromkeys(self._stems.get(own, ()), SAME_STEM)
        for other in self._roots.get(own[:_SHORTEST_ROOT], ()):
            if other != own and _is_kin(own, other):
                found.update(dict.fromkeys(self._stems[other], KIN))
        found.pop(term, None)
        return found

    def _alike(self, term: str) -> dict[str, float]:
        if not _is_long(term):
            return {}
        grams = _trigrams(term)
        shared = Counter(other for gram in grams for other in self._grams.get(gram, ()) if other[0] == term[0])
        likeness = {other: 2 * count / (len(grams) + len(_trigrams(other))) for other, count in shared.items()}
        best = sorted((other for other in likeness if likeness[other] >= _LIKENESS), key=lambda other: -likeness[other])
        return {other: min(SAME_STEM, likeness[other] + 0.2) for other in best[:_MOST_NEIGHBOURS]}


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    gathered: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        gathered[key].append(value)
    return dict(gathered)


def _is_kin(one: str, other: str) -> bool:
    """Whether two stems share a root long enough for the endings they have besides."""
    root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    shorter, longer = sorted((len(one) - root, len(other) - root))
    if root <= _SHORTEST_ROOT:
        return root == _SHORTEST_ROOT and shorter == 0 and longer == 1
    if shorter == 0:
        return longer <= _ROOT
    return shorter + longer <= (2 if root == _ROOT else 5)


def _is_long(term: str) -> bool:
    return len(term) >= _SHORTEST_MISTYPED and term.isalpha()


def _trigrams(term: str) -> set[str]:
    framed = f"^{term}$"
    return {framed[at : at + 3] for at in range(len(framed) - 2)}
