"""Intake: what the store tells, taken in bit by bit, and those told whose receipts it settles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain.actions import Action
from bot.domain.errors import ConflictError
from bot.domain.messages import Woke
from bot.domain.purchases.claim import Claim
from bot.domain.purchases.order import Order, OrderReturn, agrees
from bot.services.ports import Clock, UnitOfWork, UnitOfWorkFactory
from bot.services.purchases.orders import Orders, TakenIn
from bot.services.purchases.receipts import Receipts

NOTICE = "receipts.notice"
"""The action that tells a member what became of a claim."""

Told: TypeAlias = Order | OrderReturn


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was read of what a store sent: each order and return with its line, and what could not be read, why."""

    told: tuple[tuple[int, Told], ...] = ()
    problems: tuple[tuple[int, str], ...] = ()


AT_ONCE = 50
_TRIES = 4
_STORED = frozenset({TakenIn.NEW, TakenIn.COMPLETED, TakenIn.UNKNOWN_CARD})
"""What may settle a receipt that waits for its order."""


@dataclass(slots=True, kw_only=True)
class Totals:
    """What became of each that was told, in order; `settled` counts receipts that could be accepted by them."""

    taken: list[TakenIn] = field(default_factory=list)
    orders: dict[TakenIn, int] = field(default_factory=dict)
    returns: dict[TakenIn, int] = field(default_factory=dict)
    settled: int = 0

    def add(self, what: Told, taken: TakenIn) -> None:
        """Count one."""
        self.taken.append(taken)
        counts = self.orders if isinstance(what, Order) else self.returns
        counts[taken] = counts.get(taken, 0) + 1


class Intake:
    """Takes orders and returns in. Whatever was told before changes nothing, so that it may be cut off anywhere."""

    def __init__(self, *, uow: UnitOfWorkFactory, orders: Orders, receipts: Receipts, clock: Clock) -> None:
        self._uow = uow
        self._orders = orders
        self._receipts = receipts
        self._clock = clock

    async def take(self, told: Sequence[Told], *, on_taken: Callable[[int], None] = lambda count: None) -> Totals:
        """Take everything in, in order; `on_taken` hears how many are done.

        Raises:
            StorageError: the database does not take part; what was heard of is kept.
        """
        totals = Totals()
        for start in range(0, len(told), AT_ONCE):
            batch = told[start : start + AT_ONCE]
            taken = await self._take_batch(batch, totals)
            for what, how in zip(batch, taken, strict=True):
                totals.add(what, how)
            on_taken(len(totals.taken))
        return totals

    async def _take_batch(self, batch: Sequence[Told], totals: Totals) -> Sequence[TakenIn]:
        try:
            return await self._in_one(batch, totals)
        except ConflictError:
            return [await self._patiently(what, totals) for what in batch]

    async def _patiently(self, what: Told, totals: Totals) -> TakenIn:
        """Take one in; whoever was quicker is done soon."""
        for _ in range(_TRIES - 1):
            try:
                return (await self._in_one([what], totals))[0]
            except ConflictError:
                continue
        return (await self._in_one([what], totals))[0]

    async def _in_one(self, batch: Sequence[Told], totals: Totals) -> Sequence[TakenIn]:
        async with self._uow() as uow:
            taken, settled = list[TakenIn](), list[Claim]()
            for what in batch:
                how, claim = await self._one(uow, what)
                taken.append(how)
                settled.extend([claim] if claim is not None else [])
            for claim in settled:
                await self._tell(uow, claim)
            await uow.commit()
        totals.settled += len(settled)
        return taken

    async def _one(self, uow: UnitOfWork, what: Told) -> tuple[TakenIn, Claim | None]:
        now = self._clock.now()
        if isinstance(what, OrderReturn):
            return await self._orders.take_back(uow, what, now=now), None
        how = await self._orders.take_in(uow, what, now=now)
        if how not in _STORED or what.receipt is None:
            return how, None
        claim = await uow.purchases.claims.holder(what.receipt)
        if claim is None or claim.receipt is None or not agrees(what, claim.receipt):
            return how, None
        settled = await self._receipts.order_came(uow, claim, now=now)
        is_counted = settled is not None and how is TakenIn.UNKNOWN_CARD
        return TakenIn.NEW if is_counted else how, settled

    async def _tell(self, uow: UnitOfWork, claim: Claim) -> None:
        addresses = await uow.club.members.addresses(claim.member)
        if addresses:
            action = Action(NOTICE, (str(claim.id),))
            woken = Woke(id=f"claim:{claim.id}", sender=addresses[0], at=self._clock.now(), action=action)
            await uow.transcript.accept([woken])
