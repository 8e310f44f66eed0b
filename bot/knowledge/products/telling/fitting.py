"""Fitting: which goods go with a thing, by what the feed says of either."""

from collections.abc import Iterable, Sequence

import numpy as np

from bot.domain.goods_answers import FittingAnswer, Verdict
from bot.knowledge.products.choosing.scopes import is_among, scope_of
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.goods.links import Links, is_list
from bot.knowledge.products.language.lexicon import Lexicon

_MOST = 5


class Fitting:
    """What goes with what: by models in lists and names, by equal joints, by the kinds of goods in names."""

    def __init__(self, goods: Goods, lexicon: Lexicon, links: Links) -> None:
        self._goods = goods
        self._lexicon = lexicon
        self._links = links

    def with_target(
        self, row: int, among: Sequence[int] | None = None, *, is_cheapest_first: bool = False
    ) -> FittingAnswer:
        """Return what fits the thing at `row`, the surest first, then those in stock; `among` leaves only these."""
        own = set(self._goods.variants(row))
        wanted = None if among is None else set(among)
        found: list[int] = []
        for others in (self._named(own), self._joined(own), self._of_kind(own)):
            kept = [other for other in others if other not in own and (wanted is None or other in wanted)]
            found += self._mixed([other for other in dict.fromkeys(kept) if other not in found])
        firsts: dict[int, int] = {}
        for other in found:
            firsts.setdefault(int(self._goods.products[other]), other)
        ordered = list(firsts.values())
        if is_cheapest_first:
            ordered.sort(key=lambda other: np.nan_to_num(self._goods.prices[other], nan=np.inf))
        offers = tuple(self._goods.offers[other] for other in ordered[:_MOST])
        return FittingAnswer(target=self._goods.offers[row], items=offers)

    def between(self, one: int, other: int) -> FittingAnswer:
        """Tell whether two things fit each other. What the feed does not say is not denied."""
        own = set(self._goods.variants(one))
        is_linked = any(other in found for found in (self._named(own), self._joined(own), self._of_kind(own)))
        verdict = Verdict.YES if is_linked else Verdict.NO if self._lists(one, other) else Verdict.UNSAID
        return FittingAnswer(target=self._goods.offers[other], items=(self._goods.offers[one],), verdict=verdict)

    def _lists(self, *rows: int) -> bool:
        return any(is_list(param.name) and param.value for row in rows for param in self._goods.offers[row].params)

    def _named(self, rows: Iterable[int]) -> list[int]:
        return [other for row in rows for other in self._links.of(row)]

    def _joined(self, rows: Iterable[int]) -> list[int]:
        """Return goods of other shelves with the same mount, and additions with the same size of a joint."""
        return [other for row in list(rows)[:1] for key in self._links.joints for other in self._equal(row, key)]

    def _equal(self, row: int, key: str) -> list[int]:
        column = self._goods.columns[key]
        at = int(column.rows.searchsorted(row))
        if at == len(column.rows) or column.rows[at] != row:
            return []
        equal = column.rows[column.codes == column.codes[at]]
        if key not in self._links.mounts:
            is_addition = self._lexicon.kinds.additions[equal]
            equal = equal[is_addition != self._lexicon.kinds.additions[row]]
        shelf = self._goods.offers[row].category_ids[:1]
        return [int(other) for other in equal if self._goods.offers[other].category_ids[:1] != shelf]

    def _of_kind(self, rows: Iterable[int]) -> list[int]:
        """Return what is said to be for all goods of a kind that this is one of."""
        found: list[int] = []
        for row in list(rows)[:1]:
            for scope, others in self._links.scopes.items():
                if is_among(self._rows_of(scope), row):
                    found += others.tolist()
        return found

    def _rows_of(self, scope: tuple[str, ...]) -> Rows:
        kinds = [tuple(key.split("|")) for key in scope[0].split("&") if key]
        names = [key for key in scope[1].split("&") if key]
        rows = scope_of(self._lexicon, kinds, (), names)
        return rows if rows is not None else np.empty(0, np.int32)

    def _mixed(self, rows: Sequence[int]) -> list[int]:
        """Return one row of each product, what is in stock first, categories taking turns."""
        turns: dict[tuple[str, ...], int] = {}
        products: dict[int, tuple[int, int]] = {}
        for row in sorted(rows, key=lambda each: int(self._goods.is_there[each] == 0)):
            product = int(self._goods.products[row])
            if product not in products:
                category = self._goods.offers[row].category_ids
                turns[category] = turns.get(category, -1) + 1
                products[product] = (turns[category], row)
        return [row for _, row in sorted(products.values(), key=lambda pair: pair[0])]
