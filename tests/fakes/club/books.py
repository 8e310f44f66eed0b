"""FakeClubBooks: the tables of the club in memory."""

from tests.fakes.club.ledger import FakeLedgerBook
from tests.fakes.club.tables import ClubTables
from tests.fakes.club.trade import FakeMemberBook, FakePromoBook, FakePurchaseBook, FakeRewardBook


class FakeClubBooks:
    """`ClubBooks` in memory."""

    def __init__(self, tables: ClubTables) -> None:
        self.ledger = FakeLedgerBook(tables)
        self.members = FakeMemberBook(tables)
        self.purchases = FakePurchaseBook(tables)
        self.rewards = FakeRewardBook(tables)
        self.promo = FakePromoBook(tables)
