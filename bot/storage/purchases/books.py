"""SqlPurchaseBooks: claims, orders and devices in one transaction."""

from collections.abc import Mapping

from sqlalchemy import bindparam, update

from bot.domain.loyalty.member import MemberId
from bot.storage.club.trade_tables import purchases, vouchers
from bot.storage.contacts import Contacts
from bot.storage.purchases.claims import SqlClaimBook
from bot.storage.purchases.devices import SqlDeviceBook
from bot.storage.purchases.orders import SqlOrderBook
from bot.storage.purchases.tables import device_disputes, devices, orders, receipt_claims
from bot.storage.transaction import Transaction

_OWNED = (receipt_claims, orders, devices, device_disputes, purchases, vouchers)
_HAND_OVER = {
    table.name: update(table)
    .where(table.c.member_id == bindparam("source_member"))
    .values(member_id=bindparam("target_member"))
    .returning(table.c.id)
    for table in _OWNED
}
_HAND_BACK = {
    table.name: update(table)
    .where(table.c.member_id == bindparam("source_member"), table.c.id.in_(bindparam("numbers", expanding=True)))
    .values(member_id=bindparam("target_member"))
    for table in _OWNED
}


class SqlPurchaseBooks:
    """`PurchaseBooks` of one unit of work."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self.claims = SqlClaimBook(transaction, contacts)
        self.orders = SqlOrderBook(transaction)
        self.devices = SqlDeviceBook(transaction, contacts)
        self._transaction = transaction

    async def hand_over(self, source: MemberId, target: MemberId) -> Mapping[str, tuple[int, ...]]:
        """Let everything of one member be another's, as they are one person; return its numbers, by book."""
        await self._transaction.touch()
        values = {"source_member": source, "target_member": target}
        moved = {name: await self._transaction.fetch(statement, values) for name, statement in _HAND_OVER.items()}
        return {name: tuple(int(row.id) for row in rows) for name, rows in moved.items() if rows}

    async def hand_back(self, source: MemberId, target: MemberId, numbers: Mapping[str, tuple[int, ...]]) -> None:
        """Let `target` have what `source` has of these again."""
        await self._transaction.touch()
        for name, statement in _HAND_BACK.items():
            values = {"source_member": source, "target_member": target, "numbers": list(numbers.get(name, ()))}
            await self._transaction.write(statement, values)
