"""AccountBook: an account being worked on, with the lots and holds that the work needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.loyalty.account import Account, Balance, balance_of
from bot.domain.loyalty.draft import Draft
from bot.domain.loyalty.entry import Basis, Entry, EntryKind, EntryRef, LotRef, Move
from bot.domain.loyalty.lot import Hold, Lot, spending_order
from bot.domain.loyalty.posting import Loaded, Posting


@dataclass(slots=True, kw_only=True)
class AccountBook:
    """One account being worked on. Nothing is stored: `posting` tells what is to be."""

    loaded: Loaded
    now: datetime
    account: Account = field(init=False)
    lots: dict[LotRef, Lot] = field(init=False)
    holds: dict[EntryRef, Hold] = field(init=False)
    entries: list[Entry] = field(init=False, default_factory=list)
    moves: list[Move] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.account = self.loaded.account
        self.lots = {lot.ref: lot for lot in self.loaded.lots}
        self.holds = {hold.ref: hold for hold in self.loaded.holds}

    def settle(self) -> None:
        """Do what is due by itself."""
        for hold in sorted(self.holds.values(), key=lambda hold: hold.ref):
            if hold.is_open and hold.expires_at <= self.now:
                self.release(hold, key=f"release:{hold.ref}", basis=Basis(reason="expired"))
        for lot in self._due():
            if lot.is_pending:
                self._activate(lot)
        for lot in self._due():
            if lot.is_spendable:
                self._expire(lot)

    def balance(self) -> Balance:
        """Tell the balance as of now."""
        return balance_of(self.account, self.own(self.lots.values()))

    def posting(self) -> Posting:
        """Tell what is to be stored."""
        before = self.loaded.account
        old_lots = {lot.ref: lot for lot in self.loaded.lots}
        old_holds = {hold.ref: hold for hold in self.loaded.holds}
        return Posting(
            before=before,
            account=self.account,
            entries=tuple(self.entries),
            moves=tuple(self.moves),
            new_lots=tuple(lot for ref, lot in self.lots.items() if ref not in old_lots),
            lots=tuple(lot for ref, lot in self.lots.items() if ref in old_lots and lot != old_lots[ref]),
            new_holds=tuple(hold for ref, hold in self.holds.items() if ref not in old_holds),
            holds=tuple(hold for ref, hold in self.holds.items() if ref in old_holds and hold != old_holds[ref]),
        )

    def begin(self, kind: EntryKind) -> Draft:
        """Begin the next entry."""
        ref = EntryRef(self.account.id, self.account.entries + 1)
        return Draft(ref=ref, kind=kind, lots=self.lots, next_lot=self._next_lot, debt=self.account.debt)

    def finish(self, draft: Draft, points: int, *, key: str, basis: Basis, fingerprint: str = "") -> Entry:
        """Write the entry down; `points` is what it was about."""
        entry = Entry(
            ref=draft.ref,
            kind=draft.kind,
            points=points,
            change=draft.change,
            key=key,
            fingerprint=fingerprint,
            at=self.now,
            basis=basis,
            reverses=draft.reverses,
            hold=draft.hold,
            qualified_on=draft.qualified_on,
        )
        self.account = replace(self.account.changed(entry.change), entries=draft.ref.number)
        self.entries.append(entry)
        self.moves.extend(draft.moves)
        return entry

    def release(self, hold: Hold, *, key: str, basis: Basis, fingerprint: str = "") -> Entry:
        """Give back all that a hold has set aside."""
        draft = self.begin(EntryKind.RELEASE)
        draft.hold = hold.ref
        for lot, points in hold.parts:
            draft.free(self.lots[lot], points)
        self.holds[hold.ref] = replace(hold, released=hold.points)
        return self.finish(draft, hold.points, key=key, basis=basis, fingerprint=fingerprint)

    def spendable(self) -> list[Lot]:
        """List the lots to spend from, in the order of spending."""
        return spending_order(lot for lot in self.own(self.lots.values()) if lot.is_spendable)

    def enough(self, points: int) -> list[Lot]:
        """List the lots to spend from, which must have `points` together."""
        lots = self.spendable()
        if (found := sum(lot.free for lot in lots)) < points:
            raise ValueError(f"the lots loaded of account {self.account.id} have {found} points, not {points}")
        return lots

    def own(self, lots: Iterable[Lot]) -> list[Lot]:
        """Leave out lots of other accounts: those that a reversed entry was about before a merge."""
        return [lot for lot in lots if lot.ref.account == self.account.id]

    def _due(self) -> list[Lot]:
        due = (lot for lot in self.own(self.lots.values()) if lot.due_at <= self.now)
        return sorted(due, key=lambda lot: (lot.due_at, lot.ref))

    def _activate(self, lot: Lot) -> None:
        draft = self.begin(EntryKind.ACTIVATE)
        draft.activate(lot)
        self.finish(draft, lot.remaining, key=f"activate:{lot.ref}", basis=Basis())

    def _expire(self, lot: Lot) -> None:
        draft = self.begin(EntryKind.EXPIRE)
        draft.expire(lot)
        # a part that was held meanwhile expires later, under a key of its own
        self.finish(draft, lot.free, key=f"expire:{lot.ref}:{lot.expired}", basis=Basis())

    def _next_lot(self) -> LotRef:
        self.account = replace(self.account, lots=self.account.lots + 1)
        return LotRef(self.account.id, self.account.lots)
