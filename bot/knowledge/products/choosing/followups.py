"""Follow-ups: "а подешевле?", "а с Wi-Fi?", "покажи ещё": new wishes about what was shown."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.wishes import Order, Relation, Shown, Wish, Wishes
from bot.knowledge.products.choosing.selection import rows_of, select
from bot.knowledge.products.choosing.wishing import merged, number_text, wishes_of
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.question.reading import Reading


def refined(known: Knowing, reading: Reading, shown: Shown) -> Wishes:
    """Return what is wished now: the last wishes, or goods like the one in focus, with the new ones."""
    old = wishes_before(known, shown)
    mask = known.mask(rows_of(known, replace(old, brands=(), names=())))
    new = wishes_of(known, reading, mask)
    is_most = reading.sorting is not None and reading.sorting.is_superlative
    if is_most:
        return _narrowed(merged(old, replace(new, kinds=())), new)
    if shown.wishes is None or (shown.focus is not None and new.order is not None):
        new = replace(new, wishes=(*new.wishes, *_beyond_focus(known, shown, new.order)))
    elif new.order is not None and not new.wishes and reading.sorting is not None:
        is_bounded = any(wish.param == new.order.param for wish in old.wishes)
        if is_bounded or reading.sorting.is_comparative:
            new = replace(new, wishes=_beyond_all(known, shown, new.order, old, is_bounded=is_bounded))
    return _narrowed(merged(old, replace(new, kinds=())), new)


def wishes_before(known: Knowing, shown: Shown) -> Wishes:
    """Return the last wishes, or those that goods like the one in focus meet."""
    return shown.wishes or _like(known, shown)


def _narrowed(wishes: Wishes, new: Wishes) -> Wishes:
    """Add the kinds of which only a part is wanted now."""
    return replace(wishes, kinds=tuple(dict.fromkeys((*wishes.kinds, *new.kinds))))


def is_refinement(reading: Reading) -> bool:
    """Whether it says what the goods should be like, without saying which goods."""
    only_brand = bool(reading.brands or reading.names) and not reading.kinds
    return not reading.subjects and not reading.kinds and (reading.has_wishes or only_brand)


def _like(known: Knowing, shown: Shown) -> Wishes:
    rows = known.goods.rows(shown.offers)
    first = known.offer(rows[min(shown.focus or 0, len(rows) - 1)]) if rows else None
    return Wishes(categories=first.category_ids[:1] if first else ())


def _beyond_focus(known: Knowing, shown: Shown, order: Order | None) -> Sequence[Wish]:
    """Cheaper, lighter, larger than the thing that we talk about."""
    rows = known.goods.rows(shown.offers)
    if order is None or not rows:
        return ()
    return _beyond(known, order, [rows[min(shown.focus or 0, len(rows) - 1)]])


def _beyond_all(known: Knowing, shown: Shown, order: Order, old: Wishes, *, is_bounded: bool) -> tuple[Wish, ...]:
    """Beyond the best of all that is shown, where the wishes leave anything there; else just in that order.

    `is_bounded`: the old wishes bound just this, and do so no more: "32 дюйма", then "а побольше?".
    """
    rows = known.goods.rows(shown.offers)
    beyond = _beyond(known, order, rows)
    if not beyond or order.param:
        return beyond if is_bounded else ()
    shown_prices = [known.goods.prices[row] for row in rows]
    is_sorted = shown_prices == sorted(shown_prices, reverse=not order.is_ascending)
    wanted = replace(old, wishes=(*old.wishes, *beyond))
    found = select(known, wanted)
    return beyond if is_sorted or (found is not None and found.total) else ()


def _beyond(known: Knowing, order: Order, rows: Sequence[int]) -> tuple[Wish, ...]:
    column = known.column(order.param) if order.param else None
    numbers = [number for row in rows if (number := known.number(row, column)) is not None]
    if not numbers:
        return ()
    bound = min(numbers) if order.is_ascending else max(numbers)
    relation = Relation.AT_MOST if order.is_ascending else Relation.AT_LEAST
    return (Wish(param=order.param, relation=relation, number=bound, text=_text(column, bound), is_strict=True),)


def _text(column: Column | None, number: float) -> str:
    return number_text(column, number) if column else f"{number / 100:,.0f}".replace(",", " ")
