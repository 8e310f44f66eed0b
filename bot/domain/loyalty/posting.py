"""Posting: what an operation needs of an account, and what it wrote."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.loyalty.account import Account
from bot.domain.loyalty.entry import Entry, EntryKind, Move
from bot.domain.loyalty.lot import Hold, Lot


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Everything an operation wrote: to be stored whole or not at all. Empty when nothing happened.

    `new_lots` and `new_holds` are to be added, `lots` and `holds` to be changed.
    """

    before: Account
    account: Account
    entries: tuple[Entry, ...] = ()
    moves: tuple[Move, ...] = ()
    new_lots: tuple[Lot, ...] = ()
    lots: tuple[Lot, ...] = ()
    new_holds: tuple[Hold, ...] = ()
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversible:
    """An entry to be reversed: what it moved, in order, and what was reversed before.

    `reversed` and `taken` are the points of earlier reversals: all, and without those that had expired.
    """

    entry: Entry
    moves: tuple[Move, ...] = ()
    reversed: int = 0
    taken: int = 0
    qualifying: int = 0

    @property
    def left(self) -> int:
        """How many points can still be reversed."""
        return self.entry.points - self.reversed


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What an operation needs of an account.

    `lots` are all that are due, those of its holds, those to be spent as far as the operation goes, and those that the
    reversed entry is about; `holds` are the open ones that are due, and the named one. `repeated` is what was written
    under the same key before.
    """

    account: Account
    lots: Iterable[Lot] = ()
    holds: Iterable[Hold] = ()
    reversible: Reversible | None = None
    repeated: Entry | None = None


def reversible(entry: Entry, moves: Iterable[Move], earlier: Iterable[Entry]) -> Reversible:
    """Put together what is known of an entry and of the `earlier` reversals of it."""
    before = tuple(earlier)
    return Reversible(
        entry=entry,
        moves=tuple(moves),
        reversed=sum(each.points for each in before),
        taken=sum(_taken_by(each) for each in before),
        qualifying=-sum(each.change.qualifying for each in before),
    )


def _taken_by(reversal: Entry) -> int:
    if reversal.kind is not EntryKind.REVERSE_EARN:
        return reversal.points
    return reversal.change.debt - reversal.change.pending - reversal.change.available
