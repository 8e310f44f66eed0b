"""Documents: what of a pack can be found, as terms by field."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.answer import Hit, SourceKind
from bot.domain.catalogue import Catalogue, Offer
from bot.domain.knowledge import FaqEntry, Passage
from bot.domain.pack import Pack
from bot.domain.text import fold
from bot.knowledge.search.terms import models_of, phrasing_of, terms_of

_FOR = re.compile(r"\s(?:для|под|for)\s", re.IGNORECASE)
"""What stands after these words in an offer's name is what it fits, not what it is."""
_FEWEST_CODE_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One findable place of the pack. `hits` is not empty: an offer with its variants, the first of the feed first.

    `phrasings` are the ways it may be asked for, function words included. `title`, `subject` and `body` keep order and
    repeats. `models` are the terms that name this very product, or, in a text, those it is about. `variants` are the
    terms of each hit, empty where there is one hit only.
    """

    kind: SourceKind
    hits: tuple[Hit, ...]
    phrasings: tuple[tuple[str, ...], ...]
    title: tuple[str, ...]
    subject: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    models: frozenset[str] = frozenset()
    variants: tuple[frozenset[str], ...] = ()


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
    questions = " \n ".join(entry.questions)
    return Document(
        kind=SourceKind.FAQ,
        hits=(entry,),
        phrasings=tuple(phrasing_of(question) for question in entry.questions),
        title=terms_of(questions),
        body=terms_of(" \n ".join(entry.answers.values())),
        models=models_of(questions),
    )


def _passage_document(passage: Passage, catalogue: Catalogue) -> Document:
    title = passage.section_title or passage.article_title
    subject = " \n ".join((passage.article_title, *_names_applied(passage.applies_to, catalogue)))
    return Document(
        kind=SourceKind.ARTICLE,
        hits=(passage,),
        phrasings=(phrasing_of(title), phrasing_of(f"{passage.article_title} {passage.section_title}")),
        title=terms_of(title),
        subject=terms_of(subject),
        body=terms_of(passage.text),
        models=models_of(f"{title} \n {subject}"),
    )


def _names_applied(ids: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    for applied in ids:
        if applied in catalogue.offers:
            yield catalogue.offers[applied].name
        yield from (category.name for category in catalogue.path(applied))


def _product_document(offers: Sequence[Offer], catalogue: Catalogue) -> Document:
    first = offers[0]
    titles = [terms_of(_title_of(offer)) for offer in offers]
    bodies = [terms_of(_body_of(offer)) for offer in offers]
    categories = dict.fromkeys(shelf.name for id_ in first.category_ids for shelf in catalogue.path(id_))
    has_variants = len(offers) > 1
    return Document(
        kind=SourceKind.OFFER,
        hits=tuple(offers),
        phrasings=tuple(dict.fromkeys(phrasing_of(offer.name) for offer in offers)),
        title=_union(titles),
        subject=terms_of(" \n ".join((first.vendor, first.type_prefix, *categories))),
        body=_union(bodies),
        models=frozenset().union(*map(_own_models, offers)),
        variants=tuple(frozenset(a + b) for a, b in zip(titles, bodies, strict=True)) if has_variants else (),
    )


def _title_of(offer: Offer) -> str:
    return " \n ".join((offer.name, offer.model, offer.vendor_code))


def _body_of(offer: Offer) -> str:
    params = (f"{param.name} {param.value} {param.unit}" for param in offer.params)
    return " \n ".join((*params, offer.description, *offer.barcodes))


def _own_models(offer: Offer) -> frozenset[str]:
    own_name = _FOR.split(f" {offer.name} ", maxsplit=1)[0]
    codes = (offer.vendor_code, *offer.barcodes)
    numbers = frozenset(code for code in codes if code.isdigit() and len(code) >= _FEWEST_CODE_DIGITS)
    return (
        models_of(_FOR.split(f" {offer.model} ", maxsplit=1)[0] if offer.model else own_name)
        | models_of(" \n ".join(codes))
        | numbers
    )


def _union(sequences: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first in full, of the others what is new."""
    seen = set(sequences[0])
    merged = list(sequences[0])
    for sequence in sequences[1:]:
        merged.extend(term for term in sequence if term not in seen)
        seen.update(sequence)
    return tuple(merged)
