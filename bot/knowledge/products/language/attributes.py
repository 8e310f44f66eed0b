"""Attributes: which params of the feed are an attribute that people know by name, exactly or more or less."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.knowledge.products.goods.columns import Column, split_unit
from bot.knowledge.products.language.loader import Concept, grammar
from bot.knowledge.products.language.phrases import Phrase
from bot.knowledge.products.language.tokens import phrase_of

GENERIC = frozenset(phrase_of(" ".join(grammar()["generic"])))
"""Words of a param's name that do not make another thing of it."""
FUNCTION = frozenset(phrase_of(" ".join(grammar()["function"])))
_ADJECTIVE = tuple(grammar()["adjective-endings"])


class Named(NamedTuple):
    """Columns that are exactly an attribute, and those that are one of its kind: the volume of the freezer."""

    exact: list[str]
    loose: list[str]

    @property
    def all(self) -> list[str]:
        """All of them, the exact ones first."""
        return [*self.exact, *self.loose]


def columns_of(concept: Concept, columns: Mapping[str, Column]) -> Named:
    """Find the columns of an attribute: those called by one of its names, and those called by that and by more."""
    wanted = {phrase_of(name) for name in concept.names}
    long = [frozenset(phrase) for phrase in wanted if len(phrase) > 1]
    heads = {phrase[0] for phrase in wanted if len(phrase) == 1}
    exact = [key for key in columns if column_phrase(key) in wanted or _bare(key) in wanted]
    loose = [
        key
        for key, column in columns.items()
        if key not in exact
        and (not concept.kind or column.unit.kind == concept.kind)
        and (
            _head(key, concept) in heads
            or (column.is_yes_no and not heads.isdisjoint(column_phrase(key)))
            or any(phrase <= frozenset(column_phrase(key)) for phrase in long)
        )
    ]
    return Named(exact, loose)


def _bare(key: str) -> Phrase:
    return tuple(word for word in column_phrase(key) if word not in GENERIC and word not in FUNCTION)


def _head(key: str, concept: Concept) -> str:
    """Return the word that others only describe: the first one in Russian, the last one in English."""
    nouns = [word for word in _bare(key) if not word.endswith(_ADJECTIVE)]
    if not nouns or (concept.is_of_whole and len(nouns) > 1):
        return ""
    return nouns[-1] if nouns[-1].isascii() else nouns[0]


def column_phrase(key: str) -> Phrase:
    """Return the words of a param's name, without the unit behind it."""
    return phrase_of(split_unit(key)[0])
