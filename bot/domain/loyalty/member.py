"""Member: somebody who joined the club. Who it is stands in the identity vault, not here."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.loyalty.entry import AccountId
from bot.domain.loyalty.tiers import Standing

MemberId = NewType("MemberId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`standing` is the tier, None before the first review; `invited_by` brought this member to the club."""

    id: MemberId
    account: AccountId
    joined_at: datetime
    standing: Standing | None = None
    invited_by: MemberId | None = None
