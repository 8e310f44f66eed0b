"""SqlLedgerBook: the ledger in a database."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam, func, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.loyalty.account import Account, AccountStatus
from bot.domain.loyalty.audit import Books
from bot.domain.loyalty.entry import AccountId, Entry, EntryRef, LotRef
from bot.domain.loyalty.lot import Hold
from bot.domain.loyalty.merging import brought_by
from bot.domain.loyalty.posting import Loaded, Posting
from bot.services.club.ports import Expiring, Need
from bot.storage.club.loading import ACCOUNT, REVERSALS, Loading
from bot.storage.club.rows import (
    account_row,
    changed_lot_row,
    entry_row,
    hold_row,
    lot_row,
    move_row,
    read_account,
    read_entry,
    read_hold,
    read_lot,
    read_move,
)
from bot.storage.club.tables import accounts, entries, holds, lots, months, moves
from bot.storage.club.upcoming import Upcoming
from bot.storage.transaction import Transaction

_EMPTY = {
    "status": "open",
    **dict.fromkeys(("pending", "available", "held", "debt", "qualifying", "entries", "lots"), 0),
}
_CREATE = insert(accounts).values(_EMPTY).returning(accounts.c.id)
_CHANGE_ACCOUNT = (
    update(accounts)
    .where(accounts.c.id == bindparam("account"))
    .values({name: bindparam(name) for name in account_row(Account(id=AccountId(0))) if name != "id"})
)
_CHANGE_LOT = (
    update(lots)
    .where(lots.c.account_id == bindparam("lot_account"), lots.c.number == bindparam("lot_number"))
    .values({name: bindparam(name) for name in ("remaining", "held", "expired", "is_pending", "due_at")})
)
_CLOSE_HOLD = (
    update(holds)
    .where(holds.c.account_id == bindparam("hold_account"), holds.c.number == bindparam("hold_number"))
    .values(captured=bindparam("captured"), released=bindparam("released"))
)
_MARK = update(accounts).where(accounts.c.id == bindparam("account")).values(status=bindparam("status"))
_ADD_ENTRY, _ADD_LOT, _ADD_MOVE, _ADD_HOLD = insert(entries), insert(lots), insert(moves), insert(holds)
_sqlite_month, _postgresql_month = sqlite.insert(months), postgresql.insert(months)
_ADD_TO_MONTH = {
    "sqlite": _sqlite_month.on_conflict_do_update(
        index_elements=("account_id", "month"),
        set_={"qualifying": months.c.qualifying + _sqlite_month.excluded.qualifying},
    ),
    "postgresql": _postgresql_month.on_conflict_do_update(
        index_elements=("account_id", "month"),
        set_={"qualifying": months.c.qualifying + _postgresql_month.excluded.qualifying},
    ),
}
HISTORY = (
    select(entries)
    .where(entries.c.account_id == bindparam("account"), entries.c.number < bindparam("before"))
    .order_by(entries.c.number.desc())
    .limit(bindparam("limit", type_=Integer))
)
MONTHS = select(months.c.month, months.c.qualifying).where(
    months.c.account_id == bindparam("account"), months.c.month >= bindparam("since"), months.c.qualifying != 0
)
_NEXT_ACCOUNTS = (
    select(accounts)
    .where(accounts.c.id > bindparam("after"))
    .order_by(accounts.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_ENTRIES_OF = select(entries).where(entries.c.account_id.in_(_ids)).order_by(entries.c.account_id, entries.c.number)
_MOVES_OF = (
    select(moves).where(moves.c.account_id.in_(_ids)).order_by(moves.c.account_id, moves.c.number, moves.c.position)
)
_LOTS_OF = select(lots).where(lots.c.account_id.in_(_ids)).order_by(lots.c.account_id, lots.c.number)
_HOLDS_OF = select(holds).where(holds.c.account_id.in_(_ids)).order_by(holds.c.account_id, holds.c.number)
_MONTHS_OF = select(months).where(months.c.account_id.in_(_ids))
_live = (lots.c.remaining > lots.c.held, lots.c.due_at <= bindparam("now"))
_COUNT_DUE_LOTS = select(func.count()).select_from(lots).where(*_live)
_COUNT_DUE_HOLDS = (
    select(func.count())
    .select_from(holds)
    .where(holds.c.captured + holds.c.released == literal_column("0"), holds.c.expires_at <= bindparam("now"))
)
_LEAVING = (
    select(entries)
    .where(entries.c.account_id == bindparam("account"), entries.c.kind == literal_column("'merge_out'"))
    .order_by(entries.c.number)
)
_LATEST = 2**31 - 1


class SqlLedgerBook:
    """`LedgerBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._loading = Loading(transaction)
        self._upcoming = Upcoming(transaction)

    async def create(self) -> AccountId:
        """Open an empty account."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_CREATE, {})
        return AccountId(rows[0].id)

    async def account(self, account: AccountId) -> Account | None:
        """Return the sums of an account as last written, not settled."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(ACCOUNT, {"account": account})
        return read_account(rows[0]) if rows else None

    async def load(self, account: AccountId, need: Need, *, now: datetime) -> Loaded | None:
        """Lock an account, then return what an operation needs; None when there is no such account."""
        await self._transaction.touch()
        return await self._loading.load(account, need, now=now)

    async def load_many(
        self, accounts: Sequence[AccountId], *, keys: Sequence[str], now: datetime, lots: int
    ) -> tuple[Mapping[AccountId, Loaded], Mapping[str, Entry]]:
        """Lock accounts; return what is due in each, its first `lots` to be spent, and what stands under `keys`."""
        await self._transaction.touch()
        found = await self._loading.many(accounts, keys, now=now, limit=lots)
        return found, await self._loading.find_all(keys)

    async def peek(self, account: AccountId, *, now: datetime, lots: int) -> Loaded | None:
        """Return what a balance needs, without locking."""
        await self._transaction.touch()
        return await self._loading.peek(account, now=now, limit=lots)

    async def load_due(self, *, now: datetime, limit: int) -> Sequence[Loaded]:
        """Lock accounts in which something is due, at most `limit`; return what is due in each."""
        await self._transaction.touch()
        return await self._loading.due(now=now, limit=limit)

    async def count_due(self, *, now: datetime) -> int:
        """Count the lots and holds that are due."""
        await self._transaction.touch()
        counts = [await self._transaction.fetch(count, {"now": now}) for count in (_COUNT_DUE_LOTS, _COUNT_DUE_HOLDS)]
        return sum(rows[0][0] for rows in counts)

    async def next_due_at(self) -> datetime | None:
        """Tell when something is due next, or has been since."""
        return await self._upcoming.next_due_at()

    async def expiring(self, *, since: datetime, after: AccountId, until: datetime, limit: int) -> Sequence[Expiring]:
        """Return available points that expire from `since` to `until`, by moment and account."""
        return await self._upcoming.expiring(since=since, after=after, until=until, limit=limit)

    async def post(self, postings: Sequence[Posting]) -> None:
        """Store postings, each of another account."""
        await self._transaction.touch()
        written = [posting for posting in postings if posting.entries]
        new = [entry for posting in written for entry in posting.entries]
        await self._transaction.write_together(
            [
                (_CHANGE_ACCOUNT, [_changed(posting.account) for posting in written]),
                (_ADD_ENTRY, [entry_row(entry) for entry in new]),
                (_ADD_LOT, [lot_row(lot) for posting in written for lot in posting.new_lots]),
                (_ADD_MOVE, [row for posting in written for row in _move_rows(posting)]),
                (_CHANGE_LOT, [changed_lot_row(lot) for posting in written for lot in posting.lots]),
                (_ADD_HOLD, [hold_row(hold) for posting in written for hold in posting.new_holds]),
                (_CLOSE_HOLD, [_closed(hold) for posting in written for hold in posting.holds]),
                (_ADD_TO_MONTH, _month_rows(new)),
            ]
        )

    async def entry(self, ref: EntryRef) -> Entry | None:
        """Return one entry."""
        await self._transaction.touch()
        return await self._loading.entry(ref)

    async def find(self, key: str) -> Entry | None:
        """Return the entry written under `key`."""
        await self._transaction.touch()
        return await self._loading.find(key)

    async def reversed(self, ref: EntryRef) -> tuple[int, int]:
        """Return how many points and qualifying points of an entry were reversed."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(REVERSALS, {"account": ref.account, "number": ref.number})
        return sum(row.points for row in rows), -sum(row.qualifying for row in rows)

    async def history(self, account: AccountId, *, before: int | None, limit: int) -> Sequence[Entry]:
        """Return the entries of an account, latest first."""
        await self._transaction.touch()
        values = {"account": account, "before": _LATEST if before is None else before, "limit": limit}
        return [read_entry(row) for row in await self._transaction.fetch(HISTORY, values)]

    async def qualifying(self, account: AccountId, *, since: date) -> Mapping[date, int]:
        """Return the qualifying points of each month from `since` on."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(MONTHS, {"account": account, "since": since})
        return {row.month: row.qualifying for row in rows}

    async def brought(self, account: AccountId) -> tuple[Collection[EntryRef], Mapping[date, int]]:
        """Return what a merged account brought."""
        await self._transaction.touch()
        lots_of = await self._transaction.fetch(_LOTS_OF, {"ids": [account]})
        leaving = await self._transaction.fetch(_LEAVING, {"account": account})
        came_from = {EntryRef(AccountId(row.source_account_id), row.source_number) for row in lots_of}
        return came_from, brought_by([read_entry(row) for row in leaving])

    async def mark(self, account: AccountId, status: AccountStatus) -> None:
        """Freeze an account, or open it again."""
        await self._transaction.touch()
        await self._transaction.write(_MARK, {"account": account, "status": status})

    async def books(self, *, after: AccountId, limit: int) -> Sequence[Books]:
        """Return everything of the accounts behind `after`."""
        await self._transaction.touch()
        fetch = self._transaction.fetch
        kept = [read_account(row) for row in await fetch(_NEXT_ACCOUNTS, {"after": after, "limit": limit})]
        ids = {"ids": [account.id for account in kept]}
        if not kept:
            return []
        by_account = {
            table: {id_: list(rows) for id_, rows in groupby(await fetch(query, ids), lambda row: row.account_id)}
            for table, query in (
                ("entries", _ENTRIES_OF),
                ("moves", _MOVES_OF),
                ("lots", _LOTS_OF),
                ("holds", _HOLDS_OF),
            )
        }
        months_of = defaultdict[AccountId, dict[date, int]](dict)
        for row in await fetch(_MONTHS_OF, ids):
            months_of[row.account_id][row.month] = row.qualifying
        return [
            _books(
                account, {table: rows.get(account.id, []) for table, rows in by_account.items()}, months_of[account.id]
            )
            for account in kept
        ]


def _books(account: Account, rows: Mapping[str, Sequence[Any]], by_month: Mapping[date, int]) -> Books:
    written = [read_move(row) for row in rows["moves"]]
    parts = defaultdict[EntryRef, list[tuple[LotRef, int]]](list)
    for move in written:
        if move.held > 0:
            parts[move.entry].append((move.lot, move.held))
    return Books(
        account=account,
        entries=[read_entry(row) for row in rows["entries"]],
        moves=written,
        lots=[read_lot(row) for row in rows["lots"]],
        holds=[read_hold(row, tuple(parts[EntryRef(account.id, row.number)])) for row in rows["holds"]],
        qualifying=by_month,
    )


def _changed(account: Account) -> dict[str, object]:
    row = account_row(account)
    row["account"] = row.pop("id")
    return row


def _move_rows(posting: Posting) -> list[dict[str, object]]:
    positions = Counter[EntryRef]()
    rows = []
    for move in posting.moves:
        rows.append(move_row(move, positions[move.entry]))
        positions[move.entry] += 1
    return rows


def _closed(hold: Hold) -> dict[str, object]:
    return {
        "hold_account": hold.ref.account,
        "hold_number": hold.ref.number,
        "captured": hold.captured,
        "released": hold.released,
    }


def _month_rows(new: Sequence[Entry]) -> list[dict[str, object]]:
    sums = Counter[tuple[AccountId, date]]()
    for entry in new:
        if entry.qualified_on is not None and entry.change.qualifying:
            sums[entry.ref.account, entry.qualified_on.replace(day=1)] += entry.change.qualifying
    return [{"account_id": account, "month": month, "qualifying": points} for (account, month), points in sums.items()]
