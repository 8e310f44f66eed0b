"""SqlPurchaseBooks: claims, orders and devices in one transaction."""

from sqlalchemy import bindparam, update

from bot.domain.loyalty.member import MemberId
from bot.storage.contacts import Contacts
from bot.storage.purchases.claims import SqlClaimBook
from bot.storage.purchases.devices import SqlDeviceBook
from bot.storage.purchases.orders import SqlOrderBook
from bot.storage.purchases.tables import device_disputes, devices, orders, receipt_claims
from bot.storage.transaction import Transaction

_HAND_OVER = tuple(
    update(table).where(table.c.member_id == bindparam("source_member")).values(member_id=bindparam("target_member"))
    for table in (receipt_claims, orders, devices, device_disputes)
)


class SqlPurchaseBooks:
    """`PurchaseBooks` of one unit of work."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self.claims = SqlClaimBook(transaction, contacts)
        self.orders = SqlOrderBook(transaction)
        self.devices = SqlDeviceBook(transaction, contacts)
        self._transaction = transaction

    async def hand_over(self, source: MemberId, target: MemberId) -> None:
        """Let everything of one member be another's: they are one person."""
        await self._transaction.touch()
        for statement in _HAND_OVER:
            await self._transaction.write(statement, {"source_member": source, "target_member": target})
