"""Reversing: taking earned points back, giving spent ones back."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.errors import AlreadyReversedError
from bot.domain.loyalty.account_book import AccountBook
from bot.domain.loyalty.commands import ReverseBurn, ReverseEarn
from bot.domain.loyalty.draft import Draft
from bot.domain.loyalty.entry import Entry, EntryKind, LotRef
from bot.domain.loyalty.lot import NEVER, Lot, spending_order
from bot.domain.loyalty.posting import Reversible

_GIVING = {EntryKind.EARN, EntryKind.ADJUST}
_SPENDING = {EntryKind.BURN, EntryKind.CAPTURE, EntryKind.ADJUST}


def reverse_earn(book: AccountBook, command: ReverseEarn) -> Entry:
    """Take points back: of their own lots, then of others, then as debt. What had expired is gone already.

    Raises:
        AlreadyReversedError: fewer points or qualifying points are left to be reversed.
    """
    what = _reversible(book, command)
    is_giving = any(lot.source == what.entry.ref for lot in book.lots.values()) or not what.entry.points
    if what.entry.kind not in _GIVING or not is_giving:
        raise ValueError(f"entry {what.entry.ref} gave no points")
    if command.points > what.left or command.qualifying > what.entry.change.qualifying - what.qualifying:
        raise AlreadyReversedError
    draft = book.begin(EntryKind.REVERSE_EARN)
    draft.reverses = what.entry.ref
    own = [lot for lot in book.lots.values() if lot.source == what.entry.ref]
    gone = sum(lot.expired for lot in own) - (what.reversed - what.taken)
    needed = command.points - min(command.points, gone)
    needed -= draft.take_in_order(spending_order(book.own(own)), needed)
    others = min(needed, book.account.available + draft.change.available)
    draft.take_in_order(book.enough(others), others)
    draft.owe(needed - others)
    draft.qualify(-command.qualifying, what.entry.qualified_on)
    return book.finish(draft, command.points, key=command.key, basis=command.basis, fingerprint=command.fingerprint)


def reverse_burn(book: AccountBook, command: ReverseBurn) -> Entry:
    """Give points back: to the lots they came from, where these still live, else to new ones. Debt is paid first.

    Raises:
        AlreadyReversedError: fewer points are left to be given back.
    """
    what = _reversible(book, command)
    if what.entry.kind not in _SPENDING or not any(move.remaining < 0 for move in what.moves):
        raise ValueError(f"entry {what.entry.ref} spent no points")
    if command.points > what.left:
        raise AlreadyReversedError
    draft = book.begin(EntryKind.REVERSE_BURN)
    draft.reverses = what.entry.ref
    for ref, points in _pieces(what, command.points):
        _give_back(book, draft, book.lots[ref], points=points, command=command)
    return book.finish(draft, command.points, key=command.key, basis=command.basis, fingerprint=command.fingerprint)


def _pieces(what: Reversible, points: int) -> Iterator[tuple[LotRef, int]]:
    """Cut `points` out of what was spent, last taken first, behind what was given back before."""
    skipped = what.reversed
    for move in reversed(what.moves):
        spent = -move.remaining
        behind = min(spent, skipped)
        skipped -= behind
        part = min(spent - behind, points)
        if part > 0:
            points -= part
            yield move.lot, part


def _give_back(book: AccountBook, draft: Draft, lot: Lot, *, points: int, command: ReverseBurn) -> None:
    is_alive = (lot.expires_at or NEVER) > book.now
    if is_alive and lot.ref.account == book.account.id:
        draft.give(lot, points)
        return
    expires_at = lot.expires_at if is_alive else command.expires_at
    draft.grant(
        replace(lot, granted=points, remaining=points, held=0, expired=0, is_pending=False, expires_at=expires_at)
    )


def _reversible(book: AccountBook, command: ReverseEarn | ReverseBurn) -> Reversible:
    what = book.loaded.reversible
    if what is None or what.entry.ref != command.reverses:
        raise ValueError(f"entry {command.reverses} was not loaded")
    return what
