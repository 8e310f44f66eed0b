"""What the club remembers, in dictionaries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date

from bot.domain.loyalty.account import Account
from bot.domain.loyalty.entry import AccountId, Entry, EntryRef, LotRef, Move
from bot.domain.loyalty.lot import Hold, Lot
from bot.domain.loyalty.member import Member, MemberId
from bot.domain.loyalty.promo import PromoCode
from bot.domain.loyalty.voucher import Voucher
from bot.domain.messages import Address
from bot.services.club.books import StoredPurchase


@dataclass(slots=True)
class ClubTables:
    """Rows are never changed in place. Indexes by account keep long tests quick."""

    accounts: dict[AccountId, Account] = field(default_factory=dict)
    entries: dict[EntryRef, Entry] = field(default_factory=dict)
    keys: dict[str, EntryRef] = field(default_factory=dict)
    moves: dict[EntryRef, tuple[Move, ...]] = field(default_factory=dict)
    lots: dict[LotRef, Lot] = field(default_factory=dict)
    live: dict[LotRef, Lot] = field(default_factory=dict)
    holds: dict[EntryRef, Hold] = field(default_factory=dict)
    open_holds: dict[EntryRef, Hold] = field(default_factory=dict)
    reversals: dict[EntryRef, tuple[EntryRef, ...]] = field(default_factory=dict)
    sources: dict[EntryRef, tuple[LotRef, ...]] = field(default_factory=dict)
    months: dict[tuple[AccountId, date], int] = field(default_factory=dict)
    members: dict[MemberId, Member] = field(default_factory=dict)
    writers: dict[Address, MemberId] = field(default_factory=dict)
    purchases: dict[str, StoredPurchase] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
    budgets: dict[str, int] = field(default_factory=dict)
    stocks: dict[str, int] = field(default_factory=dict)
    vouchers: dict[int, Voucher] = field(default_factory=dict)
    ready: dict[str, tuple[int, str]] = field(default_factory=dict)
    promo: dict[str, PromoCode] = field(default_factory=dict)
    promo_uses: dict[tuple[str, MemberId], bool] = field(default_factory=dict)
    next_voucher: int = 0

    def copy(self) -> "ClubTables":
        """Take a snapshot."""
        taken = ClubTables(next_voucher=self.next_voucher)
        for each in fields(self):
            if each.name != "next_voucher":
                setattr(taken, each.name, dict(getattr(self, each.name)))
        return taken

    def put_lots(self, lots: Iterable[Lot]) -> None:
        """Store lots, new or changed."""
        for lot in lots:
            if lot.ref not in self.lots:
                self.sources[lot.source] = (*self.sources.get(lot.source, ()), lot.ref)
            self.lots[lot.ref] = lot
            if lot.remaining:
                self.live[lot.ref] = lot
            else:
                self.live.pop(lot.ref, None)

    def put_holds(self, holds: Iterable[Hold]) -> None:
        """Store holds, new or changed."""
        for hold in holds:
            self.holds[hold.ref] = hold
            if hold.is_open:
                self.open_holds[hold.ref] = hold
            else:
                self.open_holds.pop(hold.ref, None)

    def put_entries(self, entries: Iterable[Entry]) -> None:
        """Store new entries."""
        for entry in entries:
            self.entries[entry.ref] = entry
            self.keys[entry.key] = entry.ref
            if entry.reverses is not None:
                self.reversals[entry.reverses] = (*self.reversals.get(entry.reverses, ()), entry.ref)
            if entry.qualified_on is not None and entry.change.qualifying:
                month = entry.ref.account, entry.qualified_on.replace(day=1)
                self.months[month] = self.months.get(month, 0) + entry.change.qualifying

    def lots_of(self, account: AccountId) -> Iterator[Lot]:
        """Find the lots of an account that have points."""
        return (lot for lot in self.live.values() if lot.ref.account == account)

    def holds_of(self, account: AccountId) -> Iterator[Hold]:
        """Find the open holds of an account."""
        return (hold for hold in self.open_holds.values() if hold.ref.account == account)
