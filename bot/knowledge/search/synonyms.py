"""Synonyms: what else a pack calls the same thing."""

from collections import defaultdict
from collections.abc import Sequence

from bot.knowledge.search.terms import terms_of

Phrase = tuple[str, ...]
"""Lemmas that must all be there."""


class Synonyms:
    """Groups of words and phrases that mean the same."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._others: defaultdict[Phrase, list[Phrase]] = defaultdict(list)
        for group in groups:
            phrases = [phrase for phrase in dict.fromkeys(map(terms_of, group)) if phrase]
            for phrase in phrases:
                self._others[phrase].extend(other for other in phrases if other != phrase)
        self._longest = max(map(len, self._others), default=0)
        self._words = frozenset(term for phrase in self._others for term in phrase)

    def __contains__(self, term: str) -> bool:
        return term in self._words

    def expand(self, terms: Sequence[str]) -> dict[str, list[Phrase]]:
        """Return for terms that stand in `terms` as a group has them, what they may be replaced by."""
        found: defaultdict[str, list[Phrase]] = defaultdict(list)
        for start in range(len(terms)):
            for length in range(1, self._longest + 1):
                phrase = tuple(terms[start : start + length])
                for term in phrase:
                    found[term].extend(self._others.get(phrase, ()))
        return dict(found)
