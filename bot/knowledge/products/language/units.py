"""Units: what a number measures, and in which unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.products.language.loader import units as written_units
from bot.knowledge.products.language.tokens import phrase_of

MONEY = "money"


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind` is what is measured; a number times `factor` is in the smallest unit of the kind."""

    kind: str
    factor: float = 1.0


@lru_cache(maxsize=1)
def units_by_phrase() -> Mapping[tuple[str, ...], Unit]:
    """Every spelling of every unit, as phrases of dictionary forms."""
    return {
        phrase_of(name): Unit(group["kind"], float(unit["factor"]))
        for group in written_units()
        for unit in group["units"]
        for name in unit["names"]
    }


def unit_by_key(key: str) -> Unit:
    """Return the unit of a meaning's key; one that only the feed knows is a kind of its own."""
    return units_by_phrase().get(tuple(key.split()), Unit(key))


@lru_cache(maxsize=2000)
def unit_of(written: str) -> Unit:
    """Read the unit of a param; an unknown one is a kind of its own, comparable with itself."""
    if not written:
        return Unit("")
    phrase = phrase_of(written)
    known = units_by_phrase()
    found = known.get(phrase)
    if found is None and phrase:
        found = next((known[part] for part in (phrase[-1:], phrase[:1]) if part in known and len(phrase) == 1), None)
    return found or Unit(" ".join(phrase))


def is_unit(written: str) -> bool:
    """Whether it is a unit that we know."""
    return phrase_of(written) in units_by_phrase()
