"""Cards: how a product, a price and a choice between places of the pack look."""

from collections.abc import Sequence

from bot.domain.actions import Action
from bot.domain.answer import Hit, source_of
from bot.domain.catalogue import Offer, Param
from bot.domain.knowledge import LONGEST_LABEL, FaqEntry, Passage
from bot.domain.replies import Button, Card, Line, Phrase, Text

KOPECKS = 100
_SYMBOLS = {"RUB": "₽", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br"}
_AVAILABILITY = {True: "product-available", False: "product-not-available", None: "product-availability-unknown"}


def product_card(offer: Offer, params: Sequence[Param], *, more: Sequence[Line] = ()) -> Card:
    """Show an offer with its price, whether it is there, the params that tell most, and `more` lines."""
    telling = [Text(f"{param.name}: {param.value} {param.unit}".rstrip()) for param in params]
    return Card(
        title=Text(offer.name),
        lines=(price(offer), availability(offer), *telling, *more),
        link=offer.url or None,
        picture=next(iter(offer.pictures), None),
    )


def passage_card(passage: Passage) -> Card:
    """Show one section of an article."""
    title = passage.article_title
    if passage.section_title and passage.section_title != title:
        title = f"{title}. {passage.section_title}"
    return Card(title=Text(title), lines=(Text(passage.text),))


def price(offer: Offer) -> Phrase:
    """Tell the price in a sentence."""
    if offer.price_kopecks is None:
        return Phrase("product-price-unknown")
    return Phrase("product-price-from" if offer.is_price_from else "product-price", price_params(offer))


def price_params(offer: Offer) -> dict[str, str | int]:
    """Return what a sentence with a price needs; the offer has one."""
    amount, rest = divmod(offer.price_kopecks or 0, KOPECKS)
    kopecks = f"{rest:02}" if rest else "none"  # the sentence knows what stands between the two in its language
    return {"amount": amount, "kopecks": kopecks, "currency": symbol(offer)}


def symbol(offer: Offer) -> str:
    """Return the sign of the offer's currency."""
    return _SYMBOLS.get(offer.currency, offer.currency)


def availability(offer: Offer) -> Phrase:
    """Tell whether it is in stock."""
    return Phrase(_AVAILABILITY[offer.is_available])


def opening(hit: Hit) -> Action:
    """Return what a button does that opens a place of the pack."""
    source = source_of(hit)
    return Action(f"ask.{source.kind}", (source.id, source.section) if source.section else (source.id,))


def option(hit: Hit, language: str) -> Button:
    """Return a button that opens a place of the pack."""
    return Button(Text(label(hit, language)), opening(hit))


def label(hit: Hit, language: str) -> str:
    """Name an option. Questions tell themselves by their beginning, names of goods by their end."""
    match hit:
        case FaqEntry():
            return _cut(hit.question(language))
        case Passage():
            return _cut(hit.section_title or hit.article_title)
        case Offer():
            return short_name(hit)


def short_name(offer: Offer) -> str:
    """Return the end of an offer's name, where its model stands; cut off, it begins with a name, not amid a phrase."""
    name = offer.name
    while " " in name and (len(name) > LONGEST_LABEL or (name != offer.name and _is_amid(name))):
        name = name.partition(" ")[2]
    return _cut(name)


def _is_amid(name: str) -> bool:
    """Whether a name begins with a word of speech, and has one with a capital letter behind it."""
    return name[0].islower() and any(word[0].isupper() for word in name.split())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"
