"""Claim: a receipt that a member sent for points, from sending to yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.member import MemberId
from bot.domain.receipts.receipt import Receipt
from bot.domain.replies import Phrase

ClaimId = NewType("ClaimId", int)


class ClaimState(StrEnum):
    """Where a claim stands."""

    SENT = "sent"  # a picture that waits to be read
    READING = "reading"
    CHECKING = "checking"  # we ask those who know
    REVIEW = "review"  # people look at it
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a claim was refused."""

    UNREADABLE = "unreadable"
    REGISTERED = "registered"
    UNSUITABLE = "unsuitable"  # too old, of a return, beyond what is taken in a day: told when it was sent
    NOT_FOUND = "not-found"
    MISMATCH = "mismatch"
    NOT_OURS = "not-ours"


class ClaimDecidedError(RuleViolationError):
    """Somebody has decided already."""

    def __init__(self, state: ClaimState) -> None:
        super().__init__(Phrase("review-decided", {"state": str(state)}))
        self.state = state


OPEN = frozenset({ClaimState.SENT, ClaimState.READING, ClaimState.CHECKING, ClaimState.REVIEW})
KEPT = frozenset({ClaimState.CHECKING, ClaimState.REVIEW, ClaimState.ACCEPTED})
"""What counts towards how many receipts a member may register."""

_NEXT: Mapping[ClaimState, frozenset[ClaimState]] = {
    ClaimState.SENT: frozenset({ClaimState.READING, ClaimState.CHECKING, ClaimState.REVIEW, ClaimState.REFUSED}),
    ClaimState.READING: frozenset({ClaimState.CHECKING, ClaimState.REVIEW, ClaimState.REFUSED}),
    ClaimState.CHECKING: frozenset({ClaimState.REVIEW, ClaimState.ACCEPTED, ClaimState.REFUSED}),
    ClaimState.REVIEW: frozenset({ClaimState.ACCEPTED, ClaimState.REFUSED}),
    ClaimState.ACCEPTED: frozenset(),
    ClaimState.REFUSED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A member's claim. `receipt` is None until it was read.

    `holds_key`: no other claim may have the same receipt. One that contradicts another has a receipt and no hold on
    it. `points` are what it gave when it was accepted, `source` the purchase that they were counted by.
    """

    id: ClaimId
    member: MemberId
    state: ClaimState
    sent_at: datetime
    receipt: Receipt | None = None
    holds_key: bool = False
    refusal: Refusal | None = None
    source: str = ""
    points: int = 0
    decided_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.state in OPEN


def read_as(claim: Claim, receipt: Receipt, *, is_contested: bool) -> Claim:
    """Note what the receipt says; one that is contested goes to people.

    Raises:
        ClaimDecidedError: too late.
    """
    to = ClaimState.REVIEW if is_contested else ClaimState.CHECKING
    return replace(_moved(claim, to), receipt=receipt, holds_key=not is_contested)


def begun(claim: Claim) -> Claim:
    """Note that the picture is being read."""
    return _moved(claim, ClaimState.READING)


def handed_to_people(claim: Claim) -> Claim:
    """Let people decide.

    Raises:
        ClaimDecidedError: too late.
    """
    return _moved(claim, ClaimState.REVIEW)


def accepted(claim: Claim, *, source: str, points: int, at: datetime) -> Claim:
    """Say yes; from now on nobody else may register the receipt.

    Raises:
        ClaimDecidedError: somebody was quicker.
    """
    return replace(_moved(claim, ClaimState.ACCEPTED), source=source, points=points, decided_at=at, holds_key=True)


def refused(claim: Claim, why: Refusal, *, at: datetime) -> Claim:
    """Say no; the receipt may be registered again, by who really has it.

    Raises:
        ClaimDecidedError: somebody was quicker.
    """
    return replace(_moved(claim, ClaimState.REFUSED), refusal=why, decided_at=at, holds_key=False)


def _moved(claim: Claim, to: ClaimState) -> Claim:
    if to not in _NEXT[claim.state]:
        raise ClaimDecidedError(claim.state)
    return replace(claim, state=to)
