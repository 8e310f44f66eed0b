"""Rows of the ledger: from what the domain knows, and back."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from bot.domain.loyalty.account import Account, AccountStatus
from bot.domain.loyalty.entry import AccountId, Basis, Change, Entry, EntryKind, EntryRef, LotRef, Move
from bot.domain.loyalty.lot import Hold, Lot
from bot.storage.codec import storable

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Where the domain says None: it sorts last on both databases."""


def account_row(account: Account) -> dict[str, object]:
    """Write an account."""
    return {
        "id": account.id,
        "status": account.status,
        "merged_into_id": account.merged_into,
        "pending": account.pending,
        "available": account.available,
        "held": account.held,
        "debt": account.debt,
        "qualifying": account.qualifying,
        "entries": account.entries,
        "lots": account.lots,
    }


def read_account(row: Row[Any]) -> Account:
    """Read an account."""
    return Account(
        id=AccountId(row.id),
        status=AccountStatus(row.status),
        pending=row.pending,
        available=row.available,
        held=row.held,
        debt=row.debt,
        qualifying=row.qualifying,
        entries=row.entries,
        lots=row.lots,
        merged_into=None if row.merged_into_id is None else AccountId(row.merged_into_id),
    )


def entry_row(entry: Entry) -> dict[str, object]:
    """Write an entry."""
    basis, change = entry.basis, entry.change
    return {
        "account_id": entry.ref.account,
        "number": entry.ref.number,
        "kind": entry.kind,
        "points": entry.points,
        "pending": change.pending,
        "available": change.available,
        "held": change.held,
        "debt": change.debt,
        "qualifying": change.qualifying,
        "qualified_on": entry.qualified_on,
        "key": entry.key,
        "fingerprint": entry.fingerprint,
        "at": entry.at,
        "reverses_account_id": entry.reverses.account if entry.reverses else None,
        "reverses_number": entry.reverses.number if entry.reverses else None,
        "hold_number": entry.hold.number if entry.hold else None,
        "rule": basis.rule,
        "version": basis.version,
        "inputs": json.dumps(dict(basis.inputs), ensure_ascii=False) if basis.inputs else "{}",
        "source": basis.source,
        "campaign": basis.campaign,
        "actor": basis.actor,
        "reason": storable(basis.reason),
    }


def read_entry(row: Row[Any]) -> Entry:
    """Read an entry."""
    account, reverses = AccountId(row.account_id), row.reverses_number
    return Entry(
        ref=EntryRef(account, row.number),
        kind=EntryKind(row.kind),
        points=row.points,
        change=Change(
            pending=row.pending, available=row.available, held=row.held, debt=row.debt, qualifying=row.qualifying
        ),
        key=row.key,
        fingerprint=row.fingerprint,
        at=row.at,
        basis=Basis(
            rule=row.rule,
            version=row.version,
            inputs=json.loads(row.inputs),
            source=row.source,
            campaign=row.campaign,
            actor=row.actor,
            reason=row.reason,
        ),
        reverses=None if reverses is None else EntryRef(AccountId(row.reverses_account_id), reverses),
        hold=None if row.hold_number is None else EntryRef(account, row.hold_number),
        qualified_on=row.qualified_on,
    )


def lot_row(lot: Lot) -> dict[str, object]:
    """Write a lot."""
    return {
        "account_id": lot.ref.account,
        "number": lot.ref.number,
        "source_account_id": lot.source.account,
        "source_number": lot.source.number,
        "granted": lot.granted,
        "remaining": lot.remaining,
        "held": lot.held,
        "expired": lot.expired,
        "is_pending": lot.is_pending,
        "activates_at": lot.activates_at,
        "expires_at": lot.expires_at or NEVER,
        "due_at": min(lot.due_at, NEVER),
    }


def changed_lot_row(lot: Lot) -> dict[str, object]:
    """Write what can change in a lot; names are those of `CHANGE_LOT`."""
    return {
        "lot_account": lot.ref.account,
        "lot_number": lot.ref.number,
        "remaining": lot.remaining,
        "held": lot.held,
        "expired": lot.expired,
        "is_pending": lot.is_pending,
        "due_at": min(lot.due_at, NEVER),
    }


def read_lot(row: Row[Any]) -> Lot:
    """Read a lot."""
    return Lot(
        ref=LotRef(AccountId(row.account_id), row.number),
        source=EntryRef(AccountId(row.source_account_id), row.source_number),
        granted=row.granted,
        remaining=row.remaining,
        held=row.held,
        expired=row.expired,
        is_pending=row.is_pending,
        activates_at=row.activates_at,
        expires_at=None if row.expires_at >= NEVER else row.expires_at,
    )


def move_row(move: Move, position: int) -> dict[str, object]:
    """Write a move."""
    return {
        "account_id": move.entry.account,
        "number": move.entry.number,
        "position": position,
        "lot_number": move.lot.number,
        "remaining": move.remaining,
        "held": move.held,
        "expired": move.expired,
    }


def read_move(row: Row[Any]) -> Move:
    """Read a move."""
    account = AccountId(row.account_id)
    return Move(
        entry=EntryRef(account, row.number),
        lot=LotRef(account, row.lot_number),
        remaining=row.remaining,
        held=row.held,
        expired=row.expired,
    )


def hold_row(hold: Hold) -> dict[str, object]:
    """Write a hold."""
    return {
        "account_id": hold.ref.account,
        "number": hold.ref.number,
        "points": hold.points,
        "captured": hold.captured,
        "released": hold.released,
        "expires_at": hold.expires_at,
    }


def read_hold(row: Row[Any], parts: tuple[tuple[LotRef, int], ...]) -> Hold:
    """Read a hold; `parts` are what its entry moved."""
    return Hold(
        ref=EntryRef(AccountId(row.account_id), row.number),
        points=row.points,
        expires_at=row.expires_at,
        parts=parts,
        captured=row.captured,
        released=row.released,
    )
