"""Goods: the offers of a catalogue as rows, with what they have in common in columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.domain.catalogue import Catalogue, Offer, Param
from bot.domain.text import fold
from bot.knowledge.products.goods.columns import Column, Gathered
from bot.knowledge.products.goods.models import Models, build_models

Rows = NDArray[np.int32]
"""Numbers of offers, in order, each once."""


@dataclass(frozen=True)
class Goods:
    """All offers. `products` numbers the product of each row; `order` has all rows by product, `ordered` the products.

    `prices` are in kopecks, not a number where there is none. `is_there` is 1, 0 or -1 where the feed does not say.
    `columns` are by folded name.
    """

    catalogue: Catalogue
    offers: Sequence[Offer]
    row_of: Mapping[str, int]
    products: NDArray[np.int32]
    order: Rows
    ordered: NDArray[np.int32]
    prices: NDArray[np.float64]
    is_there: NDArray[np.int8]
    columns: Mapping[str, Column]
    models: Models

    def variants(self, row: int) -> Sequence[int]:
        """Return the rows of all variants of the product at `row`, itself included, in the order of the feed."""
        number = self.products[row]
        start = int(np.searchsorted(self.ordered, number, "left"))
        end = int(np.searchsorted(self.ordered, number, "right"))
        return [int(each) for each in self.order[start:end]]

    def param(self, row: int, column: str) -> Param | None:
        """Return the param of `column` as the feed of this offer has it; of several the values stand together."""
        found = [param for param in self.offers[row].params if folded(param.name) == column]
        if len(found) > 1:
            return Param(found[0].name, ", ".join(param.value for param in found), found[0].unit)
        return found[0] if found else None

    def rows(self, ids: Iterable[str]) -> list[int]:
        """Return the rows of offers that are still there."""
        return [self.row_of[id_] for id_ in ids if id_ in self.row_of]


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """Return the name of a param as columns are called."""
    return fold(name)


def gather(catalogue: Catalogue) -> Goods:
    """Arrange all offers of `catalogue`."""
    offers = list(catalogue.offers.values())
    numbers: dict[tuple[str, ...], int] = {}
    products = np.fromiter((numbers.setdefault(_product(offer), len(numbers)) for offer in offers), np.int32)
    gathered: dict[str, Gathered] = {}
    for row, offer in enumerate(offers):
        for param in offer.params:
            name = folded(param.name)
            (gathered.get(name) or gathered.setdefault(name, Gathered(param.name))).add(row, param)
    order = np.argsort(products, kind="stable").astype(np.int32)
    columns = {name: each.column(name) for name, each in gathered.items()}
    return goods_of(catalogue, offers, (products, order), columns, build_models(offers))


def goods_of(
    catalogue: Catalogue,
    offers: Sequence[Offer],
    by_product: tuple[NDArray[np.int32], Rows],
    columns: Mapping[str, Column],
    models: Models,
) -> Goods:
    """Put goods together; `by_product` are the products of all rows, and all rows in the order of products."""
    products, order = by_product
    return Goods(
        catalogue=catalogue,
        offers=offers,
        row_of={offer.id: row for row, offer in enumerate(offers)},
        products=products,
        order=order,
        ordered=products[order],
        prices=np.array([np.nan if o.price_kopecks is None else o.price_kopecks for o in offers], np.float64),
        is_there=np.array([-1 if o.is_available is None else int(o.is_available) for o in offers], np.int8),
        columns=columns,
        models=models,
    )


def _product(offer: Offer) -> tuple[str, ...]:
    return ("group", offer.group_id) if offer.group_id else (fold(offer.vendor), fold(offer.name))
