"""Ledger: the rules of every operation on points.

Entries are only ever added. Points are taken soonest to expire first; what becomes available pays debt first; nothing
is lost between pending, available, held and debt. Before any operation what is due by itself is done: holds end,
pending points become available, points expire. Everything here is decided without a database: see `Loaded` for what an
operation needs and `Posting` for what it wrote.
"""

from dataclasses import replace

from bot.domain.errors import AccountFrozenError, HoldExpiredError, HoldNotFoundError, InsufficientPointsError
from bot.domain.loyalty.account import AccountStatus
from bot.domain.loyalty.account_book import AccountBook
from bot.domain.loyalty.commands import (
    Adjust,
    Burn,
    Capture,
    Command,
    Earn,
    PlaceHold,
    Release,
    ReverseBurn,
    ReverseEarn,
)
from bot.domain.loyalty.entry import Basis, Entry, EntryKind, EntryRef, LotRef
from bot.domain.loyalty.lot import Hold, Lot
from bot.domain.loyalty.reversing import reverse_burn, reverse_earn

_NAMED_LATER = 0
"""Number of a lot that its draft is about to name."""


def apply(book: AccountBook, command: Command) -> Entry:
    """Do what is due, then what is asked; return the entry of the latter.

    Raises:
        RuleViolationError: the rules forbid it; nothing of `book` may be stored.
        ValueError: the account is merged into another one, or the entry cannot be reversed in this way.
    """
    if book.account.status is AccountStatus.MERGED:
        raise ValueError(f"account {book.account.id} is merged into another one: ask that one")
    book.settle()
    entry = _perform(book, command)
    book.settle()
    return entry


def _perform(book: AccountBook, command: Command) -> Entry:  # noqa: C901, PLR0911 - one way out each
    match command:
        case Earn():
            return _earn(book, command)
        case PlaceHold():
            return _place_hold(book, command)
        case Capture():
            return _capture(book, command)
        case Release():
            hold = _open_hold(book, command.hold)
            return book.release(hold, key=command.key, basis=command.basis, fingerprint=command.fingerprint)
        case Burn():
            return _spend(book, command, command.points)
        case Adjust():
            return _adjust(book, command)
        case ReverseEarn():
            return reverse_earn(book, command)
        case ReverseBurn():
            return reverse_burn(book, command)


def _earn(book: AccountBook, command: Earn) -> Entry:
    draft = book.begin(EntryKind.EARN)
    if command.points:
        draft.grant(
            Lot(
                ref=LotRef(book.account.id, _NAMED_LATER),
                source=draft.ref,
                granted=command.points,
                remaining=command.points,
                is_pending=command.activates_at is not None and command.activates_at > book.now,
                activates_at=command.activates_at,
                expires_at=command.expires_at,
            )
        )
    draft.qualify(command.qualifying, command.qualified_on)
    return book.finish(draft, command.points, key=command.key, basis=command.basis, fingerprint=command.fingerprint)


def _place_hold(book: AccountBook, command: PlaceHold) -> Entry:
    _require(book, command.points)
    draft = book.begin(EntryKind.HOLD)
    draft.hold = draft.ref
    parts = draft.set_aside(book.enough(command.points), command.points)
    book.holds[draft.ref] = Hold(ref=draft.ref, points=command.points, expires_at=command.expires_at, parts=parts)
    return book.finish(draft, command.points, key=command.key, basis=command.basis, fingerprint=command.fingerprint)


def _capture(book: AccountBook, command: Capture) -> Entry:
    hold = _open_hold(book, command.hold)
    if command.points > hold.points:
        raise InsufficientPointsError(available=hold.points, needed=command.points)
    draft = book.begin(EntryKind.CAPTURE)
    draft.hold = hold.ref
    left, rest = command.points, list[tuple[LotRef, int]]()
    for lot, points in hold.parts:
        part = min(points, left)
        if part:
            draft.capture(book.lots[lot], part)
        if part < points:
            rest.append((lot, points - part))
        left -= part
    entry = book.finish(draft, command.points, key=command.key, basis=command.basis, fingerprint=command.fingerprint)
    _release_rest(book, hold, rest)
    book.holds[hold.ref] = replace(hold, captured=command.points, released=hold.points - command.points)
    return entry


def _release_rest(book: AccountBook, hold: Hold, rest: list[tuple[LotRef, int]]) -> None:
    if not rest:
        return
    draft = book.begin(EntryKind.RELEASE)
    draft.hold = hold.ref
    for lot, points in rest:
        draft.free(book.lots[lot], points)
    points = sum(part for _, part in rest)
    book.finish(draft, points, key=f"release:{hold.ref}", basis=Basis(reason="rest"))


def _spend(book: AccountBook, command: Burn | Adjust, points: int) -> Entry:
    _require(book, points)
    draft = book.begin(EntryKind.BURN if isinstance(command, Burn) else EntryKind.ADJUST)
    draft.take_in_order(book.enough(points), points)
    return book.finish(draft, points, key=command.key, basis=command.basis, fingerprint=command.fingerprint)


def _adjust(book: AccountBook, command: Adjust) -> Entry:
    if command.points < 0:
        return _spend(book, command, -command.points)
    draft = book.begin(EntryKind.ADJUST)
    draft.grant(
        Lot(
            ref=LotRef(book.account.id, _NAMED_LATER),
            source=draft.ref,
            granted=command.points,
            remaining=command.points,
            expires_at=command.expires_at,
        )
    )
    return book.finish(draft, command.points, key=command.key, basis=command.basis, fingerprint=command.fingerprint)


def _require(book: AccountBook, points: int) -> None:
    if book.account.status is AccountStatus.FROZEN:
        raise AccountFrozenError
    if book.account.available < points:
        raise InsufficientPointsError(available=book.account.available, needed=points)


def _open_hold(book: AccountBook, ref: EntryRef) -> Hold:
    hold = book.holds.get(ref)
    if hold is None:
        raise HoldNotFoundError
    if not hold.is_open:
        raise HoldExpiredError if hold.expires_at <= book.now and not hold.captured else HoldNotFoundError
    return hold
