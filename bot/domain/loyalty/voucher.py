"""Voucher: what a member gets for points: a code that nobody can guess."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.loyalty.entry import EntryRef
from bot.domain.loyalty.member import MemberId

CODE_BITS = 60
"""Of chance in a generated code: of a million codes one is hit by one guess in a million million."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letters that look like digits. https://www.crockford.com/base32.html"""
_GROUP = 4


class VoucherStatus(StrEnum):
    """READY codes were imported and wait for somebody."""

    READY = "ready"
    ISSUED = "issued"
    USED = "used"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """`entry` is the spending of its `cost`; `expires_at` is None for ever. `reward` is an id of the program."""

    id: int
    reward: str
    code: str
    status: VoucherStatus
    member: MemberId
    entry: EntryRef
    cost: int
    issued_at: datetime
    expires_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Whether a shop should take it."""
        return self.status is VoucherStatus.ISSUED and (self.expires_at is None or now < self.expires_at)


def voucher_code(chance: int) -> str:
    """Write `CODE_BITS` bits of chance as a code: ``7KQ2-M0XA-93ZD``."""
    letters = "".join(_ALPHABET[chance >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
