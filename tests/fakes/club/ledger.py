"""FakeLedgerBook: the ledger in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.errors import ConflictError
from bot.domain.loyalty.account import Account, AccountStatus
from bot.domain.loyalty.audit import Books
from bot.domain.loyalty.entry import AccountId, Entry, EntryKind, EntryRef
from bot.domain.loyalty.lot import NEVER, Hold, Lot, spending_order
from bot.domain.loyalty.merging import brought_by
from bot.domain.loyalty.posting import Loaded, Posting, Reversible, reversible
from bot.services.club.ports import Expiring, Need
from tests.fakes.club.tables import ClubTables


class FakeLedgerBook:
    """`LedgerBook` in memory."""

    def __init__(self, tables: ClubTables) -> None:
        self.tables = tables

    async def create(self) -> AccountId:
        """Number it."""
        account = AccountId(len(self.tables.accounts) + 1)
        self.tables.accounts[account] = Account(id=account)
        return account

    async def account(self, account: AccountId) -> Account | None:
        """Look it up."""
        return self.tables.accounts.get(account)

    async def load(self, account: AccountId, need: Need, *, now: datetime) -> Loaded | None:
        """Give what is needed and nothing else, as a database does."""
        found = self.tables.accounts.get(account)
        if found is None:
            return None
        holds = {hold.ref: hold for hold in self._due_holds(account, now)}
        if need.is_whole:
            holds.update((hold.ref, hold) for hold in self.tables.holds_of(account))
        if need.hold is not None and need.hold.account == account and need.hold in self.tables.holds:
            holds[need.hold] = self.tables.holds[need.hold]
        about = self._reversible(need.reverses)
        lots = [*self._due_lots(account, now), *self._held(holds.values()), *self._spendable(account, need, now)]
        if about is not None:
            lots.extend(self._about(about))
        return Loaded(
            account=found,
            lots=tuple({lot.ref: lot for lot in lots}.values()),
            holds=tuple(holds.values()),
            reversible=about,
            repeated=await self.find(need.key),
        )

    async def load_many(
        self, accounts: Sequence[AccountId], *, keys: Sequence[str], now: datetime, lots: int
    ) -> tuple[Mapping[AccountId, Loaded], Mapping[str, Entry]]:
        """Give what a balance needs, of each."""
        peeked = [await self.peek(account, now=now, lots=lots) for account in accounts]
        known = {key: self.tables.entries[self.tables.keys[key]] for key in keys if key in self.tables.keys}
        return {loaded.account.id: loaded for loaded in peeked if loaded is not None}, known

    async def peek(self, account: AccountId, *, now: datetime, lots: int) -> Loaded | None:
        """Give what is due and what expires first."""
        found = self.tables.accounts.get(account)
        if found is None:
            return None
        holds = tuple(self._due_holds(account, now))
        first = [lot for lot in spending_order(self.tables.lots_of(account)) if lot.is_spendable][:lots]
        shown = [*self._due_lots(account, now), *self._held(holds), *first]
        return Loaded(account=found, lots=tuple({lot.ref: lot for lot in shown}.values()), holds=holds)

    async def load_due(self, *, now: datetime, limit: int) -> Sequence[Loaded]:
        """Find the accounts with something due, longest due first."""
        since: dict[AccountId, datetime] = {}
        for account, at in self._due(now):
            since[account] = min(since.get(account, at), at)
        found = [
            await self.load(account, Need(), now=now) for account in sorted(since, key=lambda id_: (since[id_], id_))
        ]
        return [loaded for loaded in found if loaded is not None][:limit]

    async def count_due(self, *, now: datetime) -> int:
        """Count them."""
        return sum(1 for _ in self._due(now))

    async def next_due_at(self) -> datetime | None:
        """Look at all."""
        lots = (lot.due_at for lot in self.tables.live.values() if lot.free)
        holds = (hold.expires_at for hold in self.tables.open_holds.values())
        return min((at for at in (*lots, *holds) if at < NEVER), default=None)

    async def expiring(self, *, since: datetime, after: AccountId, until: datetime, limit: int) -> Sequence[Expiring]:
        """Add them up."""
        sums: dict[tuple[datetime, AccountId], int] = {}
        for lot in self.tables.live.values():
            place = lot.due_at, lot.ref.account
            if lot.is_spendable and (since, after) < place and lot.due_at <= until:
                sums[place] = sums.get(place, 0) + lot.free
        found = [Expiring(account=account, at=at, points=points) for (at, account), points in sorted(sums.items())]
        return found[:limit]

    async def post(self, postings: Sequence[Posting]) -> None:
        """Store them, unless somebody was quicker."""
        for posting in postings:
            keys = [entry.key for entry in posting.entries]
            if self.tables.accounts[posting.account.id] != posting.before or any(
                key in self.tables.keys for key in keys
            ):
                raise ConflictError("someone else wrote the same first")
            self.tables.accounts[posting.account.id] = posting.account
            self.tables.put_entries(posting.entries)
            for entry in posting.entries:
                self.tables.moves[entry.ref] = tuple(move for move in posting.moves if move.entry == entry.ref)
            self.tables.put_lots((*posting.new_lots, *posting.lots))
            self.tables.put_holds((*posting.new_holds, *posting.holds))

    async def entry(self, ref: EntryRef) -> Entry | None:
        """Look it up."""
        return self.tables.entries.get(ref)

    async def find(self, key: str) -> Entry | None:
        """Look it up."""
        ref = self.tables.keys.get(key)
        return None if ref is None else self.tables.entries[ref]

    async def reversed(self, ref: EntryRef) -> tuple[int, int]:
        """Add them up."""
        about = self._reversible(ref)
        return (0, 0) if about is None else (about.reversed, about.qualifying)

    async def history(self, account: AccountId, *, before: int | None, limit: int) -> Sequence[Entry]:
        """Count down."""
        last = self.tables.accounts[account].entries
        first = last if before is None else min(before - 1, last)
        return [self.tables.entries[EntryRef(account, number)] for number in range(first, max(first - limit, 0), -1)]

    async def qualifying(self, account: AccountId, *, since: date) -> Mapping[date, int]:
        """Look through the months."""
        months = self.tables.months.items()
        return {month: points for (owner, month), points in months if owner == account and month >= since and points}

    async def brought(self, account: AccountId) -> tuple[Collection[EntryRef], Mapping[date, int]]:
        """Look through everything."""
        came_from = {lot.source for lot in self.tables.lots.values() if lot.ref.account == account}
        mine = (entry for entry in self.tables.entries.values() if entry.ref.account == account)
        return came_from, brought_by([entry for entry in mine if entry.kind is EntryKind.MERGE_OUT])

    async def mark(self, account: AccountId, status: AccountStatus) -> None:
        """Note it."""
        self.tables.accounts[account] = replace(self.tables.accounts[account], status=status)

    async def books(self, *, after: AccountId, limit: int) -> Sequence[Books]:
        """Give everything."""
        return [self._books(account) for account in sorted(self.tables.accounts) if account > after][:limit]

    def _books(self, account: AccountId) -> Books:
        kept = self.tables.accounts[account]
        refs = [ref for ref in sorted(self.tables.entries) if ref.account == account]
        return Books(
            account=kept,
            entries=[self.tables.entries[ref] for ref in refs],
            moves=[move for ref in refs for move in self.tables.moves[ref]],
            lots=[lot for lot in self.tables.lots.values() if lot.ref.account == account],
            holds=[hold for hold in self.tables.holds.values() if hold.ref.account == account],
            qualifying={month: points for (owner, month), points in self.tables.months.items() if owner == account},
        )

    def _due(self, now: datetime) -> Iterator[tuple[AccountId, datetime]]:
        for lot in self.tables.live.values():
            if lot.free and lot.due_at <= now:
                yield lot.ref.account, lot.due_at
        for hold in self.tables.open_holds.values():
            if hold.expires_at <= now:
                yield hold.ref.account, hold.expires_at

    def _due_lots(self, account: AccountId, now: datetime) -> Iterator[Lot]:
        return (lot for lot in self.tables.lots_of(account) if lot.free and lot.due_at <= now)

    def _due_holds(self, account: AccountId, now: datetime) -> Iterator[Hold]:
        return (hold for hold in self.tables.holds_of(account) if hold.expires_at <= now)

    def _held(self, holds: Iterable[Hold]) -> Iterator[Lot]:
        return (self.tables.lots[ref] for hold in holds for ref, _ in hold.parts)

    def _spendable(self, account: AccountId, need: Need, now: datetime) -> Iterator[Lot]:
        """Go through the lots that are not due, soonest to expire first, until there are enough points."""
        if need.is_whole:
            yield from self.tables.lots_of(account)
            return
        found = 0
        for lot in spending_order(self.tables.lots_of(account)):
            if found >= need.points:
                return
            if lot.is_spendable and lot.due_at > now:
                found += lot.free
                yield lot

    def _reversible(self, ref: EntryRef | None) -> Reversible | None:
        if ref is None or ref not in self.tables.entries:
            return None
        earlier = (self.tables.entries[each] for each in self.tables.reversals.get(ref, ()))
        return reversible(self.tables.entries[ref], self.tables.moves[ref], earlier)

    def _about(self, about: Reversible) -> Iterator[Lot]:
        refs = (*self.tables.sources.get(about.entry.ref, ()), *(move.lot for move in about.moves))
        return (self.tables.lots[ref] for ref in refs)
