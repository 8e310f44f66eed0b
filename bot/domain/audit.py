"""Audit: who of the staff looked at whom, and what they did. Says whom by a pseudonym only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address

AdjustmentId = NewType("AdjustmentId", int)


class AuditAction(StrEnum):
    """What was done."""

    LOOKED = "looked"
    REVEALED = "revealed"
    ASKED_TO_ADJUST = "asked_to_adjust"
    ADJUSTED = "adjusted"
    REFUSED_TO_ADJUST = "refused_to_adjust"
    LOOKED_AT_VOUCHER = "looked_at_voucher"
    USED_VOUCHER = "used_voucher"
    REFUNDED_VOUCHER = "refunded_voucher"
    CORRECTED_BIRTHDAY = "corrected_birthday"
    AWARDED = "awarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """A line that is never changed. `note` is the reason, or what it was about; it names nobody."""

    at: datetime
    by: Address
    action: AuditAction
    member: MemberId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAdjustment:
    """Points that one person wants given or taken, and another has to agree to; `decided_by` is None until then."""

    id: AdjustmentId
    member: MemberId
    points: int
    reason: str
    asked_by: Address
    asked_at: datetime
    decided_by: Address | None = None
