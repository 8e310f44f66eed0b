"""Selection: which goods meet the wishes, best first, or come nearest to them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.goods_answers import Fact, Selected, SelectionAnswer
from bot.domain.text import fold
from bot.domain.wishes import Order, Relation, Wish, Wishes
from bot.knowledge.products.choosing.scopes import scope_of
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.goods.goods import Rows
from bot.knowledge.products.goods.kinds import NONE
from bot.knowledge.products.knowing import Knowing, is_near
from bot.knowledge.products.language.lexicon import value_key
from bot.knowledge.products.telling.facts import fact

MOST = 5
_UNSAID = 0.7
"""How far from a wish is an offer of which the feed does not say."""
_ABOUT = 0.15
"""What "about" allows for, either way."""
_MOST_FACTS = 4
_ENOUGH = 200
Mask = NDArray[np.bool_]
Gaps = NDArray[np.float64]


def rows_of(known: Knowing, wishes: Wishes) -> Rows:
    """Return the rows of the goods that `wishes` speak of; all where they say nothing of that."""
    kinds = [tuple(key.split("|")) for key in wishes.kinds]
    kinds += [tuple(f"#{id_}" for id_ in wishes.categories)] if wishes.categories else []
    scope = scope_of(known.lexicon, kinds, wishes.brands, wishes.names)
    return np.arange(len(known.goods.offers), dtype=np.int32) if scope is None else scope


def left(known: Knowing, wishes: Wishes, seen: Sequence[str]) -> Rows:
    """Return the rows of the goods in question that are not variants of those `seen`."""
    rows = rows_of(known, wishes)
    left_out = {int(known.goods.products[row]) for row in known.goods.rows(seen)}
    return rows[~np.isin(known.goods.products[rows], list(left_out))] if left_out else rows


def select(
    known: Knowing, wishes: Wishes, *, seen: Sequence[str] = (), also: Sequence[Column] = ()
) -> SelectionAnswer | None:
    """Choose from the goods in question; None where there are no such goods. `also` are further params to show."""
    rows = left(known, wishes, seen)
    if not len(rows):
        return None
    gaps = _all_gaps(known, wishes, rows)
    missed = np.sum([gap > 0 for gap in gaps], axis=0) if gaps else np.zeros(len(rows))
    far = np.sum(gaps, axis=0) if gaps else np.zeros(len(rows))
    full = np.flatnonzero(missed == 0)
    total = _count_products(known, rows[full])
    candidates = full if len(full) else _nearest(missed + far / (len(gaps) + 1))
    ranks = _ranks(known, wishes, rows[candidates])
    if len(full):
        candidates, ranks = _foremost(candidates, ranks)
    order = candidates[np.lexsort((*ranks, far[candidates], missed[candidates]))]
    chosen = _first_of_products(known, rows, order)
    if wishes.order is None:
        chosen = _first_variants(known, rows, chosen, order[missed[order] == 0])
    return _answer(known, wishes, rows[chosen], total, also)


def _all_gaps(known: Knowing, wishes: Wishes, rows: Rows) -> list[Gaps]:
    """Return the gaps of each wish; of several values of one param any will do."""
    gaps = [gaps_of(known, wish, rows) for wish in wishes.wishes]
    for at, wish in enumerate(wishes.wishes):
        same = [
            gaps[other]
            for other, each in enumerate(wishes.wishes)
            if each.param == wish.param and each.relation is Relation.IS is wish.relation
        ]
        gaps[at] = np.min(same, axis=0) if len(same) > 1 else gaps[at]
    return gaps


def _nearest(distances: Gaps) -> NDArray[np.intp]:
    """Return the places of the least distances, some more than are shown: variants of a product are shown once."""
    if len(distances) <= _ENOUGH:
        return np.arange(len(distances))
    bound = np.partition(distances, _ENOUGH)[_ENOUGH]
    return np.flatnonzero(distances <= bound)


def _foremost(candidates: NDArray[np.intp], ranks: list[Gaps]) -> tuple[NDArray[np.intp], list[Gaps]]:
    """Leave those that the most important rank puts first."""
    kept = _nearest(ranks[-1])
    return candidates[kept], [rank[kept] for rank in ranks]


def gaps_of(known: Knowing, wish: Wish, rows: Rows) -> Gaps:
    """Return how far each row is from the wish: 0 where it meets it, 1 where it is far."""
    if not wish.param:
        return _number_gaps(wish, known.goods.prices[rows], known.goods.prices[rows])
    column = known.goods.columns.get(fold(wish.param))
    if column is None:
        return np.full(len(rows), 1.0 if wish.relation is not Relation.HAS_NOT else 0.0)
    at = np.searchsorted(column.rows, rows)
    at[at == len(column.rows)] = 0
    has = column.rows[at] == rows
    match wish.relation:
        case Relation.HAS | Relation.HAS_NOT:
            return _presence_gaps(wish, column, at, has)
        case Relation.IS | Relation.IS_NOT if wish.text and not wish.number:
            codes = known.lexicon.pieces.get(value_key(column.key, wish.text), NONE)
            is_it = np.isin(column.codes[at], codes)
            is_met = is_it if wish.relation is Relation.IS else ~is_it
            return np.where(has, np.where(is_met, 0.0, 1.0), _UNSAID if wish.relation is Relation.IS else 0.0)
        case _:
            return np.where(has, _number_gaps(wish, column.numbers[at], column.uppers[at]), _UNSAID)


def _presence_gaps(wish: Wish, column: Column, at: NDArray[np.intp], has: Mask) -> Gaps:
    is_there = column.flags[at] != 0
    if column.is_numeric:
        is_there = ~(column.numbers[at] <= 0)
    if wish.relation is Relation.HAS:
        return np.where(has, np.where(is_there, 0.0, 1.0), _UNSAID)
    return np.where(has & is_there, 1.0, 0.0)


def _number_gaps(wish: Wish, lows: Gaps, highs: Gaps) -> Gaps:
    """Measure against spans: "5 лет" is met by "4-6 лет"."""
    scale, wanted = abs(wish.number) or 1.0, wish.number
    with np.errstate(invalid="ignore"):
        nearest = np.clip(wanted, lows, highs)
        distance = np.maximum(np.minimum(np.abs(nearest - wanted) / scale, 1.0), 1e-3)
        match wish.relation:
            case Relation.AT_LEAST:
                is_met = highs > wanted if wish.is_strict else highs >= wanted * (1 - 1e-6)
            case Relation.AT_MOST:
                is_met = lows < wanted if wish.is_strict else lows <= wanted * (1 + 1e-6)
            case Relation.ABOUT:
                is_met = np.abs(nearest - wanted) <= _ABOUT * scale
            case _:
                is_met = is_near(nearest, wanted)
    return np.where(np.isnan(lows), 1.0, np.where(is_met, 0.0, distance))


def _ranks(known: Knowing, wishes: Wishes, rows: Rows) -> list[Gaps]:
    """Return what decides between equals, the most important last, as numpy sorts."""
    is_gone = (known.goods.is_there[rows] == 0).astype(np.float64)
    ranks: list[Gaps] = [rows.astype(np.float64)]
    for wish in wishes.wishes:
        if wish.relation in {Relation.ABOUT, Relation.IS} and wish.number:
            ranks.append(np.abs(_values(known, wish.param, rows) - wish.number))
        elif not wish.param and wish.relation is Relation.AT_MOST:
            ranks.append(-np.nan_to_num(known.goods.prices[rows], nan=0.0))
    ranks.append(is_gone)
    if wishes.order is not None:
        ranks.append(_order_ranks(known, wishes.order, rows))
    return ranks


def _order_ranks(known: Knowing, order: Order, rows: Rows) -> Gaps:
    values = _values(known, order.param, rows)
    return np.nan_to_num(values if order.is_ascending else -values, nan=np.inf)


def _values(known: Knowing, param: str, rows: Rows) -> Gaps:
    """Return the numbers of a param, or the prices; not a number where an offer has none."""
    if not param:
        return known.goods.prices[rows]
    column = known.column(param)
    if column is None:
        return np.full(len(rows), np.nan)
    at = np.searchsorted(column.rows, rows)
    at[at == len(column.rows)] = 0
    return np.where(column.rows[at] == rows, column.numbers[at], np.nan)


def _first_of_products(known: Knowing, rows: Rows, order: NDArray[np.intp]) -> list[int]:
    found: dict[int, int] = {}
    for at in order.tolist():
        found.setdefault(int(known.goods.products[rows[at]]), at)
        if len(found) == MOST:
            break
    return list(found.values())


def _first_variants(known: Knowing, rows: Rows, chosen: list[int], full: NDArray[np.intp]) -> list[int]:
    """Return for each chosen product the first of its variants in the feed that is as good, those in stock first."""
    products = known.goods.products[rows]
    same = full[np.isin(products[full], products[chosen])]
    firsts: dict[int, int] = {}
    for at in sorted(same.tolist(), key=lambda each: (known.goods.is_there[rows[each]] == 0, each)):
        firsts.setdefault(int(products[at]), at)
    return [firsts.get(int(products[at]), at) for at in chosen]


def _count_products(known: Knowing, rows: Rows) -> int:
    seen = np.zeros(len(known.goods.offers), np.bool_)
    seen[known.goods.products[rows]] = True
    return int(np.count_nonzero(seen))


def _answer(known: Knowing, wishes: Wishes, rows: Rows, total: int, also: Sequence[Column]) -> SelectionAnswer:
    gaps = _all_gaps(known, wishes, rows)
    pairs = list(zip(wishes.wishes, gaps, strict=True))
    items = tuple(
        Selected(
            offer=known.offer(int(row)),
            facts=_facts(known, int(row), wishes, also),
            unmet=tuple(wish for wish, gap in pairs if gap[at] > 0),
        )
        for at, row in enumerate(rows)
    )
    return SelectionAnswer(
        items=items,
        met=tuple(wish for wish, gap in pairs if not np.any(gap > 0)),
        relaxed=tuple(wish for wish, gap in pairs if np.any(gap > 0)),
        order=wishes.order,
        total=total,
    )


def _facts(known: Knowing, row: int, wishes: Wishes, also: Sequence[Column]) -> tuple[Fact, ...]:
    params = [wish.param for wish in wishes.wishes if wish.param]
    params += [wishes.order.param] if wishes.order and wishes.order.param else []
    params += [column.name for column in also]
    columns = [known.column(param) for param in dict.fromkeys(params)]
    return tuple(fact(known, row, column) for column in columns if column is not None)[:_MOST_FACTS]
