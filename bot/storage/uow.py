"""SqlUnitOfWork: everything remembered, in one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.bookmarks import SqlBookmarkBook
from bot.storage.club.books import SqlClubBooks
from bot.storage.contacts import Contacts
from bot.storage.conversations import SqlConversations
from bot.storage.desk.books import SqlDeskBooks
from bot.storage.feedback import SqlFeedbackBook
from bot.storage.ignored import SqlIgnoredBook
from bot.storage.jobs import SqlJobBook
from bot.storage.members.books import SqlMembershipBooks
from bot.storage.people import SqlPeople
from bot.storage.purchases.books import SqlPurchaseBooks
from bot.storage.ratings import SqlRatingBook
from bot.storage.staff import SqlStaffBook
from bot.storage.timers import SqlTimers
from bot.storage.transaction import Transaction
from bot.storage.transcript import SqlTranscript
from bot.storage.vault.names import Names
from bot.storage.vault.vault import Vault


class SqlUnitOfWork:
    """`UnitOfWork` on one connection; whoever opened the connection closes it, and so rolls back."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._transaction = Transaction(connection)
        self._contacts = Contacts(self._transaction, Names(vault))
        self.transcript = SqlTranscript(self._transaction, self._contacts)
        self.conversations = SqlConversations(self._transaction, self._contacts)
        self.feedback = SqlFeedbackBook(self._transaction, self._contacts)
        self.ratings = SqlRatingBook(self._transaction, self._contacts)
        self.ignored = SqlIgnoredBook(self._transaction)
        self.timers = SqlTimers(self._transaction, self._contacts)
        self.people = SqlPeople(self._transaction, self._contacts)
        self.bookmarks = SqlBookmarkBook(self._transaction)
        self.membership = SqlMembershipBooks(self._transaction, self._contacts, vault)
        self.jobs = SqlJobBook(self._transaction, self._contacts)
        self.club = SqlClubBooks(self._transaction, self._contacts)
        self.purchases = SqlPurchaseBooks(self._transaction, self._contacts)
        self.staff = SqlStaffBook(self._transaction, self._contacts)
        self.desk = SqlDeskBooks(self._transaction, self._contacts)
        self.is_committed = False
        """Whether something is to be kept."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Open a turn; its savepoint is made when something shared is first touched."""
        known = dict(self._contacts.known)
        try:
            async with self._transaction.turn():
                yield
        except BaseException:
            self._contacts.known = known
            raise

    async def commit(self) -> None:
        """Keep everything."""
        await self._transaction.commit()
        self.is_committed = True
