"""Wishing: from what was read to wishes about the goods in question."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.domain.text import fold
from bot.domain.wishes import Order, Relation, Wish, Wishes
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.knowing import Knowing, is_near
from bot.knowledge.products.language.lexicon import UNKNOWN, read_value_key, value_key
from bot.knowledge.products.question.reading import KOPECKS, LEAST_PRICE, Asked, Quantity, Reading, Valued

Mask = NDArray[np.bool_]
_FAR = 10
"""How many times dearer all goods are than a price that is said in thousands."""
_LIKE_PRICES = 2
"""How many times less or more than what all goods cost a number may be that is a price without a word for it."""
_NEAR = 2
"""Words that may stand between a param and its number."""


def wishes_of(known: Knowing, reading: Reading, mask: Mask) -> Wishes:
    """Return all wishes of `reading` about the goods of `mask`, those of its scope included."""
    return Wishes(
        kinds=tuple("|".join(keys) for keys in reading.kinds),
        brands=tuple(reading.brands),
        names=tuple(reading.names),
        wishes=tuple(_wishes(known, reading, mask)),
        order=order_of(known, reading, mask),
    )


def order_of(known: Knowing, reading: Reading, mask: Mask) -> Order | None:
    """Return what is to come first."""
    sorting = reading.sorting
    if sorting is None:
        return None
    if sorting.is_price:
        return Order(param="", is_ascending=sorting.is_ascending)
    columns = [column for column in known.had(sorting.columns, mask) if column.is_numeric]
    column = columns[0] if columns else known.size(mask) if not sorting.columns else None
    return Order(param=column.name, is_ascending=sorting.is_ascending) if column else None


def shown_columns(known: Knowing, reading: Reading, mask: Mask) -> list[Column]:
    """Return numeric columns that were named without a wish: people want to see them."""
    columns = [column for asked in reading.asked for column in known.resolve(asked, mask)[:1]]
    return [column for column in columns if column.is_numeric]


def ignored_in(known: Knowing, reading: Reading, mask: Mask) -> tuple[str, ...]:
    """Return the words of `reading` that make no wish: those that mean nothing, numbers that measure nothing here."""
    found = list(reading.unread)
    vain = [quantity for quantity in reading.quantities if _quantity(known, quantity, reading, mask) is None]
    found += [" ".join(token.text for token in reading.tokens[each.start : each.end]) for each in vain]
    sorting = reading.sorting
    if sorting is not None and order_of(known, reading, mask) is None and sorting.text:
        found.append(sorting.text)
    return tuple(dict.fromkeys(found))


def _wishes(known: Knowing, reading: Reading, mask: Mask) -> Iterator[Wish]:
    measured = {fold(order.param)} if (order := order_of(known, reading, mask)) else set()
    for quantity in reading.quantities:
        wish = _quantity(known, quantity, reading, mask)
        if wish is not None:
            measured.add(fold(wish.param))
            yield wish
    valued = [wish for value in reading.values for wish in _valued(known, value, mask)]
    measured.update(fold(wish.param) for wish in valued)
    for asked in reading.asked:
        if not measured.intersection((*asked.columns, *asked.parts)):
            yield from _asked(known, asked, mask)
    yield from valued


def _quantity(known: Knowing, quantity: Quantity, reading: Reading, mask: Mask) -> Wish | None:
    if quantity.is_price:
        relation, number = quantity.relation or Relation.ABOUT, _in_full(known, quantity, mask)
        return Wish(param="", relation=relation, number=number, text=price_text(number))
    column = _column_of(known, quantity, reading, mask)
    if quantity.is_large and (column is None or column.key not in quantity.columns):
        relation = quantity.relation or Relation.ABOUT
        kopecks = quantity.number * KOPECKS
        return Wish(param="", relation=relation, number=kopecks, text=price_text(kopecks))
    if column is None:
        return _bare_price(known, quantity, mask)
    number = quantity.number if quantity.unit else quantity.number * column.unit.factor
    relation = quantity.relation or Relation.IS
    return Wish(param=column.name, relation=relation, number=number, text=number_text(column, number))


def _bare_price(known: Knowing, quantity: Quantity, mask: Mask) -> Wish | None:
    """Read "до 700" as a price where goods cost about as much; None where the number measures nothing here."""
    if quantity.unit is not None or quantity.relation is None or quantity.columns:
        return None
    prices = known.goods.prices[mask]
    prices = prices[~np.isnan(prices)]
    kopecks = quantity.number * KOPECKS
    if not len(prices) or not np.min(prices) / _LIKE_PRICES <= kopecks <= np.max(prices) * _LIKE_PRICES:
        return None
    return Wish(param="", relation=quantity.relation, number=kopecks, text=price_text(kopecks))


def _in_full(known: Knowing, quantity: Quantity, mask: Mask) -> float:
    """Return a price in kopecks; where goods cost thousands, "cheaper than 20" means twenty thousand."""
    prices = known.goods.prices[mask]
    prices = prices[~np.isnan(prices)]
    is_short = quantity.unit is None and quantity.number < LEAST_PRICE * KOPECKS and len(prices) > 0
    is_far = is_short and bool(quantity.number * _FAR < np.min(prices))
    return quantity.number * LEAST_PRICE if is_far else quantity.number


def _column_of(known: Knowing, quantity: Quantity, reading: Reading, mask: Mask) -> Column | None:
    named = [*quantity.columns, *(key for asked in _near(reading, quantity) for key in (*asked.columns, *asked.parts))]
    kind = quantity.unit.kind if quantity.unit else None
    is_exact = quantity.relation is None
    for column in known.had(named, mask):
        has_numbers = column.is_numeric or (is_exact and any(column is each for each in known.with_numbers))
        if has_numbers and (kind is None or column.unit.kind == kind):
            return column
    if quantity.unit is not None:
        return known.measured(quantity.unit, quantity.number if is_exact else None, mask)
    size = known.size(mask, is_named=True)
    if not is_exact:
        return size
    is_size = size is not None and np.any(is_near(size.numbers[mask[size.rows]], quantity.number * size.unit.factor))
    return size if is_size else known.counted(quantity.number, mask)


def _near(reading: Reading, quantity: Quantity) -> list[Asked]:
    """Return params named next to a number, the nearest first."""
    near = [
        asked
        for asked in reading.asked
        if abs(quantity.start - asked.end) <= _NEAR or 0 <= asked.start - quantity.end < _NEAR
    ]
    return sorted(near, key=lambda asked: abs(asked.start - quantity.start))


def _asked(known: Knowing, asked: Asked, mask: Mask) -> Iterator[Wish]:
    columns = known.resolve(asked, mask)
    relation = Relation.HAS_NOT if asked.is_unwanted else Relation.HAS
    if not columns:
        name = next((key for key in (*asked.columns, *asked.parts)), "").removeprefix(UNKNOWN)
        column = known.column(name)
        yield Wish(param=column.name if column else name, relation=relation)
    elif not columns[0].is_numeric or asked.is_wanted or asked.is_unwanted:
        yield Wish(param=columns[0].name, relation=relation)


def _valued(known: Knowing, valued: Valued, mask: Mask) -> Iterator[Wish]:
    relation = Relation.IS_NOT if valued.is_unwanted else Relation.IS
    found = [read_value_key(key) for key in valued.keys]
    counted = [(count_of(known, column, piece, mask), column, piece) for column, piece in found]
    _, key, piece = max(counted, key=lambda each: each[0])
    column = known.goods.columns[key]
    yield Wish(param=column.name, relation=relation, text=piece, shown=_as_written(known, column, piece))


def _as_written(known: Knowing, column: Column, piece: str) -> str:
    """Return a value as the feed writes it."""
    codes = known.lexicon.pieces.get(value_key(column.key, piece))
    at = int(np.argmax(np.isin(column.codes, codes))) if codes is not None else 0
    param = known.goods.param(int(column.rows[at]), column.key)
    return param.value if param and fold(param.value) == piece else piece


def count_of(known: Knowing, key: str, piece: str, mask: Mask) -> int:
    """Count the offers of `mask` whose value in a column holds `piece`."""
    column = known.goods.columns[key]
    in_scope = mask[column.rows]
    return int(np.isin(column.codes[in_scope], known.lexicon.pieces[value_key(key, piece)]).sum())


def number_text(column: Column, number: float) -> str:
    """Write a number in the unit of the feed."""
    shown = number / column.unit.factor
    return f"{round(shown, 2):g} {column.shown_unit}".strip()


def price_text(kopecks: float) -> str:
    """Write a price as wishes have it."""
    return f"{kopecks / 100:,.0f}".replace(",", " ")


def merged(old: Wishes, new: Wishes) -> Wishes:
    """Return the old wishes with the new ones; a new wish replaces what was wished of the same."""
    replaced = {(wish.param, _side(wish)) for wish in new.wishes}
    kept = [wish for wish in old.wishes if not _is_replaced(wish, replaced)]
    return Wishes(
        kinds=old.kinds or new.kinds,
        categories=old.categories,
        brands=new.brands or old.brands,
        names=new.names or old.names,
        wishes=(*kept, *new.wishes),
        order=new.order or old.order,
    )


def _side(wish: Wish) -> str:
    """Upper and lower bounds may stand beside each other."""
    return wish.relation if wish.relation in {Relation.AT_LEAST, Relation.AT_MOST} else ""


def _is_replaced(wish: Wish, replaced: set[tuple[str, str]]) -> bool:
    side = _side(wish)
    return (
        (wish.param, side) in replaced
        or (wish.param, "") in replaced
        or (not side and any(param == wish.param for param, _ in replaced))
    )
