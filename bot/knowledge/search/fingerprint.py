"""Fingerprint: a short text that changes when anything changes that an index is made from."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from bot.domain.catalogue import Offer
from bot.domain.pack import Pack

_BYTES = 16
_BETWEEN = "\x1f"


def fingerprint(pack: Pack, more: Mapping[str, bytes]) -> str:
    """Take the fingerprint of what can be found in `pack`, and of `more` contents by name; prices do not matter."""
    digest = blake2b(digest_size=_BYTES)
    for name, content in more.items():
        digest.update(name.encode())
        digest.update(content)
    for text in _texts(pack):
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
    return digest.hexdigest()


def _texts(pack: Pack) -> Iterator[str]:
    yield repr((pack.synonyms, pack.concepts))
    for entry in pack.faq.values():
        yield repr((entry.id, entry.questions, sorted(entry.answers.items())))
    for article in pack.articles.values():
        yield repr((article.id, article.title, article.passages))
    for category in pack.catalogue.categories.values():
        yield repr(category)
    yield from map(_offer, pack.catalogue.offers.values())


def _offer(offer: Offer) -> str:
    own = (offer.id, offer.name, offer.vendor, offer.model, offer.vendor_code, offer.type_prefix, offer.group_id)
    params = (part for param in offer.params for part in (param.name, param.value, param.unit))
    return _BETWEEN.join((*own, *offer.category_ids, *offer.barcodes, *params, offer.description))
