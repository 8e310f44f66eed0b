"""Reading: what was understood of one question, before it is known what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.wishes import Relation
from bot.knowledge.products.language.phrases import Span
from bot.knowledge.products.language.tokens import Token
from bot.knowledge.products.language.units import Unit

KOPECKS = 100
LEAST_PRICE = 1000
"""A number without a unit from which on it may be a price."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Offers named by their code or name, best match first. `is_target`: things are wanted that go with them."""

    rows: tuple[int, ...]
    start: int
    code: str
    end: int = 0
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A param that was named. `columns` are those of this name, `parts` those whose names hold it."""

    columns: tuple[str, ...]
    parts: tuple[str, ...]
    start: int
    end: int
    is_wanted: bool = False
    is_unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Valued:
    """A value that was named, with all columns that may have it, as keys of the lexicon."""

    keys: tuple[str, ...]
    start: int
    is_unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it measures. `unit` is None where none was said; money has a unit of its own kind.

    `relation` is None where none was said. `columns` are params that the words around it speak of.
    """

    number: float
    unit: Unit | None
    relation: Relation | None
    start: int
    end: int
    text: str
    columns: tuple[str, ...] = ()
    is_price: bool = False

    @property
    def is_large(self) -> bool:
        """Whether it may be a price that nobody calls so."""
        return self.unit is None and self.relation is not None and self.number >= LEAST_PRICE


@dataclass(frozen=True, slots=True)
class Sorting:
    """What is wished to be most or least: columns, the price where `is_price`, the size where there is nothing.

    `is_superlative` is false for "cheaper" and "a light one", `is_comparative` is true for "cheaper" alone.
    """

    columns: tuple[str, ...]
    is_ascending: bool
    is_superlative: bool
    is_price: bool = False
    is_comparative: bool = False
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Reading:
    """`kinds`, `target_kinds`, `brands` and `names` are keys of the lexicon; several of one word stand in one tuple.

    `missing` are codes and `makers` names that the catalogue does not have, `near` are rows called likewise. `places`
    count from 0, -1 is the last. `measure` is the unit that was asked for: "сколько кг". `unread` are words that mean
    nothing to us.
    """

    tokens: Sequence[Token]
    spans: Sequence[Span]
    mentions: list[Mention] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    near: list[int] = field(default_factory=list)
    makers: list[str] = field(default_factory=list)
    kinds: list[tuple[str, ...]] = field(default_factory=list)
    target_kinds: list[tuple[str, ...]] = field(default_factory=list)
    brands: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    values: list[Valued] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    sorting: Sorting | None = None
    measure: Unit | None = None
    signs: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def subjects(self) -> list[Mention]:
        """Things asked about themselves."""
        return [mention for mention in self.mentions if not mention.is_target]

    @property
    def targets(self) -> list[Mention]:
        """Things that something is to fit."""
        return [mention for mention in self.mentions if mention.is_target]

    @property
    def has_scope(self) -> bool:
        """Whether it says what goods are meant."""
        return bool(self.kinds or self.brands or self.names)

    @property
    def has_wishes(self) -> bool:
        """Whether it says what they should be like."""
        return bool(self.asked or self.values or self.quantities or self.sorting)
