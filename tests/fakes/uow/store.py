"""FakeDatabase: the store itself, one unit of work at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.fakes.club.books import FakeClubBooks
from tests.fakes.desk.books import FakeDeskBooks
from tests.fakes.members import FakeMembershipBooks
from tests.fakes.purchases.books import FakePurchaseBooks, FakeStaffBook
from tests.fakes.uow.books import (
    FakeBookmarkBook,
    FakeConversations,
    FakeFeedbackBook,
    FakeIgnoredBook,
    FakeJobBook,
    FakePeople,
    FakeRatingBook,
    FakeTimers,
)
from tests.fakes.uow.privacy import FakePrivacyBook
from tests.fakes.uow.tables import FakeTables
from tests.fakes.uow.transcript import FakeTranscript

_SHARED = (
    "feedback",
    "ratings",
    "ignored",
    "timers",
    "jobs",
    "unreachable",
    "bookmarks",
    "club",
    "membership",
    "purchases",
    "desk",
)


class FakeUnitOfWork:
    """`UnitOfWork` on a snapshot of the store; commit puts the snapshot in its place."""

    def __init__(self, store: "FakeDatabase") -> None:
        self._store = store
        self.tables = self._begin(store.tables)
        self.transcript = FakeTranscript(self.tables, poison=store.poison)
        self.conversations = FakeConversations(self.tables)
        self.feedback = FakeFeedbackBook(self.tables)
        self.ratings = FakeRatingBook(self.tables)
        self.ignored = FakeIgnoredBook(self.tables)
        self.timers = FakeTimers(self.tables)
        self.people = FakePeople(self.tables)
        self.bookmarks = FakeBookmarkBook(self.tables)
        self.jobs = FakeJobBook(self.tables)
        self._open_club()

    def _begin(self, tables: FakeTables) -> FakeTables:
        return tables.copy()

    def _open_club(self) -> None:
        self.club = FakeClubBooks(self.tables.club)
        self.purchases = FakePurchaseBooks(self.tables.purchases, self.tables.club)
        self.staff = FakeStaffBook(self.tables.purchases)
        self.desk = FakeDeskBooks(self.tables)
        self.membership = FakeMembershipBooks(self.tables.membership, FakePrivacyBook(self.tables), self.tables.club)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Undo what is shared when the block ends with an exception."""
        before = self.tables.copy()
        try:
            yield
        except BaseException:
            for name in _SHARED:
                setattr(self.tables, name, getattr(before, name))
            self._open_club()
            raise

    async def commit(self) -> None:
        """Keep everything."""
        self._store.tables = self.tables.copy()


class FakeDatabase:
    """A database in memory: `unit_of_work` is a `UnitOfWorkFactory`, one at a time.

    The event whose id is `poison` is refused.
    """

    def __init__(self) -> None:
        self.tables = FakeTables()
        self.poison = ""
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[FakeUnitOfWork]:
        """Open a unit of work; leaving without `commit` rolls back."""
        async with self._lock:
            yield FakeUnitOfWork(self)


class ForgetfulUnitOfWork(FakeUnitOfWork):
    """Keeps only what waits: for benches that ask what the rest costs. Knows no repeats, undoes nothing."""

    def _begin(self, tables: FakeTables) -> FakeTables:
        return tables  # a snapshot would cost more than a database does

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Undo nothing."""
        yield

    async def commit(self) -> None:
        """Drop what is done."""
        tables = self.tables
        for event in [id_ for id_, row in tables.inbound.items() if row.turn is not None]:
            del tables.inbound[event]
        for message in [id_ for id_, row in tables.outbound.items() if row.status != "queued"]:
            del tables.outbound[message]
        tables.seen.clear()


class ForgetfulDatabase(FakeDatabase):
    """A store that keeps nothing but work to do and conversations."""

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[FakeUnitOfWork]:
        """Open a unit of work that forgets."""
        async with self._lock:
            yield ForgetfulUnitOfWork(self)
