"""Applying: of what the brand wrote, what is about the thing that we talk of, by the articles' own word."""

from collections import Counter
from dataclasses import replace

from bot.domain.answer import Answer, AnswerKind, Hit, source_of
from bot.domain.catalogue import Catalogue, Offer
from bot.domain.knowledge import Passage
from bot.domain.text import fold
from bot.domain.wishes import Shown

RESOLVED = 0.6
"""How sure we are of a section that several articles have, once it is known of which thing we talk."""


class Applying:
    """Judges articles by the offers and the categories that they say they apply to."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def is_foreign(self, found: Answer, thing: Offer) -> bool:
        """Whether the only answer found is an article about other things."""
        return len(found.hits) == 1 and self._fit(found.hits[0], thing) < 0

    def prefer(self, found: Answer, thing: Offer, shown: Shown | None) -> Answer:
        """Put what applies to `thing` first, leave out what applies to others only, and answer where that decides."""
        fits = [self._fit(hit, thing) for hit in found.hits]
        if found.meta.kind is AnswerKind.ARTICLE and max(fits, default=0) > 0:
            return replace(found, shown=shown)
        if found.meta.kind is not AnswerKind.CLARIFY or not any(fits):
            return found
        kept = [hit for hit, fit in sorted(zip(found.hits, fits, strict=True), key=lambda pair: -pair[1]) if fit >= 0]
        if not kept:
            return found
        hits = tuple(kept)
        if self._is_decided(found, hits[0], max(fits)):
            meta = replace(found.meta, kind=AnswerKind.ARTICLE, confidence=max(found.meta.confidence or 0.0, RESOLVED))
            return replace(found, meta=replace(meta, sources=(str(source_of(hits[0])),)), hits=hits[:1], shown=shown)
        return replace(found, meta=replace(found.meta, sources=tuple(str(source_of(hit)) for hit in hits)), hits=hits)

    def _is_decided(self, found: Answer, first: Hit, fit: int) -> bool:
        """Whether the choice was only between sections of one title, about different things."""
        titles = Counter(fold(hit.section_title) for hit in found.hits if isinstance(hit, Passage))
        return fit > 0 and isinstance(first, Passage) and titles[fold(first.section_title)] > 1

    def _fit(self, hit: Hit, thing: Offer) -> int:
        """Return 1 for what applies to the thing, -1 for what applies to others only, 0 for what is about all."""
        if not isinstance(hit, Passage) or not hit.applies_to:
            return 0
        applied = set(hit.applies_to)
        shelves = {each.id for id_ in thing.category_ids for each in self._catalogue.path(id_)}
        if thing.id in applied or not shelves.isdisjoint(applied):
            return 1
        offers = (self._catalogue.offers[id_] for id_ in applied if id_ in self._catalogue.offers)
        is_variant = any(thing.group_id and offer.group_id == thing.group_id for offer in offers)
        return 1 if is_variant else -1
