"""Loading: what an operation needs of an account, found by indexes whatever else the account has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Integer, Row, bindparam, exists, literal_column, select, union_all

from bot.domain.loyalty.account import Account
from bot.domain.loyalty.entry import AccountId, Entry, EntryRef, LotRef, Move
from bot.domain.loyalty.lot import Hold, Lot
from bot.domain.loyalty.posting import Loaded, Reversible, reversible
from bot.services.club.ports import Need
from bot.storage.club.rows import read_account, read_entry, read_hold, read_lot, read_move
from bot.storage.club.tables import accounts, entries, holds, lots, moves
from bot.storage.transaction import Transaction

_FIRST_LOTS = 16

_account: BindParameter[Any] = bindparam("account")
_now: BindParameter[Any] = bindparam("now")
_live = lots.c.remaining > lots.c.held
_open = holds.c.captured + holds.c.released == literal_column("0")

ACCOUNT = select(accounts).where(accounts.c.id == _account)
LOCK = select(accounts.c.id).where(accounts.c.id == _account).with_for_update()
BY_KEY = select(entries).where(entries.c.key == bindparam("key"))
DUE_LOTS = select(lots).where(lots.c.account_id == _account, _live, lots.c.due_at <= _now)
SPENDABLE = (
    select(lots)
    .where(lots.c.account_id == _account, _live, ~lots.c.is_pending, lots.c.expires_at > _now)
    .order_by(lots.c.expires_at, lots.c.number)
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
)
"""A pending lot is behind those with an earlier expiry, so the index is read in order and left early."""
WHOLE = select(lots).where(lots.c.account_id == _account, lots.c.remaining > 0)
LOTS_OF_ENTRY = select(lots).where(lots.c.source_account_id == _account, lots.c.source_number == bindparam("number"))
NAMED_LOTS = select(lots).where(lots.c.account_id == _account, lots.c.number.in_(bindparam("numbers", expanding=True)))
"""Of one account at a time: SQLite uses no index for a list of row values."""
DUE_HOLDS = select(holds).where(holds.c.account_id == _account, _open, holds.c.expires_at <= _now)
SUMMARY = select(
    accounts,
    select(entries.c.number).where(entries.c.key == bindparam("key")).scalar_subquery().label("repeated"),
    exists(DUE_LOTS).label("has_due_lots"),
    exists(DUE_HOLDS).label("has_due_holds"),
).where(accounts.c.id == _account)
"""Whether more has to be read is told with the account: mostly there is nothing."""
OPEN_HOLDS = select(holds).where(holds.c.account_id == _account, _open)
NAMED_HOLD = select(holds).where(holds.c.account_id == _account, holds.c.number == bindparam("number"))
MOVES = (
    select(moves)
    .where(moves.c.account_id == _account, moves.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(moves.c.account_id, moves.c.number, moves.c.position)
)
ENTRY = select(entries).where(entries.c.account_id == _account, entries.c.number == bindparam("number"))
REVERSALS = select(entries).where(
    entries.c.reverses_account_id == _account, entries.c.reverses_number == bindparam("number")
)
_due = union_all(
    select(lots.c.account_id, lots.c.due_at.label("at")).where(_live, lots.c.due_at <= _now),
    select(holds.c.account_id, holds.c.expires_at).where(_open, holds.c.expires_at <= _now),
).subquery()
DUE = (
    select(_due.c.account_id, _due.c.at).order_by(_due.c.at, _due.c.account_id).limit(bindparam("limit", type_=Integer))
)
WAITED_FOR = (
    select(accounts)
    .where(accounts.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(accounts.c.id)
    .with_for_update()
)
LOCKED_ACCOUNTS = (
    select(accounts)
    .where(accounts.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(accounts.c.id)
    .with_for_update(skip_locked=True)
)
_spent_first = lots.alias("spent_first")
FIRST_LOTS_OF = select(lots).where(
    lots.c.account_id.in_(bindparam("ids", expanding=True)),
    lots.c.number.in_(
        select(_spent_first.c.number)
        .where(
            _spent_first.c.account_id == lots.c.account_id,
            _spent_first.c.remaining > _spent_first.c.held,
            ~_spent_first.c.is_pending,
            _spent_first.c.expires_at > _now,
        )
        .order_by(_spent_first.c.expires_at, _spent_first.c.number)
        .limit(bindparam("limit", type_=Integer))
        .correlate(lots)
    ),
)
BY_KEYS = select(entries).where(entries.c.key.in_(bindparam("keys", expanding=True)))
DUE_LOTS_OF = select(lots).where(lots.c.account_id.in_(bindparam("ids", expanding=True)), _live, lots.c.due_at <= _now)
DUE_HOLDS_OF = select(holds).where(
    holds.c.account_id.in_(bindparam("ids", expanding=True)), _open, holds.c.expires_at <= _now
)


class Loading:
    """Reads for the ledger on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def load(self, account: AccountId, need: Need, *, now: datetime) -> Loaded | None:
        """Lock an account and read what is needed of it."""
        if self._transaction.has_row_locks:  # a statement of its own, so that the next one sees what it waited for
            await self._transaction.fetch(LOCK, {"account": account})
        rows = await self._transaction.fetch(SUMMARY, {"account": account, "key": need.key, "now": now})
        if not rows:
            return None
        repeated = None if rows[0].repeated is None else await self.find(need.key)
        if repeated is not None:
            return Loaded(account=read_account(rows[0]), repeated=repeated)
        found = [] if not need.reverses else await self.reversible(need.reverses)
        about = found[0] if found else None
        opened = await self._holds(rows[0], need, now=now)
        shown = await self._lots(rows[0], need, now=now)
        shown += await self._named([part for hold in opened for part, _ in hold.parts], shown)
        if about is not None:
            shown += await self._about(about, shown)
        lots_by_name = {lot.ref: lot for lot in shown}
        return Loaded(
            account=read_account(rows[0]), lots=tuple(lots_by_name.values()), holds=tuple(opened), reversible=about
        )

    async def peek(self, account: AccountId, *, now: datetime, limit: int) -> Loaded | None:
        """Read what a balance needs."""
        rows = await self._transaction.fetch(SUMMARY, {"account": account, "key": "", "now": now})
        if not rows:
            return None
        opened = await self._holds(rows[0], Need(), now=now)
        shown = await self._lots(rows[0], Need(), now=now)
        shown += await self._spendable(account, now=now, limit=limit, offset=0)
        shown += await self._named([part for hold in opened for part, _ in hold.parts], shown)
        lots_by_name = {lot.ref: lot for lot in shown}
        return Loaded(account=read_account(rows[0]), lots=tuple(lots_by_name.values()), holds=tuple(opened))

    async def due(self, *, now: datetime, limit: int) -> Sequence[Loaded]:
        """Lock accounts in which something is due, and read what is."""
        due = await self._transaction.fetch(DUE, {"now": now, "limit": limit})
        ids = list(dict.fromkeys(row.account_id for row in due))
        if not ids:
            return []
        rows = await self._transaction.fetch(LOCKED_ACCOUNTS, {"ids": ids})
        return await self._due_of([read_account(row) for row in rows], now=now)

    async def _due_of(self, found: Sequence[Account], *, now: datetime) -> Sequence[Loaded]:
        locked = {"ids": [account.id for account in found], "now": now}
        shown = [read_lot(row) for row in await self._transaction.fetch(DUE_LOTS_OF, locked)]
        opened = await self._with_parts(await self._transaction.fetch(DUE_HOLDS_OF, locked))
        shown += await self._named([part for hold in opened for part, _ in hold.parts], shown)
        lots_of, holds_of = defaultdict[AccountId, list[Lot]](list), defaultdict[AccountId, list[Hold]](list)
        for lot in shown:
            lots_of[lot.ref.account].append(lot)
        for hold in opened:
            holds_of[hold.ref.account].append(hold)
        return [Loaded(account=each, lots=lots_of[each.id], holds=holds_of[each.id]) for each in found]

    async def many(
        self, ids: Sequence[AccountId], keys: Sequence[str], *, now: datetime, limit: int
    ) -> Mapping[AccountId, Loaded]:
        """Lock many accounts and read what operations on them need, as far as the first lots go."""
        if not ids:
            return {}
        rows = await self._transaction.fetch(WAITED_FOR, {"ids": list(ids)})
        due = await self._due_of([read_account(row) for row in rows], now=now)
        first = await self._transaction.fetch(FIRST_LOTS_OF, {"ids": list(ids), "now": now, "limit": limit})
        lots_of = defaultdict[AccountId, list[Lot]](list)
        for lot in map(read_lot, first):
            lots_of[lot.ref.account].append(lot)
        return {
            each.account.id: replace(each, lots=_without_repeats((*each.lots, *lots_of[each.account.id])))
            for each in due
        }

    async def find_all(self, keys: Sequence[str]) -> Mapping[str, Entry]:
        """Read the entries with any of these keys, by key."""
        rows = await self._transaction.fetch(BY_KEYS, {"keys": list(keys)}) if keys else []
        return {row.key: read_entry(row) for row in rows}

    async def find(self, key: str) -> Entry | None:
        """Read the entry with a key."""
        rows = await self._transaction.fetch(BY_KEY, {"key": key})
        return read_entry(rows[0]) if rows else None

    async def entry(self, ref: EntryRef) -> Entry | None:
        """Read an entry."""
        rows = await self._transaction.fetch(ENTRY, {"account": ref.account, "number": ref.number})
        return read_entry(rows[0]) if rows else None

    async def reversible(self, ref: EntryRef) -> list[Reversible]:
        """Read what a reversal has to know of an entry; empty without the entry."""
        entry = await self.entry(ref)
        if entry is None:
            return []
        earlier = await self._transaction.fetch(REVERSALS, {"account": ref.account, "number": ref.number})
        return [reversible(entry, await self.moves([ref]), map(read_entry, earlier))]

    async def moves(self, refs: Iterable[EntryRef]) -> list[Move]:
        """Read what entries moved, in order."""
        found: list[Move] = []
        for account, numbers in _by_account(refs).items():
            rows = await self._transaction.fetch(MOVES, {"account": account, "numbers": numbers})
            found.extend(map(read_move, rows))
        return found

    async def _lots(self, summary: Row[Any], need: Need, *, now: datetime) -> list[Lot]:
        account = AccountId(summary.id)
        if need.is_whole:
            return [read_lot(row) for row in await self._transaction.fetch(WHOLE, {"account": account})]
        shown, found, offset, limit = list[Lot](), 0, 0, _FIRST_LOTS
        if summary.has_due_lots:
            due = await self._transaction.fetch(DUE_LOTS, {"account": account, "now": now})
            shown = [read_lot(row) for row in due]
        while found < need.points:
            page = await self._spendable(account, now=now, limit=limit, offset=offset)
            shown += page
            found += sum(lot.free for lot in page)
            if len(page) < limit:
                break
            offset, limit = offset + limit, limit * 4
        return shown

    async def _spendable(self, account: AccountId, *, now: datetime, limit: int, offset: int) -> list[Lot]:
        values = {"account": account, "now": now, "limit": limit, "offset": offset}
        return [read_lot(row) for row in await self._transaction.fetch(SPENDABLE, values)]

    async def _holds(self, summary: Row[Any], need: Need, *, now: datetime) -> list[Hold]:
        account, rows = AccountId(summary.id), dict[int, Row[Any]]()
        if need.is_whole:
            return await self._with_parts(await self._transaction.fetch(OPEN_HOLDS, {"account": account}))
        if summary.has_due_holds:
            due = await self._transaction.fetch(DUE_HOLDS, {"account": account, "now": now})
            rows = {row.number: row for row in due}
        if need.hold is not None and need.hold.account == account:
            values = {"account": account, "number": need.hold.number}
            rows.update((row.number, row) for row in await self._transaction.fetch(NAMED_HOLD, values))
        return await self._with_parts(rows.values())

    async def _with_parts(self, rows: Iterable[Row[Any]]) -> list[Hold]:
        found = list(rows)
        refs = [EntryRef(AccountId(row.account_id), row.number) for row in found]
        parts = defaultdict[EntryRef, list[tuple[LotRef, int]]](list)
        for move in await self.moves(refs):
            if move.held > 0:
                parts[move.entry].append((move.lot, move.held))
        return [read_hold(row, tuple(parts[ref])) for ref, row in zip(refs, found, strict=True)]

    async def _named(self, refs: Iterable[LotRef], known: Iterable[Lot]) -> list[Lot]:
        found: list[Lot] = []
        for account, numbers in _by_account(set(refs) - {lot.ref for lot in known}).items():
            rows = await self._transaction.fetch(NAMED_LOTS, {"account": account, "numbers": numbers})
            found.extend(map(read_lot, rows))
        return found

    async def _about(self, about: Reversible, known: Sequence[Lot]) -> list[Lot]:
        ref = about.entry.ref
        rows = await self._transaction.fetch(LOTS_OF_ENTRY, {"account": ref.account, "number": ref.number})
        own = [read_lot(row) for row in rows]
        return own + await self._named((move.lot for move in about.moves), [*known, *own])


def _without_repeats(found: Iterable[Lot]) -> tuple[Lot, ...]:
    return tuple({lot.ref: lot for lot in found}.values())


def _by_account(refs: Iterable[EntryRef | LotRef]) -> Mapping[AccountId, list[int]]:
    numbers = defaultdict[AccountId, list[int]](list)
    for ref in refs:
        numbers[ref.account].append(ref.number)
    return numbers
