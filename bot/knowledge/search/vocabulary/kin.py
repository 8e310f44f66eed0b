"""Kin: other words of the pack with the same stem or root."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.knowledge.search.text.morphology import stem

SAME_STEM = 0.9
SAME_ROOT = 0.75
"""How alike two words are with the same stem, and with the same root only."""

_SHORTEST_ROOT = 4
_ROOT = 5


@dataclass(frozen=True)
class Kin:
    """`words` in the order of their `stems`, which are sorted."""

    stems: Sequence[str]
    words: Sequence[str]

    def of(self, word: str) -> dict[str, float]:
        """Return words of the pack with the stem or the root of `word`, and how alike each is."""
        own = stem(word)
        found: dict[str, float] = {}
        root = own[:_SHORTEST_ROOT]
        for at in range(bisect_left(self.stems, root), len(self.stems)):
            other = self.stems[at]
            if not other.startswith(root):
                break
            if other == own:
                found[self.words[at]] = SAME_STEM
            elif _is_kin(own, other):
                found[self.words[at]] = SAME_ROOT
        found.pop(word, None)
        return found


def build_kin(words: Iterable[str]) -> Kin:
    """Sort the words made of letters by their stems."""
    pairs = sorted((stem(word), word) for word in words if word.isalpha())
    return Kin(stems=[own for own, _ in pairs], words=[word for _, word in pairs])


def _is_kin(one: str, other: str) -> bool:
    """Whether two stems share a root long enough for the endings they have besides."""
    root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    shorter, longer = sorted((len(one) - root, len(other) - root))
    if root <= _SHORTEST_ROOT:
        return len(one) >= _SHORTEST_ROOT and root == _SHORTEST_ROOT and shorter == 0 and longer == 1
    if shorter == 0:
        return longer <= _ROOT
    return shorter + longer <= (2 if root == _ROOT else 5)
