"""Answer: what was found for a question, how sure we are, and where it stands in the pack."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.domain.catalogue import Offer
from bot.domain.goods_answers import GoodsAnswer
from bot.domain.knowledge import FaqEntry, Passage
from bot.domain.wishes import Shown


class AnswerKind(StrEnum):
    """What kind of reply it is, for the log and for who scripts against us."""

    FAQ = "faq"
    PRODUCT = "product"
    ATTRIBUTE = "attribute"
    COMPARISON = "comparison"
    SELECTION = "selection"
    ARTICLE = "article"
    CLARIFY = "clarify"
    UNKNOWN = "unknown"
    HANDOFF = "handoff"
    SMALLTALK = "smalltalk"
    FLOW = "flow"
    NOTICE = "notice"


ANSWERS = frozenset(
    {
        AnswerKind.FAQ,
        AnswerKind.ARTICLE,
        AnswerKind.PRODUCT,
        AnswerKind.ATTRIBUTE,
        AnswerKind.COMPARISON,
        AnswerKind.SELECTION,
    }
)
"""Kinds that claim to know."""


class SourceKind(StrEnum):
    """The parts of a pack that we answer from."""

    FAQ = "faq"
    OFFER = "offer"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the pack, written ``faq:delivery-time``, ``offer:123`` or ``article:lens-care#cleaning``."""

    kind: SourceKind
    id: str
    section: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" + (f"#{self.section}" if self.section else "")


def parse_source(text: str) -> Source | None:
    """Read a source as `Source` writes it; None when it is no source."""
    kind, _, rest = text.partition(":")
    if kind not in set(SourceKind) or not rest:
        return None
    if kind != SourceKind.ARTICLE:
        return Source(SourceKind(kind), rest)
    article, _, section = rest.partition("#")
    return Source(SourceKind.ARTICLE, article, section)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMeta:
    """What the log keeps of a reply. `confidence` is 0 to 1, None where nothing was looked up.

    `sources` are in the order shown; for a clarification they are the options.
    """

    kind: AnswerKind
    confidence: float | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person wants to know, in their words and language; `shown` is what we talked about just before.

    `owned` are ids of offers that they have, the latest first.
    """

    text: str
    language: str
    shown: Shown | None = None
    owned: tuple[str, ...] = ()


Hit: TypeAlias = FaqEntry | Passage | Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`hits` hold one entry to answer with, several to choose from (kind ``clarify``), or none (``unknown``).

    `goods` is what the feed says, where it was asked; `shown` is what the next question may refer to.
    """

    meta: AnswerMeta
    hits: tuple[Hit, ...] = ()
    goods: GoodsAnswer | None = None
    shown: Shown | None = None


def source_of(hit: Hit) -> Source:
    """Name the place of the pack where `hit` stands."""
    match hit:
        case FaqEntry():
            return Source(SourceKind.FAQ, hit.id)
        case Passage():
            return Source(SourceKind.ARTICLE, hit.article_id, hit.section_id)
        case Offer():
            return Source(SourceKind.OFFER, hit.id)
