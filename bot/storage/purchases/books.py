"""SqlPurchaseBooks: claims, orders and devices in one transaction."""

from bot.storage.contacts import Contacts
from bot.storage.purchases.claims import SqlClaimBook
from bot.storage.purchases.devices import SqlDeviceBook
from bot.storage.purchases.orders import SqlOrderBook
from bot.storage.transaction import Transaction


class SqlPurchaseBooks:
    """`PurchaseBooks` of one unit of work."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self.claims = SqlClaimBook(transaction, contacts)
        self.orders = SqlOrderBook(transaction)
        self.devices = SqlDeviceBook(transaction, contacts)
