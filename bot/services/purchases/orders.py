"""Orders: taken in as often as the store tells them, counted once, given back in proportion."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from bot.domain.loyalty.card import CardNumber
from bot.domain.loyalty.earning import Purchase
from bot.domain.loyalty.member import Member
from bot.domain.loyalty.program import Program
from bot.domain.purchases.claim import ClaimState
from bot.domain.purchases.order import (
    Order,
    OrderReturn,
    StoredOrder,
    agrees,
    is_of_another_card,
    is_same_sale,
    lines_back,
    names_goods_of,
)
from bot.domain.receipts.receipt import AHEAD_LIMIT, Receipt
from bot.services.club.purchases import Purchases, Recorded
from bot.services.ports import UnitOfWork
from bot.services.purchases.counting import (
    Categories,
    counted_lines,
    purchase_of_order,
    purchase_of_receipt,
)


class TakenIn(StrEnum):
    """What became of an order or a return that the store told."""

    NEW = "new"
    COMPLETED = "completed"  # a card or a receipt came later
    KNOWN = "known"
    CONFLICTING = "conflicting"  # the same number, something else bought: what we have stays
    AHEAD = "ahead"  # of a day that has not come
    UNKNOWN_CARD = "unknown-card"  # stored, but nobody has this card
    UNKNOWN_ORDER = "unknown-order"  # a return of what we never had
    UNKNOWN_GOODS = "unknown-goods"  # a return of what the order does not have; it can be told again, corrected


class Orders:
    """What the store sold and took back. Never commits."""

    def __init__(self, purchases: Purchases, categories: Categories, program: Callable[[], Program]) -> None:
        self._purchases = purchases
        self._categories = categories
        self._program = program

    async def take_in(self, uow: UnitOfWork, order: Order, *, now: datetime) -> TakenIn:
        """Store an order and count it for whose card was shown. A card may be corrected until it was counted.

        Raises:
            ConflictError: somebody else stores it now; here or by the commit.
        """
        if order.bought_at - now > AHEAD_LIMIT:
            return TakenIn.AHEAD
        stored = await uow.purchases.orders.find(order.key)
        if stored is None:
            number = await uow.purchases.orders.add(order, at=now)
            is_clear = await self._count_by_card(uow, StoredOrder(id=number, order=order), now=now)
            return TakenIn.NEW if is_clear else TakenIn.UNKNOWN_CARD
        if not is_same_sale(stored.order, order) or is_of_another_card(stored, order):
            return TakenIn.CONFLICTING
        return await self._complete(uow, stored, order, now=now)

    async def take_back(self, uow: UnitOfWork, what: OrderReturn, *, now: datetime) -> TakenIn:
        """Store a return, and take the points of what came back."""
        stored = await uow.purchases.orders.find(what.key)
        if stored is None:
            return TakenIn.UNKNOWN_ORDER
        if not names_goods_of(stored.order, what):
            return TakenIn.UNKNOWN_GOODS
        lines = lines_back(stored, what)
        if not await uow.purchases.orders.add_return(stored.id, what, lines, at=now):
            return TakenIn.KNOWN
        after = await uow.purchases.orders.find(what.key)
        if after is not None and after.is_counted and lines:
            back = counted_lines(after, lines)
            await self._purchases.give_back(uow, source=what.source, of=after.source, lines=back, now=now)
        return TakenIn.NEW

    async def count_receipt(
        self, uow: UnitOfWork, member: Member, receipt: Receipt, *, now: datetime
    ) -> tuple[str, int] | None:
        """Give the points of what a receipt proves; return the purchase's name and the points.

        None where another member has the points of this purchase.
        """
        stored = await uow.purchases.orders.by_receipt(receipt.key)
        if stored is not None and stored.is_counted:
            return (stored.source, 0) if stored.member == member.id else None
        if stored is not None and agrees(stored.order, receipt):
            return await self._count(uow, stored, member, now=now)
        purchase = purchase_of_receipt(receipt, self._program().zone)
        recorded = await self._record(uow, member, purchase, now=now)
        if stored is not None:
            await uow.purchases.orders.count_for(stored.id, member.id, purchase.source)
        return purchase.source, _points_of(recorded)

    async def _complete(self, uow: UnitOfWork, stored: StoredOrder, told: Order, *, now: datetime) -> TakenIn:
        """Note what was not told before, and count an order that was not counted."""
        card, receipt = told.card or stored.order.card, stored.order.receipt or told.receipt
        is_more = (card, receipt) != (stored.order.card, stored.order.receipt)
        if is_more:
            await uow.purchases.orders.complete(stored.id, card=card, receipt=receipt)
        completed = await uow.purchases.orders.find(told.key)
        if completed is None or completed.is_counted:
            return TakenIn.COMPLETED if is_more else TakenIn.KNOWN
        if not await self._count_by_card(uow, completed, now=now):
            return TakenIn.UNKNOWN_CARD
        return TakenIn.COMPLETED if is_more or card else TakenIn.KNOWN

    async def _count_by_card(self, uow: UnitOfWork, stored: StoredOrder, *, now: datetime) -> bool:
        """Count an order for its card; one whose receipt was accepted before was counted by that.

        False where nobody has the card.
        """
        receipt = stored.order.receipt
        holder = await uow.purchases.claims.holder(receipt) if receipt is not None else None
        if holder is not None and holder.state is ClaimState.ACCEPTED:
            await uow.purchases.orders.count_for(stored.id, holder.member, holder.source)
            return True
        card = stored.order.card
        member = await uow.club.members.by_card(CardNumber(card)) if card else None
        if member is None or not member.is_active:
            return not card
        await self._count(uow, stored, member, now=now)
        return True

    async def _count(self, uow: UnitOfWork, stored: StoredOrder, member: Member, *, now: datetime) -> tuple[str, int]:
        """Count an order, less what came back before it was counted."""
        purchase = purchase_of_order(stored, self._categories)
        recorded = await self._record(uow, member, purchase, now=now)
        await uow.purchases.orders.count_for(stored.id, member.id, purchase.source)
        if not stored.returned:
            return purchase.source, _points_of(recorded)
        source = f"return:{stored.order.key.store}:{stored.order.key.number}:before"
        back = await self._purchases.give_back(uow, source=source, of=purchase.source, lines=stored.returned, now=now)
        return purchase.source, _points_of(recorded) - (_points_of(back) if back is not None else 0)

    async def _record(self, uow: UnitOfWork, member: Member, purchase: Purchase, *, now: datetime) -> Recorded:
        return await self._purchases.record(uow, self._program(), member.id, purchase, now=now)


def _points_of(recorded: Recorded) -> int:
    """Sum up what its own member got, or gave back: a friend may have got something too."""
    account = recorded.member.account if recorded.member else None
    return sum(entry.points for entry in recorded.entries if entry.ref.account == account)
