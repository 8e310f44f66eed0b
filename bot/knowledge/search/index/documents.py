"""Documents: what of a pack can be found, as texts by place."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.answer import Hit, SourceKind
from bot.domain.catalogue import Catalogue, Offer
from bot.domain.knowledge import FaqEntry, Passage
from bot.domain.pack import Pack
from bot.domain.text import fold
from bot.knowledge.search.text.terms import models_of

_FOR = re.compile(r"\s(?:для|под|for)\s", re.IGNORECASE)
"""What stands after these words in an offer's name is what it fits, not what it is."""
_FEWEST_CODE_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One findable place of the pack. `hits` is not empty: an offer with its variants, the first of the feed first.

    `phrasings` are the ways it may be asked for; a text without a title is asked for by its words. `title`, `subject`
    and `body` are its texts by place, cut where what follows is no neighbour. `models` are the terms that name this
    very product, or, in a text, those it is about.
    """

    kind: SourceKind
    hits: tuple[Hit, ...]
    phrasings: tuple[str, ...]
    title: tuple[str, ...]
    subject: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    models: frozenset[str] = frozenset()


def documents_of(pack: Pack) -> Iterator[Document]:
    """Yield all documents of `pack`: FAQ, then articles, then products, each in the order of the pack."""
    yield from map(_faq_document, pack.faq.values())
    for article in pack.articles.values():
        for passage in article.passages:
            yield _passage_document(passage, pack.catalogue)
    for offers in products_of(pack.catalogue):
        yield _product_document(offers, pack.catalogue)


def products_of(catalogue: Catalogue) -> list[tuple[Offer, ...]]:
    """Gather the variants of each product: offers of one group, or of one name where the feed has no groups."""
    products: dict[tuple[str, str], list[Offer]] = defaultdict(list)
    for offer in catalogue.offers.values():
        key = ("group", offer.group_id) if offer.group_id else (fold(offer.vendor), fold(offer.name))
        products[key].append(offer)
    return [tuple(offers) for offers in products.values()]


def _faq_document(entry: FaqEntry) -> Document:
    return Document(
        kind=SourceKind.FAQ,
        hits=(entry,),
        phrasings=entry.questions,
        title=entry.questions,
        body=tuple(entry.answers.values()),
        models=_models_in(entry.questions),
    )


def _passage_document(passage: Passage, catalogue: Catalogue) -> Document:
    title = passage.section_title or passage.article_title
    subject = (passage.article_title, *_names_applied(passage.applies_to, catalogue))
    return Document(
        kind=SourceKind.ARTICLE,
        hits=(passage,),
        phrasings=(title, f"{passage.article_title} {passage.section_title}") if title else (passage.text,),
        title=(title or passage.text,),
        subject=subject,
        body=(passage.text,) if title else (),
        models=_models_in((title, *subject)),
    )


def _names_applied(ids: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    for applied in ids:
        if applied in catalogue.offers:
            yield catalogue.offers[applied].name
        yield from (category.name for category in catalogue.path(applied))


def _product_document(offers: Sequence[Offer], catalogue: Catalogue) -> Document:
    first = offers[0]
    categories = dict.fromkeys(shelf.name for id_ in first.category_ids for shelf in catalogue.path(id_))
    return Document(
        kind=SourceKind.OFFER,
        hits=tuple(offers),
        phrasings=tuple(dict.fromkeys(offer.name for offer in offers)),
        title=_joined(offers, name_parts),
        subject=(first.vendor, first.type_prefix, *categories),
        body=_joined(offers, description_parts),
        models=frozenset().union(*map(_own_models, offers)),
    )


def name_parts(offer: Offer) -> Iterator[str]:
    """Yield what an offer is called by."""
    yield from (offer.name, offer.model, offer.vendor_code)


def description_parts(offer: Offer) -> Iterator[str]:
    """Yield what an offer says of itself, each param by itself."""
    yield from (f"{param.name} {param.value} {param.unit}".rstrip() for param in offer.params)
    yield offer.description
    yield from offer.barcodes


def _joined(offers: Sequence[Offer], parts: Callable[[Offer], Iterator[str]]) -> tuple[str, ...]:
    """Return the parts of all variants, each part once."""
    return tuple(dict.fromkeys(part for offer in offers for part in parts(offer) if part))


def _own_models(offer: Offer) -> frozenset[str]:
    own_name = _FOR.split(f" {offer.name} ", maxsplit=1)[0]
    codes = (offer.vendor_code, *offer.barcodes)
    numbers = frozenset(code for code in codes if code.isdigit() and len(code) >= _FEWEST_CODE_DIGITS)
    return (
        models_of(_FOR.split(f" {offer.model} ", maxsplit=1)[0] if offer.model else own_name)
        | _models_in(codes)
        | numbers
    )


def _models_in(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(models_of, texts))
