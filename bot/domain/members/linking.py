"""Linking: one person's accounts on several platforms become one member, by a code and a confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.loyalty.member import MemberId
from bot.domain.loyalty.tiers import Standing
from bot.domain.members.profile import ProfileField
from bot.domain.messages import Address

LIFETIME = timedelta(minutes=10)
UNDO_FOR = timedelta(days=30)
COOLS_FOR = timedelta(hours=24)
"""How long nothing is redeemed after points of two members became one: time to notice what one did not want."""
CODE_LENGTH = 8
CODE_BOUND = 32**CODE_LENGTH
"""Codes are below: 40 bits of chance, for ten minutes."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letters that look like digits. https://www.crockford.com/base32.html"""
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "\u041e": "0", "\u0417": "3", "\u0412": "8"})
"""What people type for what they see, Cyrillic letters of the same shape included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What `member`, who was taken in, brought along, so that it can go back.

    `fields` are those that the other one had not told; `belongings` are the numbers of what they had, by its book;
    `standing` is how the other one stood before.
    """

    member: MemberId
    fields: frozenset[ProfileField] = frozenset()
    belongings: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkClaim:
    """Somebody at `by` has the code of `member`; it counts once the member confirms it.

    `brought` is set where `by` was a member too. One that was refused is undone and never was confirmed.
    """

    id: int
    member: MemberId
    by: Address | None
    made_at: datetime
    confirmed_at: datetime | None = None
    undone_at: datetime | None = None
    brought: Brought | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether the code still counts."""
        is_decided = self.confirmed_at is not None or self.undone_at is not None
        return not is_decided and now - self.made_at < LIFETIME

    @property
    def is_linked(self) -> bool:
        """Whether it was confirmed, and not undone since."""
        return self.confirmed_at is not None and self.undone_at is None

    def may_be_undone(self, now: datetime) -> bool:
        """Whether it was confirmed lately, and not undone since."""
        return self.undone_at is None and self.confirmed_at is not None and now - self.confirmed_at < UNDO_FOR


def link_code(number: int) -> str:
    """Write a drawn number as a code.

    Raises:
        ValueError: it is not within 0 and `CODE_BOUND`.
    """
    if not 0 <= number < CODE_BOUND:
        raise ValueError("out of bounds")
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (CODE_LENGTH - 1), -1, -5))


def read_link_code(text: str) -> str | None:
    """Read what somebody typed as a code; None when it cannot be one."""
    typed = "".join(character for character in text.upper() if character.isalnum()).translate(_LOOKALIKES)
    is_code = len(typed) == CODE_LENGTH and all(character in _ALPHABET for character in typed)
    return typed if is_code else None
