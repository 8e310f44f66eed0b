"""Variants: those of a product that are as was asked: "красный", "43", "красные 43"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from bot.domain.wishes import Relation, Wish
from bot.knowledge.products.choosing.selection import gaps_of
from bot.knowledge.products.choosing.wishing import wishes_of
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.question.reading import Reading


def conditions_of(known: Knowing, reading: Reading, rows: Sequence[int]) -> tuple[Wish, ...]:
    """Return what a variant of those at `rows` is to be: values named, and numbers that are no bounds."""
    sizes = [quantity for quantity in reading.quantities if quantity.relation is None and not quantity.is_price]
    if not (reading.values or sizes):
        return ()
    mask = known.mask(rows)
    wishes = wishes_of(known, replace(reading, quantities=sizes, sorting=None), mask).wishes
    return tuple(wish for wish in wishes if wish.relation in {Relation.IS, Relation.IS_NOT})


def meeting(known: Knowing, conditions: Iterable[Wish], rows: Sequence[int]) -> list[int]:
    """Return those of `rows`, in order, that meet all `conditions`; of several values of one param one is enough."""
    by_param: dict[tuple[str, Relation], list[Wish]] = {}
    for wish in conditions:
        by_param.setdefault((wish.param, wish.relation), []).append(wish)
    numbers = np.array(rows, np.int32)
    is_met = np.ones(len(numbers), np.bool_)
    for (_, relation), wishes in by_param.items():
        each = [gaps_of(known, wish, numbers) == 0 for wish in wishes]
        is_met &= np.any(each, axis=0) if relation is Relation.IS else np.all(each, axis=0)
    return [row for row, is_it in zip(rows, is_met.tolist(), strict=True) if is_it]


def likest(known: Knowing, rows: Sequence[int], before: Sequence[int]) -> int:
    """Return of `rows` the one most like what was spoken of before, those in stock first among equals."""

    def likeness(row: int) -> tuple[int, bool]:
        own = set(known.offer(row).params)
        shared = max((len(own.intersection(known.offer(other).params)) for other in before), default=0)
        return shared, int(known.goods.is_there[row]) != 0

    return max(rows, key=likeness)
