"""Member: one person in the club, whichever platforms they write from. Who it is stands in the identity vault."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.entry import AccountId
from bot.domain.loyalty.tiers import Standing

MemberId = NewType("MemberId", int)
"""Pseudonymous. Says nothing about who it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`account` is where their points are; it may be merged into another one. `left_at` is set for who left.

    `age_confirmed` is the least age, in full years, that the person said to have. `standing` is the tier, None before
    the first review; `invited_by` brought this member to the club.
    """

    id: MemberId
    account: AccountId
    card: CardNumber
    joined_at: datetime
    age_confirmed: int = 0
    left_at: datetime | None = None
    standing: Standing | None = None
    invited_by: MemberId | None = None

    @property
    def is_active(self) -> bool:
        """Whether they belong to the club now."""
        return self.left_at is None
