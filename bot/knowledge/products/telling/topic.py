"""Topic: which goods a question is about, named in it or meant from what was shown before."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.wishes import Shown
from bot.knowledge.products.choosing.scopes import scope_of
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.question.reading import Mention, Reading
from bot.knowledge.products.telling.variants import conditions_of, meeting

_MOST_MEANT = 5
_PAIR = 2
_SIDE_BY_SIDE = frozenset(("compare", "better"))
_TELLING = frozenset(("price", "describe", "compare", "better"))


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
        named = tuple(dict.fromkeys(_group(known, reading, mention) for mention in reading.subjects))
        return _with_meant(known, reading, shown, named)
    if only := only_thing(known, reading):
        return Topic((only,))
    return _meant_topic(known, reading, shown) if shown is not None else Topic()


def _meant_topic(known: Knowing, reading: Reading, shown: Shown) -> Topic:
    """Find what is meant of what was shown."""
    if reading.has_scope and "it" not in reading.signs and not reading.places:
        return Topic()
    rows = known.goods.rows(shown.offers)
    if not rows:
        return Topic()
    if len(rows) == 1 and shown.before and reading.signs & _SIDE_BY_SIDE:
        return Topic(tuple((row,) for row in dict.fromkeys((*known.goods.rows((shown.before,)), *rows))))
    if reading.places:
        places = [place % len(rows) for place in reading.places if place < len(rows)]
        groups = tuple((rows[place],) for place in dict.fromkeys(places))
        return Topic(groups, shown, places[0] if len(groups) == 1 else None) if groups else Topic()
    if shown.focus is not None and shown.focus < len(rows) and not _means_all(reading, rows):
        return Topic(((rows[shown.focus],),), shown, shown.focus)
    return Topic(tuple((row,) for row in rows[:_MOST_MEANT]), shown)


def _with_meant(known: Knowing, reading: Reading, shown: Shown | None, named: tuple[tuple[int, ...], ...]) -> Topic:
    """One thing named and compared with one that was shown: "чем он отличается от G3?", "он лучше, чем G3?"."""
    is_better = "better" in reading.signs and "it" in reading.signs
    is_pair = len(named) == 1 and (is_better or "compare" in reading.signs) and "or" not in reading.signs
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
    variants = list(dict.fromkeys((*rows, *(other for row in rows for other in known.goods.variants(row)))))
    conditions = conditions_of(known, reading, variants)
    if not conditions:
        return _in_stock_first(known, rows)
    fitting = meeting(known, conditions, variants)
    kept = _in_stock_first(known, [row for row in fitting if row in rows] or fitting) if fitting else ()
    return tuple(dict.fromkeys((*kept, *rows)))


def only_thing(known: Knowing, reading: Reading) -> tuple[int, ...]:
    """Return the rows of the only product that its kind and its name leave; none where there are several."""
    is_bounded = any(quantity.is_price or quantity.relation for quantity in reading.quantities)
    is_about = bool(reading.names or ((reading.asked or reading.signs & _TELLING) and reading.kinds))
    if not is_about or reading.target_kinds or reading.sorting or is_bounded:
        return ()
    rows = scope_of(known.lexicon, reading.kinds, reading.brands, reading.names)
    if rows is None or not len(rows) or len(set(known.goods.products[rows].tolist())) > 1:
        return ()
    return _in_stock_first(known, rows.tolist())


def _in_stock_first(known: Knowing, rows: Sequence[int]) -> tuple[int, ...]:
    """Let variants of one product begin with one that can be bought."""
    is_one = len({int(known.goods.products[row]) for row in rows}) == 1
    return tuple(sorted(rows, key=lambda row: known.goods.is_there[row] == 0) if is_one else rows)


_THEY = frozenset(grammar()["they"])
