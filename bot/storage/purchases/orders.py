"""Orders of the store as rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.loyalty.member import MemberId
from bot.domain.purchases.order import Order, OrderId, OrderKey, OrderLine, OrderReturn, StoredOrder
from bot.domain.receipts.receipt import ReceiptKey
from bot.storage.codec import storable
from bot.storage.purchases.tables import order_lines, order_returns, orders
from bot.storage.statements import insert_new
from bot.storage.transaction import Transaction

_ADD = insert(orders).returning(orders.c.id)
_ADD_LINES = insert(order_lines)
FIND = (
    select(orders).where(orders.c.store == bindparam("store"), orders.c.number == bindparam("number")).with_for_update()
)
BY_RECEIPT = (
    select(orders)
    .where(orders.c.drive == bindparam("drive"), orders.c.document == bindparam("document"))
    .order_by(orders.c.id)
    .limit(1)
    .with_for_update()
)
BY_NUMBER = select(orders).where(orders.c.number == bindparam("number")).order_by(orders.c.id)
OF_MEMBER = select(orders).where(orders.c.member_id == bindparam("member")).order_by(orders.c.id.desc())
_LINES = select(order_lines).where(order_lines.c.order_id == bindparam("order")).order_by(order_lines.c.number)
_CHANGE = update(orders).where(orders.c.id == bindparam("order"))
_ADD_RETURN = insert_new(order_returns, unique=("order_id", "number"), returning=(order_returns.c.number,))
_RETURN_LINE = (
    update(order_lines)
    .where(order_lines.c.order_id == bindparam("order"), order_lines.c.number == bindparam("line"))
    .values(returned_kopecks=order_lines.c.returned_kopecks + bindparam("kopecks"))
)


class SqlOrderBook:
    """`OrderBook` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, order: Order, *, at: datetime) -> OrderId:
        """Store an order.

        Raises:
            ConflictError: it was stored before; here or by the commit.
        """
        await self._transaction.touch()
        row = {
            "store": storable(order.key.store),
            "number": storable(order.key.number),
            "bought_at": order.bought_at,
            "card": storable(order.card),
            **_receipt_row(order.receipt),
            "source": "",
            "stored_at": at,
        }
        stored = OrderId((await self._transaction.fetch(_ADD, [row]))[0].id)
        lines = [
            {
                "order_id": stored,
                "number": line.number,
                "product": storable(line.product),
                "name": storable(line.name),
                "serial": storable(line.serial),
                "paid_kopecks": line.paid_kopecks,
            }
            for line in order.lines
        ]
        await self._transaction.write(_ADD_LINES, lines)
        return stored

    async def find(self, key: OrderKey) -> StoredOrder | None:
        """Return an order, locked until the end."""
        await self._transaction.touch()
        return await self._first(FIND, {"store": storable(key.store), "number": storable(key.number)})

    async def by_receipt(self, key: ReceiptKey) -> StoredOrder | None:
        """Return the order that was paid by a receipt, the first stored; locked until the end."""
        await self._transaction.touch()
        return await self._first(BY_RECEIPT, {"drive": key.drive, "document": key.document})

    async def by_number(self, number: str) -> Sequence[StoredOrder]:
        """Return the orders of that number, of all stores."""
        rows = await self._transaction.fetch(BY_NUMBER, {"number": storable(number)})
        return [await self._order(row) for row in rows]

    async def of(self, member: MemberId) -> Sequence[StoredOrder]:
        """Return the orders that gave a member points, latest stored first."""
        return [await self._order(row) for row in await self._transaction.fetch(OF_MEMBER, {"member": member})]

    async def complete(self, order: OrderId, *, card: str, receipt: ReceiptKey | None) -> None:
        """Note a card and a receipt that the store told later."""
        await self._transaction.touch()
        await self._transaction.write(_CHANGE, {"order": order, "card": storable(card), **_receipt_row(receipt)})

    async def count_for(self, order: OrderId, member: MemberId, source: str) -> None:
        """Note whose points an order gave, and by which name."""
        await self._transaction.touch()
        await self._transaction.write(_CHANGE, {"order": order, "member_id": member, "source": storable(source)})

    async def add_return(self, order: OrderId, what: OrderReturn, lines: Mapping[int, int], *, at: datetime) -> bool:
        """Note what came back, in kopecks by line; False when this return was stored before."""
        await self._transaction.touch()
        row = {
            "order_id": order,
            "number": storable(what.number),
            "lines": json.dumps({str(line): kopecks for line, kopecks in lines.items()}),
            "returned_at": what.returned_at,
            "stored_at": at,
        }
        if not await self._transaction.fetch(_ADD_RETURN, [row]):
            return False
        changes = [{"order": order, "line": line, "kopecks": kopecks} for line, kopecks in lines.items()]
        await self._transaction.write(_RETURN_LINE, changes)
        return True

    async def _first(self, statement: Any, values: Mapping[str, object]) -> StoredOrder | None:
        rows = await self._transaction.fetch(statement, values)
        return await self._order(rows[0]) if rows else None

    async def _order(self, row: Row[Any]) -> StoredOrder:
        lines = await self._transaction.fetch(_LINES, {"order": row.id})
        order = Order(
            key=OrderKey(row.store, row.number),
            bought_at=row.bought_at,
            card=row.card,
            receipt=None if row.drive is None else ReceiptKey(row.drive, row.document),
            lines=tuple(
                OrderLine(
                    number=line.number,
                    product=line.product,
                    name=line.name,
                    serial=line.serial,
                    paid_kopecks=line.paid_kopecks,
                )
                for line in lines
            ),
        )
        return StoredOrder(
            id=OrderId(row.id),
            order=order,
            member=None if row.member_id is None else MemberId(row.member_id),
            source=row.source,
            returned={line.number: line.returned_kopecks for line in lines if line.returned_kopecks},
        )


def _receipt_row(receipt: ReceiptKey | None) -> dict[str, object]:
    return {"drive": receipt.drive if receipt else None, "document": receipt.document if receipt else None}
