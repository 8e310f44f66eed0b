"""SqlClubBooks: the tables of the club on one transaction."""

from bot.storage.club.ledger import SqlLedgerBook
from bot.storage.club.members import SqlMemberBook
from bot.storage.club.promo import SqlPromoBook
from bot.storage.club.purchases import SqlPurchaseBook
from bot.storage.club.rewards import SqlRewardBook
from bot.storage.contacts import Contacts
from bot.storage.transaction import Transaction


class SqlClubBooks:
    """`ClubBooks` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self.ledger = SqlLedgerBook(transaction)
        self.members = SqlMemberBook(transaction, contacts)
        self.purchases = SqlPurchaseBook(transaction)
        self.rewards = SqlRewardBook(transaction)
        self.promo = SqlPromoBook(transaction)
