"""Topic: which goods a question is about, named in it or meant from what was shown before."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.wishes import Shown
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.question.reading import Mention, Reading

_MOST_MEANT = 5
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """`groups` are rows of things, one group for each thing named. `shown` is None where nothing was shown before, or
    where the question begins a new subject. `place` is the thing meant among those shown, if one is."""

    groups: tuple[tuple[int, ...], ...] = ()
    shown: Shown | None = None
    place: int | None = None

    @property
    def rows(self) -> list[int]:
        """The first row of each thing."""
        return [group[0] for group in self.groups]

    @property
    def is_from_before(self) -> bool:
        """Whether the things were shown before and not named now."""
        return self.shown is not None


def topic_of(known: Knowing, reading: Reading, shown: Shown | None) -> Topic:
    """Find what `reading` is about; no groups where it names no thing and means none."""
    if reading.subjects:
        named = tuple(_group(known, reading, mention) for mention in reading.subjects)
        return _with_meant(known, reading, shown, named)
    if shown is None or (reading.has_scope and "it" not in reading.signs and not reading.places):
        return Topic()
    rows = known.goods.rows(shown.offers)
    if not rows:
        return Topic()
    if reading.places:
        places = [place % len(rows) for place in reading.places if place < len(rows)]
        groups = tuple((rows[place],) for place in dict.fromkeys(places))
        return Topic(groups, shown, places[0] if len(groups) == 1 else None) if groups else Topic()
    if shown.focus is not None and shown.focus < len(rows) and not _means_all(reading, rows):
        return Topic(((rows[shown.focus],),), shown, shown.focus)
    return Topic(tuple((row,) for row in rows[:_MOST_MEANT]), shown)


def _with_meant(known: Knowing, reading: Reading, shown: Shown | None, named: tuple[tuple[int, ...], ...]) -> Topic:
    """One thing named and compared with one that was shown: "чем он отличается от G3?"."""
    is_pair = len(named) == 1 and "compare" in reading.signs and "or" not in reading.signs
    if is_pair and shown is not None and ("it" in reading.signs or not reading.has_scope):
        rows = known.goods.rows(shown.offers)
        focus = shown.focus if shown.focus is not None and shown.focus < len(rows) else 0
        if rows and rows[focus] not in named[0]:
            return Topic(((rows[focus],), *named))
    return Topic(named)


def _means_all(reading: Reading, rows: Sequence[int]) -> bool:
    is_all = bool(reading.signs & {"both", "compare", "better"})
    return is_all and len(rows) >= _PAIR and any(token.text in _THEY for token in reading.tokens)


def _group(known: Knowing, reading: Reading, mention: Mention) -> tuple[int, ...]:
    """Return the rows of a mention, those first that have the values named with it: "красный GF3"."""
    rows = list(mention.rows)
    if not reading.values:
        return tuple(rows)
    keys = {key for valued in reading.values if not valued.is_unwanted for key in valued.keys}
    variants = list(dict.fromkeys((*rows, *(other for row in rows for other in known.goods.variants(row)))))
    fitting = [row for row in variants if known.has_value(row, keys)]
    kept = [row for row in fitting if row in rows] or fitting
    return tuple(dict.fromkeys((*kept, *rows)))


_THEY = frozenset(grammar()["they"])
