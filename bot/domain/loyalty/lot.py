"""Lot: points that were granted together and expire together; hold: points set aside for something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.loyalty.entry import EntryRef, LotRef

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """`source` is the entry that first granted the points; a merge of accounts keeps it.

    A pending lot becomes available at `activates_at`; None for `expires_at` is never. `held` is a part of `remaining`.
    """

    ref: LotRef
    source: EntryRef
    granted: int
    remaining: int
    held: int = 0
    expired: int = 0
    is_pending: bool = False
    activates_at: datetime | None = None
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.held <= self.remaining and self.expired >= 0):
            raise ValueError(f"lot {self.ref} would hold {self.held} of {self.remaining}")
        if self.remaining + self.expired > self.granted:
            raise ValueError(f"lot {self.ref} would have more than was granted")

    @property
    def free(self) -> int:
        """Points that nothing is planned for."""
        return self.remaining - self.held

    @property
    def due_at(self) -> datetime:
        """When something happens to it by itself: activation, then expiry."""
        return (self.activates_at if self.is_pending else self.expires_at) or NEVER

    @property
    def is_spendable(self) -> bool:
        """Whether points can be taken from it."""
        return not self.is_pending and self.free > 0


def spending_order(lots: Iterable[Lot]) -> list[Lot]:
    """Put the soonest to expire first; among equals the oldest."""
    return sorted(lots, key=lambda lot: (lot.expires_at or NEVER, lot.ref))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Points set aside until `expires_at`. `parts` are the lots they come from, in the order taken.

    It is closed at one go: what is not captured is released.
    """

    ref: EntryRef
    points: int
    expires_at: datetime
    parts: tuple[tuple[LotRef, int], ...]
    captured: int = 0
    released: int = 0

    def __post_init__(self) -> None:
        if min(self.captured, self.released) < 0 or self.captured + self.released not in {0, self.points}:
            raise ValueError(f"hold {self.ref} of {self.points} would be closed in part")

    @property
    def is_open(self) -> bool:
        """Whether its points still wait."""
        return not (self.captured or self.released)
