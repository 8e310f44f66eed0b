"""Comparing: by what two things or more differ, what tells most first."""

from collections.abc import Sequence

from bot.domain.goods_answers import ComparedRow, ComparisonAnswer, Fact, Verdict
from bot.domain.telling import variety
from bot.domain.text import fold
from bot.domain.wishes import Order
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.telling.facts import fact

MOST_THINGS = 4
_MOST_ROWS = 10
_MOST_VARIANTS = 20
_PAIR = 2


def compare(
    known: Knowing,
    rows: Sequence[int],
    *,
    columns: Sequence[Column] = (),
    order: Order | None = None,
    asks_preference: bool = False,
) -> ComparisonAnswer:
    """Compare the offers at `rows` by all params, or by `columns`; `order` says of what the best has most or least."""
    chosen = list(dict.fromkeys(rows))[:MOST_THINGS]
    wanted = columns or _columns(known, chosen)
    ordered = known.column(order.param) if order and order.param else None
    if ordered is not None:
        wanted = [ordered, *(column for column in columns if column is not ordered)]
    compared = [_row(known, chosen, column) for column in wanted]
    kept = [row for row in compared if columns or ordered is not None or len(set(row.values)) > 1]
    best = _best(known, chosen, order) if order else None
    column = ordered
    return ComparisonAnswer(
        offers=tuple(known.offer(row) for row in chosen),
        rows=tuple(kept[:_MOST_ROWS]),
        best=best,
        best_fact=fact(known, chosen[best], column) if best is not None and column is not None else None,
        asks_preference=asks_preference,
    )


def _row(known: Knowing, rows: Sequence[int], column: Column) -> ComparedRow:
    return ComparedRow(name=column.name, values=tuple(_text(fact(known, row, column)) for row in rows))


def _text(said: Fact) -> str:
    return "" if said.verdict is Verdict.UNSAID else said.value


def _columns(known: Knowing, rows: Sequence[int]) -> list[Column]:
    """Return the params that more than one has, those first that differ most on their shelf."""
    names = dict.fromkeys(fold(param.name) for row in rows for param in known.offer(row).params)
    shared = [name for name in names if sum(known.goods.param(row, name) is not None for row in rows) > 1]
    products = {int(known.goods.products[row]) for row in rows}
    if len(products) == len(rows):
        shared = [name for name in shared if not any(_is_of_variants(known, row, name) for row in rows)]
    told = variety([known.offer(row) for row in rows])
    weights = {fold(name): weight for name, weight in told.items()}
    order = sorted(range(len(shared)), key=lambda at: -round(weights.get(shared[at], 0.0), 3))
    return [known.goods.columns[shared[at]] for at in order]


def _is_of_variants(known: Knowing, row: int, name: str) -> bool:
    """Whether a param tells variants of one product apart: its size, its colour."""
    params = (known.goods.param(variant, name) for variant in known.goods.variants(row)[:_MOST_VARIANTS])
    return len({param.value for param in params if param is not None}) > _PAIR


def _best(known: Knowing, rows: Sequence[int], order: Order) -> int | None:
    """Return the place of the one that has most, or least; None where that cannot be said of all, or is the same."""
    column = known.column(order.param) if order.param else None
    values = [known.number(row, column) for row in rows]
    if any(value is None for value in values):
        return None
    numbers = [value for value in values if value is not None]
    wanted = min(numbers) if order.is_ascending else max(numbers)
    return numbers.index(wanted) if numbers.count(wanted) == 1 else None
