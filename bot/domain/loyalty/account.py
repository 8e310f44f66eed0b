"""Account: the sums of somebody's points, kept beside the entries and checked against them every night."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.loyalty.entry import AccountId, Change
from bot.domain.loyalty.lot import Lot, spending_order


class AccountStatus(StrEnum):
    """FROZEN earns but does not spend. MERGED is empty for ever: see `merged_into`."""

    OPEN = "open"
    FROZEN = "frozen"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Sums in points, none negative. `entries` and `lots` are how many were written so far.

    Debt is what was taken back after it had been spent; whatever becomes available pays it first, so that there is
    never debt and something available at the same time. `qualifying` points count for the tier and cannot be spent.
    """

    id: AccountId
    status: AccountStatus = AccountStatus.OPEN
    pending: int = 0
    available: int = 0
    held: int = 0
    debt: int = 0
    qualifying: int = 0
    entries: int = 0
    lots: int = 0
    merged_into: AccountId | None = None

    def __post_init__(self) -> None:
        sums = (self.pending, self.available, self.held, self.debt)
        if min(sums) < 0 or (self.debt and self.available):
            raise ValueError(f"account {self.id} would have pending, available, held and debt of {sums}")

    def changed(self, change: Change) -> "Account":
        """Add `change` to the sums."""
        return replace(
            self,
            pending=self.pending + change.pending,
            available=self.available + change.available,
            held=self.held + change.held,
            debt=self.debt + change.debt,
            qualifying=self.qualifying + change.qualifying,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What somebody has at a moment, in points. `expiring` is when how many points expire, soonest first."""

    pending: int
    available: int
    held: int
    debt: int
    expiring: tuple[tuple[datetime, int], ...] = ()


def balance_of(account: Account, lots: Iterable[Lot]) -> Balance:
    """Tell the balance of a settled account; `expiring` is of `lots`."""
    expiring: dict[datetime, int] = {}
    for lot in spending_order(lots):
        if lot.is_spendable and lot.expires_at is not None:
            expiring[lot.expires_at] = expiring.get(lot.expires_at, 0) + lot.free
    return Balance(
        pending=account.pending,
        available=account.available,
        held=account.held,
        debt=account.debt,
        expiring=tuple(expiring.items()),
    )
