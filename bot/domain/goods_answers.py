"""Answers about goods: what was found in the feed, before anybody puts it into sentences."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.domain.catalogue import Offer
from bot.domain.wishes import Order, Wish


class Verdict(StrEnum):
    """Whether a thing has what was asked about: `HAS` with a value worth telling; `UNSAID` where the feed is silent."""

    YES = "yes"
    HAS = "has"
    NO = "no"
    STATED = "stated"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One param of one offer: `value` with its unit as the feed has it, empty where the feed does not say."""

    name: str
    value: str = ""
    verdict: Verdict = Verdict.STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """Facts of one offer, in the order asked."""

    offer: Offer
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeAnswer:
    """What was asked of one thing or of several; `variants` differ from the first thing in what was asked.

    `is_denied`: it is not as was asked, the facts say how it is. `with_price`: the price was asked for, too.
    """

    items: tuple[OfferFacts, ...]
    variants: tuple[OfferFacts, ...] = ()
    is_denied: bool = False
    with_price: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """A param by which things differ; `values` are parallel to the things, empty where the feed does not say."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonAnswer:
    """`rows` hold only what differs, what tells most first. `best` is the place of the thing that has most, or least,
    of what was asked for; None where that was not asked or is the same. `asks_preference`: the person wants advice."""

    offers: tuple[Offer, ...]
    rows: tuple[ComparedRow, ...]
    best: int | None = None
    best_fact: Fact | None = None
    asks_preference: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """One thing that was chosen: `facts` are what the wishes are about, `unmet` the wishes it does not meet."""

    offer: Offer
    facts: tuple[Fact, ...] = ()
    unmet: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionAnswer:
    """Things chosen, best first. `met` are wishes that all meet, `relaxed` those that at least one does not.

    `total` counts all that meet every wish; it is 0 where the nearest are shown. `is_rest`: more of the same. `ignored`
    are words of the question, as typed, that were not understood or that the goods know nothing of.
    """

    items: tuple[Selected, ...]
    met: tuple[Wish, ...] = ()
    relaxed: tuple[Wish, ...] = ()
    order: Order | None = None
    total: int = 0
    is_rest: bool = False
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAnswer:
    """Price and availability: of `offer`, which was asked for by `facts`, and of its `variants`.

    `is_of_several`: the `variants` are other things that were asked about at once.
    """

    offer: Offer
    variants: tuple[Offer, ...] = ()
    facts: tuple[Fact, ...] = ()
    is_of_several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingAnswer:
    """What fits `target`; `verdict` is set where one thing was asked about: then `items` hold it alone."""

    target: Offer
    items: tuple[Offer, ...]
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAnswer:
    """The catalogue has nothing called `asked`; `near` have names that are like it."""

    asked: str
    near: tuple[Offer, ...] = ()


GoodsAnswer: TypeAlias = (
    AttributeAnswer | ComparisonAnswer | SelectionAnswer | StockAnswer | FittingAnswer | MissingAnswer
)
