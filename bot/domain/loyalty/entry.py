"""Entry: one line of the ledger, never changed, and what it moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

AccountId = NewType("AccountId", int)
"""Whose points: a member has one account, but an account is not a member."""

MOST_POINTS = 10**12
"""More points than anybody has; keeps sums far from what a database column holds."""


class EntryKind(StrEnum):
    """What happened to points."""

    EARN = "earn"
    ACTIVATE = "activate"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    BURN = "burn"
    EXPIRE = "expire"
    ADJUST = "adjust"
    REVERSE_EARN = "reverse_earn"
    REVERSE_BURN = "reverse_burn"
    MERGE_IN = "merge_in"
    MERGE_OUT = "merge_out"


@dataclass(frozen=True, slots=True, order=True)
class EntryRef:
    """Names an entry: the account it was written to, and its number there, counted from 1 without gaps."""

    account: AccountId
    number: int

    def __str__(self) -> str:
        return f"{self.account}-{self.number}"


@dataclass(frozen=True, slots=True, order=True)
class LotRef:
    """Names a lot in the same way."""

    account: AccountId
    number: int

    def __str__(self) -> str:
        return f"{self.account}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """By how much an entry changed each sum of its account, in points."""

    pending: int = 0
    available: int = 0
    held: int = 0
    debt: int = 0
    qualifying: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Why an entry was written: enough to explain it years later.

    `rule` with `version` and `inputs` is what counted the points; `source` is what they are for (``order:123``),
    `campaign` what brought them, `actor` and `reason` who decided by hand, and why.
    """

    rule: str = ""
    version: str = ""
    inputs: Mapping[str, str | int] = field(default_factory=dict)
    source: str = ""
    campaign: str = ""
    actor: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the ledger. `points` is how many the operation was about, never negative.

    `key` is unique in the whole programme; `fingerprint` is what was asked for under it. `reverses` is the entry that
    this one takes back, wholly or in part; `hold` the one that set the points aside. `qualified_on` is the day that
    `change.qualifying` counts for.
    """

    ref: EntryRef
    kind: EntryKind
    points: int
    change: Change
    key: str
    fingerprint: str
    at: datetime
    basis: Basis = field(default_factory=Basis)
    reverses: EntryRef | None = None
    hold: EntryRef | None = None
    qualified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What an entry did to a lot, in points; all zero where it only activated it."""

    entry: EntryRef
    lot: LotRef
    remaining: int = 0
    held: int = 0
    expired: int = 0
