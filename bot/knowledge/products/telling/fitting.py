"""Fitting: which goods go with a thing, by what the feed says of either."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from bot.domain.goods_answers import FittingAnswer, Verdict
from bot.domain.text import fold
from bot.knowledge.products.goods.goods import Goods
from bot.knowledge.products.goods.models import readings, runs
from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.tokens import tokens_of

_COMPATIBLE = re.compile("|".join(grammar()["compatible"]))
"""Params that list what a thing fits."""
_FOR = re.compile(rf"\s(?:{'|'.join(grammar()['for'])})\s(.+)", re.IGNORECASE)
_MOST = 5


class Fitting:
    """What goes with what. Built when first asked."""

    def __init__(self, goods: Goods) -> None:
        self._goods = goods

    def with_target(self, row: int, among: Sequence[int] | None = None) -> FittingAnswer:
        """Return what fits the thing at `row`, those in stock first; `among` leaves only these."""
        variants = self._goods.variants(row)
        found = dict.fromkeys(other for variant in variants for other in self._links.get(variant, ()))
        wanted = None if among is None else set(among)
        own = set(variants)
        rows = [other for other in found if other not in own and (wanted is None or other in wanted)]
        offers = tuple(self._goods.offers[other] for other in self._mixed(rows)[:_MOST])
        return FittingAnswer(target=self._goods.offers[row], items=offers)

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

    def between(self, one: int, other: int) -> FittingAnswer:
        """Tell whether two things fit each other. What the feed does not say is not denied."""
        is_linked = other in self._links.get(one, ()) or one in self._links.get(other, ())
        lists = self._lists(one) or self._lists(other)
        verdict = Verdict.YES if is_linked else Verdict.NO if lists else Verdict.UNSAID
        return FittingAnswer(target=self._goods.offers[other], items=(self._goods.offers[one],), verdict=verdict)

    def _lists(self, row: int) -> bool:
        return any(_COMPATIBLE.search(fold(param.name)) for param in self._goods.offers[row].params)

    @cached_property
    def _links(self) -> Mapping[int, Sequence[int]]:
        links: defaultdict[int, dict[int, None]] = defaultdict(dict)
        for row, named in self._named():
            for variant in self._goods.variants(named):
                links[variant][row] = None
                links[row][variant] = None
        return {row: list(others) for row, others in links.items()}

    def _named(self) -> Iterator[tuple[int, int]]:
        """Yield what a thing is said to fit, by codes in its params and in its name."""
        codes: dict[str, tuple[int, ...]] = {}
        for row, offer in enumerate(self._goods.offers):
            texts = [param.value for param in offer.params if _has_code(param.value)]
            behind = _FOR.search(f" {offer.name}")
            texts += [behind[1]] if behind and _has_code(behind[1]) else []
            for text in texts:
                if text not in codes:
                    codes[text] = tuple(self._rows_in(text))
                yield from ((row, other) for other in codes[text] if other != row)

    def _rows_in(self, text: str) -> Iterator[int]:
        tokens = tokens_of(text)
        at = 0
        while at < len(tokens):
            found = next(
                (
                    (end, rows)
                    for end in runs(tokens, at)
                    if end - at > 1
                    for reading in readings(tokens[at:end])[:1]
                    if (rows := self._goods.models.find(reading)[1])
                ),
                None,
            )
            if found is None:
                at += 1
                continue
            at = found[0]
            yield from found[1]


def _has_code(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)
