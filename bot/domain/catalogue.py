"""Catalogue: what the brand sells, as its feed tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of the store; `parent_id` is None at the top."""

    id: str
    name: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Param:
    """A property of an offer as the feed writes it; `unit` is empty where there is none."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing for sale.

    `price_kopecks` is in hundredths of `currency`, None where the feed has no usable price; `is_price_from` means
    "from this price". `is_available` is None where the feed does not say. Offers of one `group_id` are variants of
    one product (colour, kit). `description` is plain text.
    """

    id: str
    name: str
    category_ids: tuple[str, ...] = ()
    vendor: str = ""
    model: str = ""
    vendor_code: str = ""
    type_prefix: str = ""
    group_id: str = ""
    price_kopecks: int | None = None
    old_price_kopecks: int | None = None
    is_price_from: bool = False
    currency: str = "RUB"
    is_available: bool | None = None
    url: str = ""
    pictures: tuple[str, ...] = ()
    description: str = ""
    params: tuple[Param, ...] = ()
    barcodes: tuple[str, ...] = ()

    def param(self, name: str) -> Param | None:
        """Find a param by its exact name."""
        return next((param for param in self.params if param.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Categories and offers by id, each in the order of the feed."""

    categories: Mapping[str, Category] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)

    def categories_of(self, offer_id: str) -> frozenset[str]:
        """Return the ids of the categories of an offer and of all above them; empty when unknown."""
        offer = self.offers.get(offer_id)
        direct = offer.category_ids if offer is not None else ()
        return frozenset(direct) | {above.id for category in direct for above in self.path(category)}

    def path(self, category_id: str) -> Sequence[Category]:
        """Return the category with its parents, topmost first; empty when unknown. Survives a loop of parents."""
        path: list[Category] = []
        current = self.categories.get(category_id)
        while current is not None and current not in path:
            path.insert(0, current)
            current = self.categories.get(current.parent_id or "")
        return path
