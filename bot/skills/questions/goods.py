"""Goods: answers about products put into lines: params, comparisons, selections, what goes with what."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.domain.actions import Action
from bot.domain.answer import AnswerMeta
from bot.domain.catalogue import Offer
from bot.domain.goods_answers import (
    AttributeAnswer,
    ComparisonAnswer,
    Fact,
    FittingAnswer,
    GoodsAnswer,
    MissingAnswer,
    OfferFacts,
    Selected,
    SelectionAnswer,
    StockAnswer,
    Verdict,
)
from bot.domain.replies import Button, Card, Line, Phrase, Reply, ShelfItem, Text, rows
from bot.domain.wishes import Order, Relation, Wish
from bot.skills.questions.cards import KOPECKS, availability, opening, option, price, price_params, short_name, symbol

_NOTHING = "—"
_PAIR = 2
_WISHES = {
    Relation.AT_LEAST: "goods-wish-at-least",
    Relation.AT_MOST: "goods-wish-at-most",
    Relation.ABOUT: "goods-wish-about",
    Relation.IS: "goods-wish-is",
    Relation.IS_NOT: "goods-wish-is-not",
    Relation.HAS: "goods-wish-has",
    Relation.HAS_NOT: "goods-wish-has-not",
}
_PRICE_WISHES = {
    Relation.AT_LEAST: "goods-wish-price-at-least",
    Relation.AT_MOST: "goods-wish-price-at-most",
    Relation.ABOUT: "goods-wish-price-about",
}
_FITS = {Verdict.YES: "goods-fits-yes", Verdict.NO: "goods-fits-no", Verdict.UNSAID: "goods-fits-unsaid"}


def show(found: GoodsAnswer, meta: AnswerMeta, language: str) -> Reply:
    """Say what was found."""
    match found:
        case AttributeAnswer():
            return _attribute(found, meta, language)
        case ComparisonAnswer():
            return _comparison(found, meta, language)
        case SelectionAnswer():
            return _selection(found, meta, language)
        case StockAnswer():
            return _stock(found, meta, language)
        case FittingAnswer():
            return _fitting(found, meta, language)
        case MissingAnswer():
            return _missing(found, meta, language)
    assert_never(found)


def _attribute(found: AttributeAnswer, meta: AnswerMeta, language: str) -> Reply:
    first = found.items[0].offer
    denied = (Phrase("goods-not-so"),) if found.is_denied else ()
    if len(found.items) == 1:
        priced = (price(first),) if found.with_price else ()
        lines = [*denied, *map(_fact, found.items[0].facts), *priced, *_variants(found.variants)]
        return Reply(text=Card(title=Text(first.name), lines=tuple(lines), link=first.url or None), answer=meta)
    lines = [*denied, *(_line(item, fact) for item in found.items for fact in item.facts)]
    offers = [item.offer for item in found.items]
    card = Card(title=_of_all(found), lines=tuple(lines))
    return Reply(text=card, buttons=_openings(offers, language), answer=meta)


def _of_all(found: AttributeAnswer) -> Phrase:
    """Say at once what is so with all of them."""
    verdicts = {fact.verdict for item in found.items for fact in item.facts}
    if verdicts and verdicts <= {Verdict.YES, Verdict.HAS}:
        return Phrase("goods-yes-all")
    return Phrase("goods-no-all" if verdicts == {Verdict.NO} else "goods-several")


def _fact(fact: Fact) -> Line:
    match fact.verdict:
        case Verdict.UNSAID:
            return Phrase("goods-unsaid", {"name": fact.name})
        case Verdict.NO:
            return Phrase("goods-no", {"name": fact.name})
        case Verdict.YES:
            return Phrase("goods-yes", {"name": fact.name})
        case Verdict.HAS:
            return Phrase("goods-yes-with", {"name": fact.name, "value": fact.value})
        case Verdict.STATED:
            return Text(f"{fact.name}: {fact.value}")


def _line(item: OfferFacts, fact: Fact) -> Line:
    thing = short_name(item.offer)
    if fact.verdict is Verdict.UNSAID:
        return Phrase("goods-unsaid-of", {"thing": thing, "name": fact.name})
    return Text(f"{thing} — {fact.name}: {fact.value}")


def _variants(variants: Sequence[OfferFacts]) -> Iterator[Line]:
    for item in variants:
        told = ", ".join(fact.value for fact in item.facts if fact.value)
        if told:
            yield Phrase("goods-variant", {"thing": short_name(item.offer), "value": told})


def _comparison(found: ComparisonAnswer, meta: AnswerMeta, language: str) -> Reply:
    lines: list[Line] = [_item(at, offer) for at, offer in enumerate(found.offers, 1)]
    lines += [Text(f"{row.name}: {' / '.join(value or _NOTHING for value in row.values)}") for row in found.rows]
    if not found.rows:
        lines.append(Phrase("goods-no-difference"))
    if found.best is not None:
        thing = short_name(found.offers[found.best])
        value = f"{found.best_fact.name}: {found.best_fact.value}" if found.best_fact else ""
        lines.append(Phrase("goods-best" if value else "goods-best-price", {"thing": thing, "value": value}))
    elif found.asks_preference:
        lines.append(Phrase("goods-what-matters"))
    card = Card(title=Phrase("goods-comparison"), lines=tuple(lines))
    return Reply(text=card, buttons=_openings(found.offers, language), answer=meta)


def _selection(found: SelectionAnswer, meta: AnswerMeta, language: str) -> Reply:
    if not found.items:
        return Reply(text=Phrase("goods-no-more"), answer=meta)
    first = found.items[0].offer
    lines: list[Line] = [_item(at, item.offer, item.facts) for at, item in enumerate(found.items, 1)]
    if found.met:
        lines += [Phrase("goods-met"), *(_wish(wish, first, "•") for wish in found.met)]
    if found.relaxed:
        lines += [Phrase("goods-relaxed"), *(_wish(wish, first, "•") for wish in found.relaxed)]
    if found.order is not None:
        lines.append(_order(found.order))
    if found.ignored:
        lines.append(Phrase("goods-ignored", {"words": ", ".join(f"«{word}»" for word in found.ignored)}))
    more = _more(found)
    return Reply(
        text=Card(title=_title(found), lines=tuple(lines)),
        buttons=(*_openings([item.offer for item in found.items], language), *more),
        answer=meta,
        shelf=_shelf(found.items, language),
    )


def _title(found: SelectionAnswer) -> Phrase:
    if not found.total:
        return Phrase("goods-rest-nearest" if found.is_rest else "goods-nearest")
    if found.is_rest:
        return Phrase("goods-rest")
    shown = len(found.items)
    return Phrase("goods-found", {"total": found.total, "shown": shown, "left": max(found.total - shown, 0)})


def _more(found: SelectionAnswer) -> tuple[tuple[Button, ...], ...]:
    if found.total <= len(found.items):
        return ()
    return ((Button(Phrase("button-show-more"), Action("ask.more")),),)


def _item(number: int, offer: Offer, facts: Sequence[Fact] = ()) -> Line:
    told = "".join(f" · {fact.name}: {fact.value or _NOTHING}" for fact in facts)
    params: dict[str, str | int] = {"number": number, "name": offer.name, "facts": told}
    if offer.price_kopecks is None:
        return Phrase("goods-item-without-price", params)
    key = "goods-item-gone" if offer.is_available is False else "goods-item"
    return Phrase(key, params | price_params(offer))


def _wish(wish: Wish, offer: Offer, mark: str) -> Line:
    if not wish.param:
        key = _PRICE_WISHES.get(wish.relation, "goods-wish-price-about")
        return Phrase(key, {"mark": mark, "amount": round(wish.number) // KOPECKS, "currency": symbol(offer)})
    params = {"mark": mark, "name": wish.param, "value": wish.shown or wish.text}
    return Phrase(_WISHES[wish.relation], params)


def _order(order: Order) -> Line:
    if not order.param:
        return Phrase("goods-order-price-least" if order.is_ascending else "goods-order-price-most")
    return Phrase("goods-order-least" if order.is_ascending else "goods-order-most", {"name": order.param})


def _shelf(items: Sequence[Selected], language: str) -> tuple[ShelfItem, ...]:
    if len(items) < _PAIR:
        return ()
    return tuple(
        ShelfItem(
            title=Text(short_name(item.offer)),
            text=price(item.offer),
            button=Button(Phrase("button-details"), opening(item.offer)),
            picture=next(iter(item.offer.pictures), None),
        )
        for item in items
    )


def _stock(found: StockAnswer, meta: AnswerMeta, language: str) -> Reply:
    offer = found.offer
    if found.is_of_several:
        return _stock_of_several(found, meta, language)
    lines: list[Line] = [*map(_fact, found.facts), price(offer), availability(offer)]
    if found.variants:
        lines.append(Phrase("goods-variants"))
        lines += [_item(at, variant) for at, variant in enumerate(found.variants, 1)]
    card = Card(
        title=Text(offer.name), lines=tuple(lines), link=offer.url or None, picture=next(iter(offer.pictures), None)
    )
    return Reply(text=card, buttons=_openings(found.variants, language), answer=meta)


def _stock_of_several(found: StockAnswer, meta: AnswerMeta, language: str) -> Reply:
    offers = (found.offer, *found.variants)
    card = Card(title=Phrase("goods-several"), lines=tuple(_item(at, offer) for at, offer in enumerate(offers, 1)))
    return Reply(text=card, buttons=_openings(offers, language), answer=meta)


def _fitting(found: FittingAnswer, meta: AnswerMeta, language: str) -> Reply:
    target = short_name(found.target)
    if found.verdict is not None:
        thing = found.items[0]
        sentence = Phrase(_FITS[found.verdict], {"thing": short_name(thing), "target": target})
        card = Card(title=Text(thing.name), lines=(sentence, price(thing)), link=thing.url or None)
        return Reply(text=card, answer=meta)
    if not found.items:
        return Reply(text=Phrase("goods-nothing-fits", {"target": target}), buttons=_person(), answer=meta)
    lines = tuple(_item(at, offer) for at, offer in enumerate(found.items, 1))
    return Reply(
        text=Card(title=Phrase("goods-fitting", {"target": target}), lines=lines),
        buttons=_openings(found.items, language),
        answer=meta,
        shelf=_shelf([Selected(offer=offer) for offer in found.items], language),
    )


def _missing(found: MissingAnswer, meta: AnswerMeta, language: str) -> Reply:
    is_code = any(map(str.isdigit, found.asked)) and " " not in found.asked
    params = {"asked": found.asked.upper() if is_code else found.asked.title()}
    if not found.near:
        return Reply(text=Phrase("goods-missing", params), buttons=_person(), answer=meta)
    return Reply(text=Phrase("goods-missing-near", params), buttons=_openings(found.near, language), answer=meta)


def _openings(offers: Sequence[Offer], language: str) -> tuple[tuple[Button, ...], ...]:
    return rows([option(offer, language) for offer in offers])


def _person() -> tuple[tuple[Button, ...], ...]:
    return ((Button(Phrase("button-person"), Action("people.contacts", ("doubt",))),),)
