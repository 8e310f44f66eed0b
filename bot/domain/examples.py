"""Examples: what somebody who writes for the first time may ask this brand."""

from collections import Counter

from bot.domain.catalogue import Catalogue, Offer
from bot.domain.pack import Pack
from bot.domain.text import has_cyrillic

LONGEST = 60
"""Characters: more does not fit a line of a phone."""


def examples(pack: Pack, language: str) -> tuple[str, ...]:
    """Return two questions that the brand wrote itself, the first and one of the middle, and a product's short name.

    Questions are those written in `language`, as their letters tell; fewer where there are none, or long ones only.
    """
    asked = (entry.question(language) for entry in pack.faq.values())
    fit = [text for text in asked if len(text) <= LONGEST and has_cyrillic(text) == (language == "ru")]
    product = _product(pack.catalogue)
    return (*dict.fromkeys(fit[at] for at in (0, len(fit) // 2) if fit), *((product,) if product else ()))


def _product(catalogue: Catalogue) -> str:
    """Name an offer that is there, of the category that has most of them, and that tells most of itself."""
    there = [offer for offer in catalogue.offers.values() if offer.is_available is not False]
    shelves = Counter(offer.category_ids[0] for offer in there if offer.category_ids)
    fullest = shelves.most_common(1)[0][0] if shelves else ""
    named = [(offer, name) for offer in there if (name := _short_name(offer)) and fullest in (*offer.category_ids, "")]
    best = max(named, key=lambda pair: len(pair[0].params), default=None)
    return best[1] if best else ""


def _short_name(offer: Offer) -> str:
    name = " ".join(f"{offer.vendor} {offer.model}".split()) if offer.vendor and offer.model else offer.name
    return name if len(name) <= LONGEST else ""
