"""Merging: two accounts of one person made one, and two again."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.loyalty.account import AccountStatus
from bot.domain.loyalty.account_book import AccountBook
from bot.domain.loyalty.entry import Basis, Entry, EntryKind, EntryRef
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
    for hold in sorted(source.holds.values(), key=lambda hold: hold.ref):
        if hold.is_open:
            source.release(hold, key=f"release:{hold.ref}", basis=Basis(reason="merged"))
    source.settle()
    target.settle()
    first = _move_points(source, target, key=key, basis=basis)
    _move_qualifying(source, target, key=key, basis=basis, qualifying=qualifying)
    source.account = replace(source.account, status=AccountStatus.MERGED, merged_into=target.account.id)
    return first


def brought_by(leaving: Sequence[Entry]) -> Mapping[date, int]:
    """Tell what a merged account brought to the tier, by day; `leaving` are all its entries of leaving, in order."""
    if not leaving:
        return {}
    merge_key, _, _ = leaving[-1].key.rpartition(f":{EntryKind.MERGE_OUT}")
    months = Counter[date]()
    for entry in leaving:
        is_last = entry.key.rpartition(f":{EntryKind.MERGE_OUT}")[0] == merge_key
        if is_last and entry.qualified_on is not None:
            months[entry.qualified_on] -= entry.change.qualifying
    return months


def _move_qualifying(
    giving: AccountBook, taking: AccountBook, *, key: str, basis: Basis, qualifying: Mapping[date, int]
) -> None:
    for number, (day, points) in enumerate(sorted(qualifying.items()), start=1):
        for book, kind, sign in ((giving, EntryKind.MERGE_OUT, -1), (taking, EntryKind.MERGE_IN, 1)):
            draft = book.begin(kind)
            draft.qualify(sign * points, day)
            book.finish(draft, 0, key=f"{key}:{kind}:{number}", basis=basis)


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


def undo_merge(
    source: AccountBook,
    target: AccountBook,
    *,
    came_from: Collection[EntryRef],
    key: str,
    basis: Basis,
    qualifying: Mapping[date, int],
) -> tuple[Entry, Entry]:
    """Move what is left of a merged account back, and open it again; return the first entry of each.

    `came_from` are the entries that granted the lots of `source`, `qualifying` is what it brought to the tier. `target`
    has all its live lots and open holds loaded. What it holds stays, and so does what was spent: nobody owes for that.

    Raises:
        ValueError: `source` is not merged into `target`.
    """
    if source.account.merged_into != target.account.id or target.account.status is AccountStatus.MERGED:
        raise ValueError("only a merge of these two accounts can be undone")
    source.account = replace(source.account, status=AccountStatus.OPEN, merged_into=None)
    target.settle()
    moved = sorted(
        (lot for lot in target.own(target.lots.values()) if lot.free and lot.source in came_from),
        key=lambda lot: lot.ref,
    )
    points = sum(lot.free for lot in moved)
    out = target.begin(EntryKind.MERGE_OUT)
    into = source.begin(EntryKind.MERGE_IN)
    for lot in moved:
        out.take(lot, lot.free)
        into.grant(replace(lot, granted=lot.free, remaining=lot.free, held=0, expired=0))
    left = target.finish(out, points, key=f"{key}:{EntryKind.MERGE_OUT}", basis=basis)
    first = source.finish(into, points, key=key, basis=basis)
    _move_qualifying(target, source, key=key, basis=basis, qualifying=qualifying)
    return first, left
