"""SqlClubBooks: the tables of the club on one transaction."""

from bot.storage.club.ledger import SqlLedgerBook
from bot.storage.transaction import Transaction


class SqlClubBooks:
    """`ClubBooks` in a database."""

    def __init__(self, transaction: Transaction) -> None:
        self.ledger = SqlLedgerBook(transaction)
