"""Club ports: what the club needs of storage."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.loyalty.account import Account, AccountStatus
from bot.domain.loyalty.audit import Books
from bot.domain.loyalty.entry import AccountId, Entry, EntryRef
from bot.domain.loyalty.posting import Loaded, Posting
from bot.services.books import BookmarkBook
from bot.services.club.books import MemberBook, PromoBook, PurchaseBook, RewardBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an operation needs of an account besides what is due.

    `points` are to be had from the lots that are spent first; `hold` and `reverses` name what it is about;
    `is_whole` is every lot with points in it, and every open hold.
    """

    key: str = ""
    points: int = 0
    hold: EntryRef | None = None
    reverses: EntryRef | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """Points of an account that expire at one moment, what is held left out."""

    account: AccountId
    at: datetime
    points: int


class LedgerBook(Protocol):
    """Points: entries, and what is kept beside them to be quick."""

    async def create(self) -> AccountId:
        """Open an empty account."""
        ...

    async def account(self, account: AccountId) -> Account | None:
        """Return the sums of an account as last written, not settled."""
        ...

    async def load(self, account: AccountId, need: Need, *, now: datetime) -> Loaded | None:
        """Lock an account, then return what an operation needs; None when there is no such account.

        With `need.key`, `Loaded.repeated` is the entry that was written under it before.
        """
        ...

    async def load_many(
        self, accounts: Sequence[AccountId], *, keys: Sequence[str], now: datetime, lots: int
    ) -> tuple[Mapping[AccountId, Loaded], Mapping[str, Entry]]:
        """Lock accounts, lowest id first; return what is due in each and its first `lots` to be spent.

        With them come the entries written under any of `keys` before.
        """
        ...

    async def peek(self, account: AccountId, *, now: datetime, lots: int) -> Loaded | None:
        """Return what a balance needs, without locking: what is due and the first `lots` to expire."""
        ...

    async def load_due(self, *, now: datetime, limit: int) -> Sequence[Loaded]:
        """Lock accounts in which something is due, at most `limit`, longest due first; return what is due in each.

        Accounts that somebody else works on are left out.
        """
        ...

    async def count_due(self, *, now: datetime) -> int:
        """Count the lots and holds that are due."""
        ...

    async def next_due_at(self) -> datetime | None:
        """Tell when something is due next, or has been since; None when nothing ever is."""
        ...

    async def expiring(self, *, since: datetime, after: AccountId, until: datetime, limit: int) -> Sequence[Expiring]:
        """Return available points that expire from `since` to `until`, both included, by moment and account.

        Of those that expire at `since` only what accounts behind `after` have; at most `limit`.
        """
        ...

    async def post(self, postings: Sequence[Posting]) -> None:
        """Store postings, each of another account.

        Raises:
            ConflictError: a key was used, or somebody else wrote to one of the accounts; here or by the commit.
        """
        ...

    async def entry(self, ref: EntryRef) -> Entry | None:
        """Return one entry."""
        ...

    async def find(self, key: str) -> Entry | None:
        """Return the entry written under `key`."""
        ...

    async def reversed(self, ref: EntryRef) -> tuple[int, int]:
        """Return how many points and qualifying points of an entry were reversed."""
        ...

    async def history(self, account: AccountId, *, before: int | None, limit: int) -> Sequence[Entry]:
        """Return the entries of an account, latest first, those numbered below `before`."""
        ...

    async def qualifying(self, account: AccountId, *, since: date) -> Mapping[date, int]:
        """Return the qualifying points of each month from `since` on, by its first day."""
        ...

    async def brought(self, account: AccountId) -> tuple[Collection[EntryRef], Mapping[date, int]]:
        """Return what a merged account brought: the entries that granted its lots, and its qualifying points by day."""
        ...

    async def mark(self, account: AccountId, status: AccountStatus) -> None:
        """Freeze an account, or open it again."""
        ...

    async def books(self, *, after: AccountId, limit: int) -> Sequence[Books]:
        """Return everything of the accounts behind `after`, by id, at most `limit`."""
        ...


class ClubBooks(Protocol):
    """The tables of the club."""

    @property
    def ledger(self) -> LedgerBook: ...
    @property
    def members(self) -> MemberBook: ...
    @property
    def purchases(self) -> PurchaseBook: ...
    @property
    def rewards(self) -> RewardBook: ...
    @property
    def promo(self) -> PromoBook: ...


class ClubUnit(Protocol):
    """What the club needs of a unit of work."""

    @property
    def club(self) -> ClubBooks: ...
    @property
    def bookmarks(self) -> BookmarkBook: ...
