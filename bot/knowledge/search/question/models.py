"""Models: names of products, and what people leave out of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.search.text.parts import Gap, Part, has_digit, joins, spellings

_VERSION = re.compile(r"(.*\d)[^\W\d_]{1,2}")
_SERIES = re.compile(r"([a-z]+)\d+[a-z]*")


class Models:
    """The terms that name products of one pack."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self._versions = _versions_of(names)
        self._series = frozenset(found.group(1) for found in map(_SERIES.fullmatch, names) if found)

    def __contains__(self, term: str) -> bool:
        return term in self.names

    def continued(self, term: str) -> list[str]:
        """Return names that continue `term`, itself none, by a letter or two: versions, kits, countries."""
        if term in self.names:
            return []
        return [model for spelling in spellings(term) for model in self._versions.get(spelling, ())]

    def begin_unknown(self, parts: Sequence[Part], at: int) -> bool:
        """Whether a number belongs to the word at `at` with a hyphen, or products have the word with other numbers."""
        if not parts[at].text.isascii() or not any(has_digit(joined) for _, joined in joins(parts, at)):
            return False
        return parts[at].text in self._series or parts[at + 1].gap is Gap.HYPHEN


def _versions_of(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return names of models by what is left without the letters after the number."""
    versions: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if found := _VERSION.fullmatch(name):
            versions[found.group(1)].append(name)
    return versions
