"""Which params of an offer tell most: those that differ between its neighbours on the shelf."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log2

from bot.domain.catalogue import Catalogue, Offer, Param

TELLING = 3


def variety(shelf: Iterable[Offer]) -> Mapping[str, float]:
    """Measure how much each param tells about an offer of `shelf`: the entropy of its values, in bits.

    Variants of one product count once, and what tells only variants apart (colour, kit) tells nothing. A param that
    few offers have is worth less.
    """
    products: dict[str, list[Offer]] = defaultdict(list)
    for offer in shelf:
        products[offer.group_id or offer.id].append(offer)
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for variants in products.values():
        for name, value in _common(variants):
            values[name][value] += 1
    return {name: _entropy(counts) * counts.total() / len(products) for name, counts in values.items()}


def telling_params(offer: Offer, weights: Mapping[str, float], *, count: int = TELLING) -> Sequence[Param]:
    """Return the `count` params of `offer` that tell most, in the order of the feed."""
    best = sorted(offer.params, key=lambda param: -weights.get(param.name, 0.0))[:count]
    return [param for param in offer.params if param in best]


class Shelves:
    """Remembers how much the params of each category tell."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._offers: dict[str, list[Offer]] = defaultdict(list)
        for offer in catalogue.offers.values():
            self._offers[_shelf(offer)].append(offer)
        self._weights: dict[str, Mapping[str, float]] = {}

    def telling_params(self, offer: Offer) -> Sequence[Param]:
        """Return the three params, or fewer, that tell `offer` best from its neighbours."""
        shelf = _shelf(offer)
        if shelf not in self._weights:
            self._weights[shelf] = variety(self._offers[shelf])
        return telling_params(offer, self._weights[shelf])


def _shelf(offer: Offer) -> str:
    return next(iter(offer.category_ids), "")


def _common(variants: Sequence[Offer]) -> list[tuple[str, str]]:
    """Params that all variants share."""
    shared = [(param.name, param.value) for param in variants[0].params]
    return [pair for pair in shared if all((p := other.param(pair[0])) and p.value == pair[1] for other in variants)]


def _entropy(counts: Counter[str]) -> float:
    total = counts.total()
    return -sum(count / total * log2(count / total) for count in counts.values())
