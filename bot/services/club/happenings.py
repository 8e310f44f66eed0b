"""Happenings: reviews, quizzes and polls that somebody else held, told by the brand and paid in points."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.earning import Line
from bot.domain.loyalty.program import Program, RuleKind
from bot.domain.text import fold
from bot.services.club.accruals import Accruals
from bot.services.club.ports import ClubUnit

_LONGEST_NAME = 64
TOLD_KINDS = (RuleKind.REVIEW, RuleKind.QUIZ, RuleKind.POLL)
"""What cannot be seen from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What the member with `card` did; `occasion` names it, such as the number of a review. `product` may be empty."""

    card: CardNumber
    kind: RuleKind
    occasion: str
    product: str = ""


class Became(StrEnum):
    """What came of a happening that was told."""

    GIVEN = "given"
    KNOWN = "known"
    UNKNOWN_CARD = "unknown-card"
    NO_RULE = "no-rule"  # nothing gives points for it today


class Happenings:
    """Never commits. `categories` tells those of a product."""

    def __init__(self, accruals: Accruals, categories: Callable[[str], frozenset[str]]) -> None:
        self._accruals = accruals
        self._categories = categories

    async def take_in(self, unit: ClubUnit, program: Program, told: Happening, *, now: datetime) -> tuple[Became, int]:
        """Give the points of a happening, once for each occasion; return how many now. Locks the account."""
        member = await unit.club.members.by_card(told.card)
        if member is None or not member.is_active:
            return Became.UNKNOWN_CARD, 0
        line = Line(number=1, paid_kopecks=0, product=told.product, categories=self._categories(told.product))
        entries = await self._accruals.happened(
            unit, program, member, kind=told.kind, occasion=_named(told.occasion), now=now, line=line
        )
        new = [entry for entry in entries if entry.at == now]
        if not new:
            return Became.KNOWN if entries else Became.NO_RULE, 0
        await self._accruals.review_tier(unit, program, member, now=now)
        return Became.GIVEN, sum(entry.points for entry in new)


def _named(occasion: str) -> str:
    """Name an occasion as whoever tells of it next does: capitals and spaces do not matter, links are long."""
    name = " ".join(fold(occasion).split())
    return name if len(name) <= _LONGEST_NAME else sha256(name.encode()).hexdigest()
