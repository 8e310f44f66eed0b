"""Verification: what somebody who knows says of a receipt, and what follows from it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What was found."""

    CONFIRMED = "confirmed"
    PENDING = "pending"  # not known yet: receipts reach registries with a delay
    NOT_FOUND = "not-found"
    MISMATCH = "mismatch"
    NOT_OURS = "not-ours"
    RETRY_LATER = "retry-later"
    UNSUPPORTED = "unsupported"  # whoever was asked cannot tell


CONCLUSIVE = frozenset({Verdict.CONFIRMED, Verdict.MISMATCH, Verdict.NOT_OURS})
"""The first of these ends the asking; not to be found by one does not mean that it is nowhere."""
WAITING = frozenset({Verdict.PENDING, Verdict.RETRY_LATER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `provider` said. `digest` is the SHA-256 of its answer, empty where there is none to keep."""

    provider: str
    verdict: Verdict
    digest: str = ""
