"""Draft: one entry while it is written. What it moves between lots decides how it changes the sums."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.loyalty.entry import Change, EntryKind, EntryRef, LotRef, Move
from bot.domain.loyalty.lot import Lot


@dataclass(slots=True, kw_only=True)
class Draft:
    """An unfinished entry. `lots` are those of the ledger, changed in place; `next_lot` names a new one."""

    ref: EntryRef
    kind: EntryKind
    lots: dict[LotRef, Lot]
    next_lot: Callable[[], LotRef]
    debt: int
    """What the account owes before the entry, less what the entry has paid so far."""
    change: Change = field(default_factory=Change)
    moves: list[Move] = field(default_factory=list)
    reverses: EntryRef | None = None
    hold: EntryRef | None = None
    qualified_on: date | None = None

    def grant(self, lot: Lot) -> Lot:
        """Add a new lot, under a name of its own. It pays debt as soon as it can be spent."""
        named = replace(lot, ref=self.next_lot())
        self.lots[named.ref] = named
        self._count(pending=named.remaining) if named.is_pending else self._count(available=named.remaining)
        return self.pay_debt(named)

    def activate(self, lot: Lot) -> Lot:
        """Let pending points be spent."""
        self._move(replace(lot, is_pending=False), Move(entry=self.ref, lot=lot.ref))
        self._count(pending=-lot.remaining, available=lot.remaining)
        return self.pay_debt(self.lots[lot.ref])

    def take(self, lot: Lot, points: int) -> Lot:
        """Take free points out of a lot, pending or not."""
        if points > lot.free:
            raise ValueError(f"lot {lot.ref} has {lot.free}, not {points}")
        self._count(pending=-points) if lot.is_pending else self._count(available=-points)
        after = replace(lot, remaining=lot.remaining - points)
        return self._move(after, Move(entry=self.ref, lot=lot.ref, remaining=-points))

    def take_in_order(self, lots: Iterable[Lot], points: int) -> int:
        """Take up to `points` out of `lots`, in their order; return how many were taken."""
        left = points
        for lot in lots:
            part = min(lot.free, left)
            if part:
                self.take(lot, part)
                left -= part
        return points - left

    def give(self, lot: Lot, points: int) -> Lot:
        """Put points back into a lot that they were taken from."""
        self._count(pending=points) if lot.is_pending else self._count(available=points)
        after = replace(lot, remaining=lot.remaining + points)
        return self.pay_debt(self._move(after, Move(entry=self.ref, lot=lot.ref, remaining=points)))

    def expire(self, lot: Lot) -> Lot:
        """Take all that is free, for ever."""
        points = lot.free
        self._count(available=-points)
        after = replace(lot, remaining=lot.remaining - points, expired=lot.expired + points)
        return self._move(after, Move(entry=self.ref, lot=lot.ref, remaining=-points, expired=points))

    def set_aside(self, lots: Iterable[Lot], points: int) -> tuple[tuple[LotRef, int], ...]:
        """Hold `points` out of `lots`, in their order; return from where."""
        parts: list[tuple[LotRef, int]] = []
        for lot in lots:
            part = min(lot.free, points - sum(taken for _, taken in parts))
            if part:
                self._move(replace(lot, held=lot.held + part), Move(entry=self.ref, lot=lot.ref, held=part))
                self._count(available=-part, held=part)
                parts.append((lot.ref, part))
        return tuple(parts)

    def free(self, lot: Lot, points: int) -> Lot:
        """Give up holding."""
        self._count(available=points, held=-points)
        after = replace(lot, held=lot.held - points)
        return self.pay_debt(self._move(after, Move(entry=self.ref, lot=lot.ref, held=-points)))

    def capture(self, lot: Lot, points: int) -> Lot:
        """Spend what is held."""
        self._count(held=-points)
        after = replace(lot, held=lot.held - points, remaining=lot.remaining - points)
        return self._move(after, Move(entry=self.ref, lot=lot.ref, held=-points, remaining=-points))

    def owe(self, points: int) -> None:
        """Write down what could not be taken."""
        self.debt += points
        self._count(debt=points)

    def qualify(self, points: int, on: date | None) -> None:
        """Count `points` for the tier, for the day `on`."""
        self._count(qualifying=points)
        self.qualified_on = on

    def pay_debt(self, lot: Lot) -> Lot:
        """Pay what is owed out of a lot that can be spent."""
        paid = min(self.debt, lot.free) if lot.is_spendable else 0
        if not paid:
            return lot
        self.debt -= paid
        self._count(debt=-paid)
        return self.take(lot, paid)

    def _move(self, after: Lot, move: Move) -> Lot:
        self.lots[after.ref] = after
        self.moves.append(move)
        return after

    def _count(
        self, *, pending: int = 0, available: int = 0, held: int = 0, debt: int = 0, qualifying: int = 0
    ) -> None:
        sums = self.change
        self.change = Change(
            pending=sums.pending + pending,
            available=sums.available + available,
            held=sums.held + held,
            debt=sums.debt + debt,
            qualifying=sums.qualifying + qualifying,
        )
