"""Merging: two accounts of one person made one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.domain.loyalty.account import AccountStatus
from bot.domain.loyalty.account_book import AccountBook
from bot.domain.loyalty.entry import Basis, Entry, EntryKind
from bot.domain.loyalty.lot import Lot


def merge(
    source: AccountBook, target: AccountBook, *, key: str, basis: Basis, qualifying: Mapping[date, int]
) -> tuple[Entry, Entry]:
    """Move everything of `source` to `target`; return the first entry of each.

    `source` has all its live lots and open holds loaded, `target` enough to pay the debt of `source`. `qualifying` is
    what `source` has for each day that counts. What `source` holds is released first.

    Raises:
        ValueError: one of them is merged already, or they are one account.
    """
    if AccountStatus.MERGED in {source.account.status, target.account.status} or source.account.id == target.account.id:
        raise ValueError("only two accounts in use can be merged")
    for hold in source.holds.values():
        if hold.is_open:
            source.release(hold, key=f"release:{hold.ref}", basis=Basis(reason="merged"))
    source.settle()
    target.settle()
    first = _move_points(source, target, key=key, basis=basis)
    for number, (day, points) in enumerate(sorted(qualifying.items()), start=1):
        for book, kind, sign in ((source, EntryKind.MERGE_OUT, -1), (target, EntryKind.MERGE_IN, 1)):
            draft = book.begin(kind)
            draft.qualify(sign * points, day)
            book.finish(draft, 0, key=f"{key}:{kind}:{number}", basis=basis)
    source.account = replace(source.account, status=AccountStatus.MERGED, merged_into=target.account.id)
    return first


def _move_points(source: AccountBook, target: AccountBook, *, key: str, basis: Basis) -> tuple[Entry, Entry]:
    moved = sorted((lot for lot in source.own(source.lots.values()) if lot.remaining), key=lambda lot: lot.ref)
    debt, points = source.account.debt, sum(lot.remaining for lot in moved)
    out = source.begin(EntryKind.MERGE_OUT)
    for lot in moved:
        out.take(lot, lot.remaining)
    out.owe(-debt)
    left = source.finish(out, points, key=f"{key}:{EntryKind.MERGE_OUT}", basis=basis)
    into = target.begin(EntryKind.MERGE_IN)
    into.owe(debt)
    for lot in target.enough(min(debt, target.account.available)):
        into.pay_debt(lot)
    for lot in moved:
        into.grant(_copied(lot))
    return left, target.finish(into, points, key=key, basis=basis)


def _copied(lot: Lot) -> Lot:
    return replace(lot, granted=lot.remaining, expired=0)
