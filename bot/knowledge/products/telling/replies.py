"""Replies: answers about goods with their kind, their sources and what the next question may refer to."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answer import Answer, AnswerKind, AnswerMeta, source_of
from bot.domain.catalogue import Offer
from bot.domain.goods_answers import (
    AttributeAnswer,
    ComparisonAnswer,
    FittingAnswer,
    GoodsAnswer,
    MissingAnswer,
    SelectionAnswer,
    StockAnswer,
    Verdict,
)
from bot.domain.wishes import Relation, Shown, Wish, Wishes
from bot.knowledge.products.goods.columns import Column
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.telling.facts import fact
from bot.knowledge.products.telling.topic import Topic

SURE, LIKELY, PLAIN, UNSURE = 0.97, 0.85, 0.6, 0.5
_MOST_CHOICES = 4
_MOST_NEAR = 3
_MOST_VARIANTS = 8


def card(known: Knowing, topic: Topic) -> Answer:
    """Show one thing, or let people choose among several of one name."""
    offers = [known.offer(row) for row in _per_product(known, topic)]
    if len(offers) > 1:
        return _answer(AnswerKind.CLARIFY, UNSURE, offers[:_MOST_CHOICES], shown=_shown(topic, offers[:_MOST_CHOICES]))
    return _answer(AnswerKind.PRODUCT, SURE, offers, hits=True, shown=_shown(topic, offers))


def variant(known: Knowing, topic: Topic, row: int, columns: Sequence[Column]) -> Answer:
    """Show the variant that was asked for, with the param by which it was."""
    offers = [known.offer(row)]
    goods = StockAnswer(offer=offers[0], facts=tuple(fact(known, row, column) for column in columns))
    shown = _shown(Topic(((row,),), topic.shown, topic.place), offers)
    return _answer(AnswerKind.PRODUCT, SURE, offers, goods=goods, shown=shown, hits=True)


def stock(known: Knowing, topic: Topic) -> Answer:
    """Tell price and availability of things, and of the variants of the only one."""
    rows = list(dict.fromkeys(topic.rows)) if len(topic.groups) > 1 else _per_product(known, topic)
    offers = [known.offer(row) for row in rows][:_MOST_VARIANTS]
    others = offers[1:]
    if len(offers) == 1:
        others = [known.offer(row) for row in known.goods.variants(topic.rows[0]) if known.offer(row) != offers[0]]
    others = list({_as_told(offer): offer for offer in others if _as_told(offer) != _as_told(offers[0])}.values())
    is_of_several = len({int(known.goods.products[group[0]]) for group in topic.groups}) > 1
    goods = StockAnswer(offer=offers[0], variants=tuple(others[:_MOST_VARIANTS]), is_of_several=is_of_several)
    return _answer(AnswerKind.PRODUCT, SURE, offers, goods=goods, shown=_shown(topic, offers), hits=True)


def _as_told(offer: Offer) -> tuple[str, int | None]:
    """Return by what a line of a list tells an offer from others."""
    return offer.name, offer.price_kopecks


def attribute(known: Knowing, topic: Topic, found: AttributeAnswer) -> Answer:
    """Tell params."""
    offers = [item.offer for item in found.items]
    asked = tuple(dict.fromkeys(fact.name for item in found.items for fact in item.facts))
    return _answer(AnswerKind.ATTRIBUTE, SURE, offers, goods=found, shown=_shown(topic, offers, asked))


def unsaid(known: Knowing, topic: Topic, found: AttributeAnswer, *, is_known: bool) -> Answer:
    """Say that the feed does not tell; of a param that no offer has we know nothing at all."""
    offers = [item.offer for item in found.items]
    kind = AnswerKind.ATTRIBUTE if is_known else AnswerKind.UNKNOWN
    return _answer(kind, PLAIN, offers if is_known else [], goods=found, shown=_shown(topic, offers))


def confirmed(found: AttributeAnswer) -> AttributeAnswer:
    """Say that a thing is as was asked."""
    items = tuple(
        replace(item, facts=tuple(replace(fact, verdict=Verdict.HAS) for fact in item.facts)) for item in found.items
    )
    return replace(found, items=items, variants=())


def denied(found: AttributeAnswer) -> AttributeAnswer:
    """Say that a thing is not as was asked, but so."""
    items = tuple(
        replace(item, facts=tuple(replace(fact, verdict=Verdict.STATED) for fact in item.facts)) for item in found.items
    )
    return replace(found, items=items, is_denied=True)


def comparison(known: Knowing, topic: Topic, found: ComparisonAnswer) -> Answer:
    """Tell what differs."""
    return _answer(AnswerKind.COMPARISON, SURE, found.offers, goods=found, shown=_shown(topic, found.offers))


def selection(
    known: Knowing,
    wishes: Wishes,
    found: SelectionAnswer | None,
    *,
    is_plain: bool = False,
    seen: Sequence[str] = (),
) -> Answer | None:
    """Show what was chosen; without any wish we are less sure that goods are wanted at all."""
    if found is None:
        return None
    offers = [item.offer for item in found.items]
    shown = Shown(
        offers=tuple(offer.id for offer in offers),
        focus=0 if len(offers) == 1 else None,
        wishes=wishes,
        seen=tuple(seen),
    )
    has_foreign = any(wish.relation is Relation.HAS and known.column(wish.param) is None for wish in found.relaxed)
    has_foreign = has_foreign or any(_is_unsaid_of_all(wish, found) for wish in found.relaxed)
    confidence = PLAIN if is_plain or has_foreign else LIKELY if found.relaxed else SURE
    return _answer(AnswerKind.SELECTION, confidence, offers, goods=found, shown=shown)


def _is_unsaid_of_all(wish: Wish, found: SelectionAnswer) -> bool:
    """Whether the feed has a param for other goods only: perhaps no goods are wanted at all."""
    facts = [fact for item in found.items for fact in item.facts if fact.name == wish.param]
    return wish.relation is Relation.HAS and all(fact.verdict is Verdict.UNSAID for fact in facts)


def no_more(known: Knowing, shown: Shown) -> Answer:
    """Say that all was shown."""
    return _answer(AnswerKind.SELECTION, LIKELY, [], goods=SelectionAnswer(items=(), is_rest=True), shown=shown)


def fitting(known: Knowing, found: FittingAnswer, topic: Topic) -> Answer:
    """Show what goes with a thing."""
    offers = found.items or (found.target,)
    kind = AnswerKind.SELECTION if found.items else AnswerKind.UNKNOWN
    shown = Shown(offers=tuple(offer.id for offer in offers), focus=0 if len(offers) == 1 else None)
    return _answer(kind, SURE if found.items else PLAIN, found.items, goods=found, shown=shown)


def fits(known: Knowing, found: FittingAnswer) -> Answer:
    """Tell whether two things go together."""
    offers = (*found.items, found.target)
    shown = Shown(offers=tuple(offer.id for offer in offers), focus=0)
    return _answer(AnswerKind.ATTRIBUTE, SURE, offers, goods=found, shown=shown)


def missing(known: Knowing, asked: str, rows: Sequence[int], *, is_sure: bool = True) -> Answer:
    """Say that there is no such thing, and name those whose names are like it."""
    firsts: dict[int, int] = {}
    for row in rows:
        firsts.setdefault(int(known.goods.products[row]), row)
    near = tuple(known.offer(row) for row in list(firsts.values())[:_MOST_NEAR])
    shown = Shown(offers=tuple(offer.id for offer in near)) if near else None
    confidence = LIKELY if is_sure else PLAIN
    return _answer(AnswerKind.UNKNOWN, confidence, (), goods=MissingAnswer(asked=asked, near=near), shown=shown)


def _answer(
    kind: AnswerKind,
    confidence: float,
    offers: Sequence[Offer],
    *,
    goods: GoodsAnswer | None = None,
    shown: Shown | None = None,
    hits: bool = False,
) -> Answer:
    meta = AnswerMeta(kind=kind, confidence=confidence, sources=tuple(str(source_of(offer)) for offer in offers))
    is_listed = hits or kind is AnswerKind.CLARIFY
    return Answer(meta=meta, hits=tuple(offers) if is_listed else (), goods=goods, shown=shown)


def _shown(topic: Topic, offers: Sequence[Offer], asked: tuple[str, ...] = ()) -> Shown:
    """Things meant from before stay where they were shown; the one talked about is in focus."""
    ids = tuple(offer.id for offer in offers)
    before = topic.shown
    if before is None:
        return Shown(offers=ids, focus=0 if len(ids) == 1 else None, asked=asked)
    if topic.place is None:
        return replace(before, asked=asked or before.asked)
    listed = list(before.offers)
    if len(ids) == 1 and topic.place < len(listed):
        listed[topic.place] = ids[0]
    return replace(before, offers=tuple(listed), focus=topic.place, asked=asked or before.asked)


def _per_product(known: Knowing, topic: Topic) -> list[int]:
    found: dict[int, int] = {}
    for group in topic.groups:
        for row in group:
            found.setdefault(int(known.goods.products[row]), row)
    return list(found.values())
