"""LedgerWorld: accounts being played with, and what must hold for them after every step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from bot.domain.errors import (
    InsufficientPointsError,
)
from bot.domain.loyalty.account import AccountStatus
from bot.domain.loyalty.audit import audit
from bot.domain.loyalty.commands import (
    Adjust,
    Burn,
    Command,
    PlaceHold,
    Release,
)
from bot.domain.loyalty.entry import AccountId, Basis, Entry, EntryKind, EntryRef, LotRef
from bot.domain.loyalty.lot import NEVER, Lot
from bot.services.club.points import Points, Posted
from tests.fakes.club.unit import FakeClubUnit, at_once

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TERM = 30 * DAY
"""How long points live that come back to an expired lot."""
SHARE = st.sampled_from([1, 10, 50, 90, 100, 100, 101])
"""Percent of what is there: mostly possible, sometimes a little more than that."""
POINTS = st.integers(1, 60)
DAYS = st.integers(0, 40)
ANY = st.integers(0, 1_000_000)
HAND = Basis(actor="op1", reason="goodwill")
ACCOUNTS = 3


class LedgerWorld(RuleBasedStateMachine):
    """Numbers in brackets are those of the invariants in the machine."""

    steps = 0
    """Of all machines together, for the bench."""

    def __init__(self) -> None:
        super().__init__()
        self.unit = FakeClubUnit()
        self.points = Points()
        self.now = START
        self.done: list[tuple[Command, EntryRef]] = []
        self.written: dict[EntryRef, Entry] = {}
        self.asked = 0

    @property
    def tables(self) -> Any:
        """The store."""
        return self.unit.tables

    @invariant()
    def the_books_agree(self) -> None:
        """(2, 3, 5, 8, 9) Counted from zero; bounds are in the types themselves."""
        type(self).steps += 1
        for books in at_once(self.unit.club.ledger.books(after=AccountId(0), limit=ACCOUNTS)):
            assert audit(books) == []
            sums = (books.account.pending, books.account.available, books.account.held, books.account.debt)
            assert min(sums) >= 0
            assert not (books.account.debt and books.account.available)
            assert all(type(number) is int for number in sums)

    @invariant()
    def entries_stay(self) -> None:
        """(1)"""
        entries = self.tables.entries
        assert len(entries) >= len(self.written)
        assert len(self.tables.keys) == len(entries)
        for ref, entry in self.written.items():
            assert entries[ref] is entry
        self.written = dict(entries)

    def teardown(self) -> None:
        """In the end everything expires or stays, and nothing is due twice."""
        self.now += 1000 * DAY
        self._settle(2)
        self.the_books_agree()

    def _settle(self, limit: int) -> None:
        """In steps, as a job that is killed and begun again."""
        while at_once(self.points.settle(self.unit, now=self.now, limit=limit)):
            pass
        assert at_once(self.unit.club.ledger.count_due(now=self.now)) == 0

    def _post(self, command: Command) -> Posted:
        posted = at_once(self.points.post(self.unit, command, now=self.now))
        assert not posted.is_repeated
        self.done.append((command, posted.entry.ref))
        return posted

    def _spend(self, command: Burn | PlaceHold | Adjust) -> None:
        """(3, 5) No more than there is, soonest to expire first."""
        needed = abs(command.points)
        before = at_once(self.points.balance(self.unit, command.account, now=self.now))
        try:
            posted = self._post(command)
        except InsufficientPointsError:
            assert before.available < needed
            return
        assert before.available >= needed
        moves = self.tables.moves[posted.entry.ref]
        assert sum(-move.remaining or move.held for move in moves) == needed
        last = self.tables.lots[moves[-1].lot]
        left = [lot for lot in self.tables.lots_of(posted.account.id) if lot.is_spendable]
        assert min([last, *left], key=_sooner) == last

    def _went_back(self, entry: Entry, spent: Entry, before: dict[Any, Lot]) -> None:
        """(6)"""
        account = entry.ref.account
        came_from = {move.lot for move in self.tables.moves[spent.ref]}
        for move in self.tables.moves[entry.ref]:
            is_old = move.lot in came_from and move.remaining > 0
            is_paying = move.remaining < 0
            assert is_old or is_paying
        new = [lot for ref, lot in self.tables.lots.items() if ref not in before and ref.account == account]
        for lot in new:
            origins = [before[ref] for ref in came_from if before[ref].source == lot.source]
            assert any(lot.expires_at in {origin.expires_at, self.now + TERM} for origin in origins)
        for lot in came_from:
            spent_there = -sum(move.remaining for move in self.tables.moves[spent.ref] if move.lot == lot)
            assert self._returned(spent, lot) <= spent_there
        given = sum(move.remaining for move in self.tables.moves[entry.ref] if move.remaining > 0)
        assert given + sum(lot.granted for lot in new) == entry.points

    def _was_taken(self, reversal: Entry, entry: Entry, earlier: list[EntryRef]) -> None:
        """What had expired is not taken once more; all else is, by way of debt if need be."""
        own = {lot.ref for lot in self.tables.lots.values() if lot.source == entry.ref}
        earlier_change = [self.tables.entries[ref].change for ref in earlier]
        forgiven = self._reversed(entry) - reversal.points
        forgiven -= sum(change.debt - change.available - change.pending for change in earlier_change)
        gone = sum(
            move.expired
            for ref, moves in self.tables.moves.items()
            for move in moves
            if (move.lot in own and (ref.account, ref.number) < (reversal.ref.account, reversal.ref.number))
            or (move.lot in own and ref.account != reversal.ref.account)
        )
        taken = reversal.change.debt - reversal.change.available - reversal.change.pending
        assert taken == reversal.points - min(reversal.points, gone - forgiven)

    def _returned(self, spent: Entry, lot: LotRef) -> int:
        reversals = self.tables.reversals.get(spent.ref, ())
        moves = [move for ref in reversals for move in self.tables.moves[ref] if move.lot == lot]
        return sum(move.remaining for move in moves if move.remaining > 0)

    def _reversed(self, entry: Entry) -> int:
        return sum(self.tables.entries[ref].points for ref in self.tables.reversals.get(entry.ref, ()))

    def _account(self, number: int) -> AccountId:
        opened = [id_ for id_, kept in self.tables.accounts.items() if kept.status is not AccountStatus.MERGED]
        account: AccountId = opened[number % len(opened)]
        return account

    def _merged(self) -> list[AccountId]:
        """Those whose points are in an account that is in use."""
        accounts = self.tables.accounts
        return [
            id_
            for id_, kept in accounts.items()
            if kept.merged_into is not None and accounts[kept.merged_into].merged_into is None
        ]

    def _hold(self, number: int) -> EntryRef:
        holds = sorted(self.tables.holds)
        hold: EntryRef = holds[number % len(holds)]
        return hold

    def _is_closed(self, ref: EntryRef) -> None:
        hold = self.tables.holds[ref]
        is_moved = self.tables.accounts[ref.account].status is AccountStatus.MERGED
        assert not hold.is_open or hold.expires_at <= self.now or is_moved

    def _any(self, *kinds: EntryKind) -> Sequence[Entry]:
        return [entry for entry in self.tables.entries.values() if entry.kind in kinds]

    def _worth(self, account: AccountId) -> tuple[int, int]:
        """Settle, then tell what is pending, and what is there less what is owed."""
        self._settle(ACCOUNTS)
        kept = self.tables.accounts[account]
        return kept.pending, kept.available + kept.held - kept.debt

    def _held_too_late(self, account: AccountId) -> int:
        """Count the points that expire as soon as nothing holds them."""
        parts = (part for hold in self.tables.holds_of(account) for part in hold.parts)
        return sum(points for lot, points in parts if (self.tables.lots[lot].expires_at or NEVER) <= self.now)

    def _in_use(self, account: AccountId) -> AccountId:
        return at_once(self.points.in_use(self.unit, account))

    def _part(self, account: AccountId, share: int) -> int:
        """Tell how many points are a share of what can be spent, at least one."""
        available = at_once(self.points.balance(self.unit, account, now=self.now)).available
        return max(available * share // 100 + (share > 100), 1)

    def _key(self) -> str:
        self.asked += 1
        return f"op:{self.asked}"

    def _twisted(self, command: Command, ref: EntryRef) -> list[Command]:
        others = [replace(command, basis=replace(command.basis, source="order:other"))]
        if not isinstance(command, Release):
            others.append(replace(command, points=command.points + 100))
        strangers = [
            account
            for account in self.tables.accounts
            if self._in_use(account) not in {self._in_use(command.account), self._in_use(ref.account)}
        ]
        others.extend(replace(command, account=stranger) for stranger in strangers[:1])
        return others


def _sooner(lot: Lot) -> tuple[datetime, int]:
    return lot.expires_at or NEVER, lot.ref.number
