"""Member: one person in the club, whichever platforms they write from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.entry import AccountId

MemberId = NewType("MemberId", int)
"""Pseudonymous. Says nothing about who it is."""


class ProfileField(StrEnum):
    """What a member may tell about themselves. Kept sealed, in the identity vault only."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    BIRTHDAY = "birthday"


UNIQUE_FIELDS = frozenset({ProfileField.PHONE, ProfileField.EMAIL})
"""What no two members share: it is looked up to tell whether somebody is here already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`age_confirmed` is the least age, in full years, that the person said to have. `left_at` is set for who left.

    `account` is where their points are; it may be merged into another one.
    """

    id: MemberId
    account: AccountId
    card: CardNumber
    joined_at: datetime
    age_confirmed: int = 0
    left_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether they belong to the club now."""
        return self.left_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a member told: empty where nothing was. `phone` is E.164, `birthday` is ISO 8601, perhaps without a year."""

    name: str = ""
    phone: str = ""
    email: str = ""
    birthday: str = ""
