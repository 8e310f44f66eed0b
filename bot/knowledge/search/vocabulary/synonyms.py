"""Synonyms: what else a pack calls the same thing."""

from collections import defaultdict
from collections.abc import Sequence

from bot.knowledge.search.text.terms import phrase_of, phrasing_of

Phrase = tuple[str, ...]
"""Lemmas that must all be there."""

SAME_BY_PACK = 0.9
_EVERYDAY = 0.75
"""How alike two members of a group are."""


class Synonyms:
    """Groups of words and phrases that mean the same; those of the `pack` are nearer than the `everyday` ones."""

    def __init__(self, pack: Sequence[Sequence[str]], everyday: Sequence[Sequence[str]] = ()) -> None:
        self._others: defaultdict[Phrase, dict[Phrase, float]] = defaultdict(dict)
        for groups, likeness in ((everyday, _EVERYDAY), (pack, SAME_BY_PACK)):
            for group in groups:
                phrases = list(dict.fromkeys(phrase_of(member) for member in group if _keeps_meaning(member)))
                for phrase in phrases:
                    self._others[phrase].update((other, likeness) for other in phrases if other != phrase)
        self._longest = max(map(len, self._others), default=0)
        self._words = frozenset(phrase[0] for phrase in self._others if len(phrase) == 1)

    def __contains__(self, term: str) -> bool:
        return term in self._words

    def expand(self, terms: Sequence[str]) -> dict[str, dict[Phrase, float]]:
        """Return for terms that stand in `terms` as a group has them, what may replace them and how alike it is."""
        found: defaultdict[str, dict[Phrase, float]] = defaultdict(dict)
        for start in range(len(terms)):
            for length in range(1, self._longest + 1):
                phrase = tuple(terms[start : start + length])
                for term in phrase:
                    found[term].update(self._others.get(phrase, {}))
        return dict(found)


def _keeps_meaning(member: str) -> bool:
    """Whether function words can be dropped from `member`: "without a lens" must not come to mean "lens"."""
    count = len(phrase_of(member))
    return count > 1 or (count == 1 and len(phrasing_of(member)) == 1)
