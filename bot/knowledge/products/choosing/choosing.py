"""Choosing: answers with goods that meet wishes, new ones or those of before."""

from dataclasses import replace

import numpy as np

from bot.domain.answer import Answer
from bot.domain.wishes import Relation, Shown, Wish, Wishes
from bot.knowledge.products.choosing.followups import refined, wishes_before
from bot.knowledge.products.choosing.scopes import scope_of
from bot.knowledge.products.choosing.selection import left, rows_of, select
from bot.knowledge.products.choosing.wishing import count_of, ignored_in, price_text, shown_columns, wishes_of
from bot.knowledge.products.goods.goods import Rows
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.language.lexicon import read_value_key
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.phrases import Role
from bot.knowledge.products.question.reading import Reading
from bot.knowledge.products.telling import replies
from bot.knowledge.products.telling.topic import Topic

_TELLING = 0.25
"""A value that more of the goods have says nothing of what is wanted."""
_SELLING = frozenset(("price", "stock"))
_GOING_ON = ("and-what-about", "only", "with", "without", "except", "not")
"""What a sentence begins with that goes on with the one before."""
_OPEN = frozenset(("show", "is-there", "what", "with", "most"))


class Choosing:
    """Chooses from all goods."""

    def __init__(self, known: Knowing) -> None:
        self._known = known

    def choose(self, reading: Reading) -> Answer | None:
        """Choose by the kind of goods and the wishes in a question; None where it says neither clearly."""
        known = self._known
        scope = scope_of(known.lexicon, reading.kinds, reading.brands, reading.names)
        scope = self._open_scope(reading) if scope is None else scope
        if scope is None or (reading.target_kinds and not reading.kinds and not reading.values):
            return None
        mask = known.mask(scope)
        wishes = wishes_of(known, reading, mask)
        found = select(known, wishes, also=shown_columns(known, reading, mask))
        is_name = bool(reading.names) and not reading.kinds and not wishes.wishes
        if is_name and found is not None and found.total == 1:
            return replies.card(known, Topic(((known.goods.row_of[found.items[0].offer.id],),)))
        is_asked = bool(reading.quantities or reading.signs & _SELLING or (reading.has_wishes and reading.has_scope))
        ignored = ignored_in(known, reading, mask)
        is_vain = len(ignored) > len(reading.unread) and not wishes.wishes
        found = replace(found, ignored=ignored) if found is not None else None
        return replies.selection(known, wishes, found, is_plain=is_vain or not is_asked)

    def refine(self, reading: Reading, shown: Shown) -> Answer | None:
        """Choose by the wishes of before and the new ones."""
        known = self._known
        wishes = refined(known, reading, shown)
        seen = _compared(reading, shown)
        if not len(left(known, wishes, seen)):
            wishes = refined(known, reading, replace(shown, wishes=None))
        found = select(known, wishes, seen=seen) or select(known, wishes)
        ignored = ignored_in(known, reading, known.mask(rows_of(known, wishes)))
        return replies.selection(known, wishes, replace(found, ignored=ignored) if found is not None else None)

    def is_of_others(self, reading: Reading, shown: Shown) -> bool:
        """Whether a param is wished that none of the goods shown has, nor any like them, and others do."""
        known = self._known
        alike = known.mask(rows_of(known, replace(wishes_before(known, shown), brands=(), names=())))
        everything = np.ones_like(alike)
        return any(known.resolve(each, everything) and not known.resolve(each, alike) for each in reading.asked)

    def is_narrower(self, reading: Reading, shown: Shown) -> bool:
        """Whether only a part is wanted of what was shown: "а только плазма", "а из люмиксов", but not "плазма 42"."""
        known = self._known
        if not (reading.spans and reading.spans[0].has(Role.SIGN, *_GOING_ON)):
            return False
        if shown.wishes is None or not (shown.wishes.kinds or shown.wishes.categories):
            return False
        if not reading.kinds or reading.brands or reading.names or reading.target_kinds:
            return False
        before = rows_of(known, replace(shown.wishes, brands=(), names=()))
        now = scope_of(known.lexicon, reading.kinds, (), ())
        if now is None or not len(now):
            return False
        among = np.isin(now, before)
        return bool(among.any()) if _is_out_of(reading) else len(now) < len(before) and bool(among.all())

    def like(self, reading: Reading, topic: Topic) -> Answer | None:
        """Choose what is like a thing that was named, but cheaper or lighter; else what costs about as much."""
        known = self._known
        row = topic.rows[0]
        if reading.has_wishes:
            return self.refine(reading, Shown(offers=(known.offer(row).id,), focus=0))
        price = known.number(row, None)
        near = () if price is None else (Wish(param="", relation=Relation.ABOUT, number=price, text=price_text(price)),)
        wishes = Wishes(categories=known.offer(row).category_ids[:1], wishes=near)
        seen = (known.offer(row).id,)
        return replies.selection(known, wishes, select(known, wishes, seen=seen), seen=seen)

    def more(self, shown: Shown) -> Answer | None:
        """Show more of what was shown; None where nothing of it is left in the catalogue."""
        known = self._known
        rows = known.goods.rows(shown.offers)
        if not rows:
            return None
        wishes = shown.wishes or Wishes(categories=known.offer(rows[0]).category_ids[:1])
        seen = (*shown.seen, *shown.offers)
        found = select(known, wishes, seen=seen)
        if found is None:
            return replies.no_more(known, shown)
        return replies.selection(known, wishes, replace(found, is_rest=True), seen=seen)

    def _open_scope(self, reading: Reading) -> Rows | None:
        """Return all goods where wishes without a kind are enough: "что-нибудь с 3D до 10 тысяч", "телевик"."""
        everything = np.arange(len(self._known.goods.offers), dtype=np.int32)
        keys = {key for valued in reading.values for key in valued.keys}
        if keys and not reading.unread:
            mask = self._known.mask(everything)
            held = sum(count_of(self._known, *read_value_key(key), mask) for key in keys)
            return everything if held <= len(everything) * _TELLING else None
        is_price = any(quantity.is_price and quantity.relation for quantity in reading.quantities)
        if is_price and not reading.unread and not reading.asked:
            return everything
        is_clear = bool(reading.quantities or reading.sorting) and bool(reading.asked)
        return everything if is_clear and reading.signs & _OPEN else None


def _is_out_of(reading: Reading) -> bool:
    """Whether a kind follows a word for "out of": "а из люмиксов"."""
    out_of = {at + 1 for at, token in enumerate(reading.tokens) if token.text in grammar()["out-of"]}
    return any(span.start in out_of and span.has(Role.KIND) for span in reading.spans)


def _compared(reading: Reading, shown: Shown) -> tuple[str, ...]:
    """Return the thing that others are to be cheaper or lighter than."""
    is_single = shown.focus is not None and shown.focus < len(shown.offers)
    is_compared = reading.sorting is not None and not reading.sorting.is_superlative
    return (shown.offers[shown.focus or 0],) if is_single and is_compared else ()
