"""Wishes: what goods a person looks for, as understood from their words."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Relation(StrEnum):
    """How a param, or the price, is to stand to what is wished."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOUT = "about"
    IS = "is"
    IS_NOT = "is-not"
    HAS = "has"
    HAS_NOT = "has-not"


_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing that is wished. `param` is the feed's name of it, empty for the price.

    `number` is in the smallest unit of its kind, kopecks for the price; `text` is a value in folded words, or the
    number with its unit; `shown` is how people see it where that is not `text`. `is_strict` excludes the number itself:
    "cheaper than this one".
    """

    param: str
    relation: Relation
    number: float = 0.0
    text: str = ""
    shown: str = ""
    is_strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What comes first: least or most of a param, or of the price where `param` is empty."""

    param: str
    is_ascending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """All that is wished at once. Each of `kinds`, `brands` and `names` is a word of the catalogue, `categories` are
    ids; `wishes` may be relaxed when nothing fits, the rest says what goods are meant at all."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    order: Order | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a conversation about goods has come to.

    `offers` are ids in the order shown last; `focus` is the place of the one talked about, None where there are
    several. `seen` are ids that "show more" leaves out. `asked` are the params asked for last. `before` is the id of
    the one talked about before these, empty where there was none.
    """

    offers: tuple[str, ...]
    focus: int | None = None
    wishes: Wishes | None = None
    seen: tuple[str, ...] = field(default=())
    asked: tuple[str, ...] = field(default=())
    before: str = ""


def with_focus(shown: Shown | None, offer_id: str) -> Shown:
    """Return what a conversation has come to once the card of an offer was opened."""
    if shown is not None and offer_id in shown.offers:
        return replace(shown, focus=shown.offers.index(offer_id))
    return after(shown, Shown(offers=(offer_id,), focus=0))


def after(before: Shown | None, shown: Shown) -> Shown:
    """Return `shown` with what was talked about before it."""
    if before is None or not before.offers:
        return shown
    last = before.offers[before.focus] if before.focus is not None and before.focus < len(before.offers) else ""
    others = [offer for offer in before.offers if offer not in shown.offers]
    if not last and len(shown.offers) == 1 and len(before.offers) == len(others) + 1 == _PAIR:
        last = others[0]  # of two that were compared, one is talked about now
    return replace(shown, before=before.before if not last or last in shown.offers else last)
