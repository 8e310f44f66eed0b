"""FakeClubBooks: the tables of the club in memory."""

from tests.fakes.club.ledger import FakeLedgerBook
from tests.fakes.club.tables import ClubTables


class FakeClubBooks:
    """`ClubBooks` in memory."""

    def __init__(self, tables: ClubTables) -> None:
        self.ledger = FakeLedgerBook(tables)
