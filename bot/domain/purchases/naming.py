"""Naming: which offer of the catalogue somebody means by a model that they typed."""

from collections.abc import Sequence

from bot.domain.catalogue import Catalogue, Offer
from bot.domain.text import words


def offers_named(catalogue: Catalogue, text: str) -> Sequence[Offer]:
    """Return the offers that have all the words of `text` in their names; one whose name or model it is, alone.

    Empty when nothing is like it, or nothing was typed.
    """
    typed = words(text)
    if not typed:
        return ()
    found = [offer for offer in catalogue.offers.values() if set(typed) <= set(_words_of(offer))]
    exact = [offer for offer in found if typed in (words(offer.name), words(offer.model), words(offer.vendor_code))]
    return exact[:1] or found


def _words_of(offer: Offer) -> Sequence[str]:
    return words(f"{offer.type_prefix} {offer.vendor} {offer.name} {offer.model} {offer.vendor_code}")
