"""Audit: an account counted again from its entries, and everything kept beside them compared with the result."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.loyalty.account import Account
from bot.domain.loyalty.entry import AccountId, Change, Entry, EntryKind, EntryRef, LotRef, Move
from bot.domain.loyalty.lot import Hold, Lot


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`kept` is not what was `counted`; `what` names it: ``available``, ``lot 1-3 remaining``."""

    account: AccountId
    what: str
    kept: object
    counted: object

    def __str__(self) -> str:
        return f"account {self.account}: {self.what} is {self.kept}, counted {self.counted}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All that is kept of one account. `entries` are in order; `qualifying` is by month, the first day of it."""

    account: Account
    entries: Sequence[Entry] = ()
    moves: Sequence[Move] = ()
    lots: Sequence[Lot] = ()
    holds: Sequence[Hold] = ()
    qualifying: Mapping[date, int] = field(default_factory=dict)


def audit(books: Books) -> list[Difference]:
    """Count everything from zero; return every difference, none where the books agree."""
    pairs = (*_sums(books), *_lots(books), *_holds(books), *_changes(books), *_reversals(books), *_months(books))
    account = books.account.id
    return [
        Difference(account=account, what=what, kept=kept, counted=counted)
        for what, kept, counted in pairs
        if kept != counted
    ]


_Pair = tuple[str, object, object]


def _sums(books: Books) -> Iterator[_Pair]:
    account, changes = books.account, [entry.change for entry in books.entries]
    yield "pending", account.pending, sum(change.pending for change in changes)
    yield "available", account.available, sum(change.available for change in changes)
    yield "held", account.held, sum(change.held for change in changes)
    yield "debt", account.debt, sum(change.debt for change in changes)
    yield "qualifying", account.qualifying, sum(change.qualifying for change in changes)
    yield "entries", account.entries, len(books.entries)
    yield "lots", account.lots, len(books.lots)
    yield "numbers of entries", [entry.ref.number for entry in books.entries], list(range(1, len(books.entries) + 1))
    yield "pending of lots", account.pending, sum(lot.remaining for lot in books.lots if lot.is_pending)
    yield "available of lots", account.available, sum(lot.free for lot in books.lots if not lot.is_pending)
    yield "held of lots", account.held, sum(lot.held for lot in books.lots)
    yield "held of holds", account.held, sum(hold.points for hold in books.holds if hold.is_open)


def _lots(books: Books) -> Iterator[_Pair]:
    moved: defaultdict[LotRef, list[Move]] = defaultdict(list)
    for move in books.moves:
        moved[move.lot].append(move)
    activated = {move.lot for move in books.moves if _kind(books, move.entry) is EntryKind.ACTIVATE}
    for lot in books.lots:
        moves = moved.pop(lot.ref, [])
        yield f"lot {lot.ref} remaining", lot.remaining, lot.granted + sum(move.remaining for move in moves)
        yield f"lot {lot.ref} held", lot.held, sum(move.held for move in moves)
        yield f"lot {lot.ref} expired", lot.expired, sum(move.expired for move in moves)
        yield f"lot {lot.ref} pending and activated", lot.is_pending and lot.ref in activated, False
    yield "moves of no lot", sorted(moved), []


def _holds(books: Books) -> Iterator[_Pair]:
    sums = {kind: Counter[EntryRef]() for kind in (EntryKind.HOLD, EntryKind.CAPTURE, EntryKind.RELEASE)}
    for entry in books.entries:
        if entry.hold is not None:
            sums[entry.kind][entry.hold] += entry.points
    for hold in books.holds:
        yield f"hold {hold.ref}", hold.points, sums[EntryKind.HOLD].pop(hold.ref, 0)
        yield f"hold {hold.ref} captured", hold.captured, sums[EntryKind.CAPTURE][hold.ref]
        yield f"hold {hold.ref} released", hold.released, sums[EntryKind.RELEASE][hold.ref]
    yield "holds written and not kept", sorted(sums[EntryKind.HOLD]), []


def _changes(books: Books) -> Iterator[_Pair]:
    """Every entry changes the sums by what it moves: held by its moves, the rest with what it grants or owes."""
    held = Counter[EntryRef]()
    for move in books.moves:
        held[move.entry] += move.held
    for entry in books.entries:
        yield f"entry {entry.ref} held", entry.change.held, held[entry.ref]
        if entry.kind in _WHOLE:
            yield f"entry {entry.ref}", _net(entry.change), _WHOLE[entry.kind] * entry.points


_WHOLE = {
    EntryKind.EARN: 1,
    EntryKind.ACTIVATE: 0,
    EntryKind.HOLD: 0,
    EntryKind.RELEASE: 0,
    EntryKind.CAPTURE: -1,
    EntryKind.BURN: -1,
    EntryKind.EXPIRE: -1,
    EntryKind.REVERSE_BURN: 1,
}
"""By how many times its points an entry changes what somebody has, all sums together."""


def _net(change: Change) -> int:
    return change.pending + change.available + change.held - change.debt


def _reversals(books: Books) -> Iterator[_Pair]:
    reversed_points = Counter[EntryRef]()
    for entry in books.entries:
        if entry.reverses is not None:
            reversed_points[entry.reverses] += entry.points
    for entry in books.entries:
        yield f"entry {entry.ref} reversed above its points", max(reversed_points[entry.ref] - entry.points, 0), 0


def _months(books: Books) -> Iterator[_Pair]:
    counted = Counter[date]()
    for entry in books.entries:
        if entry.qualified_on is not None and entry.change.qualifying:
            counted[entry.qualified_on.replace(day=1)] += entry.change.qualifying
    kept = {month: points for month, points in books.qualifying.items() if points}
    yield "qualifying by month", kept, {month: points for month, points in counted.items() if points}


def _kind(books: Books, ref: EntryRef) -> EntryKind | None:
    index = ref.number - 1
    return books.entries[index].kind if 0 <= index < len(books.entries) else None


def total(accounts: Iterable[Account]) -> int:
    """Tell what all members together have, debt taken off: the brand's promise, in points."""
    return sum(account.pending + account.available + account.held - account.debt for account in accounts)
