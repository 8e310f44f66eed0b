"""Points: every operation of the ledger, once for each key, on the account that is in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import BotError
from bot.domain.loyalty.account import Balance
from bot.domain.loyalty.account_book import AccountBook
from bot.domain.loyalty.commands import Command
from bot.domain.loyalty.entry import AccountId, Basis, Entry, EntryKind, EntryRef
from bot.domain.loyalty.ledger import apply
from bot.domain.loyalty.merging import merge, undo_merge
from bot.domain.loyalty.posting import Loaded, Posting
from bot.services.club.batch import Batch
from bot.services.club.ports import ClubUnit, Need
from bot.services.club.posting import STOPPED, Posted, check_repeat, in_use, need_of, refuse_if_stopped

__all__ = ["STOPPED", "Points", "Posted"]

_SOONEST = 16
"""Lots that a balance looks at for what expires first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An account in which something was due; `activated` points can be spent now that could not before."""

    account: AccountId
    activated: int = 0


class Points:
    """Operations on points. Never commits."""

    async def post(self, unit: ClubUnit, command: Command, *, now: datetime) -> Posted:
        """Do what is asked, or return what was done under the same key. Locks the account.

        Raises:
            RuleViolationError: the rules forbid it.
            RepeatedKeyError: the key stands for something else.
            ValueError: no such account.
        """
        await refuse_if_stopped(unit, command)
        loaded = await self._load(unit, command.account, need_of(command), now=now)
        if loaded.repeated is not None:
            await check_repeat(unit, loaded.repeated, command, loaded.account.id)
            return Posted(entry=loaded.repeated, account=loaded.account, is_repeated=True)
        book = AccountBook(loaded=loaded, now=now)
        entry = apply(book, command)
        await unit.club.ledger.post([book.posting()])
        return Posted(entry=entry, account=book.account)

    async def post_all(
        self, unit: ClubUnit, commands: Sequence[Command], *, now: datetime
    ) -> Sequence[Posted | BotError]:
        """Do many things in order, as `post` would one by one, at a fraction of the cost; tell what came of each.

        What is refused leaves nothing behind and the others alone. What is about a hold, an earlier entry or a merged
        account comes after the rest. Locks all the accounts.

        Raises:
            ValueError: no such account.
        """
        return await Batch(self, unit, commands, now=now).post()

    async def balance(self, unit: ClubUnit, account: AccountId, *, now: datetime) -> Balance:
        """Tell what somebody has at `now`: what is due counts as done. Writes and locks nothing.

        Raises:
            ValueError: no such account.
        """
        ledger = unit.club.ledger
        loaded = await ledger.peek(account, now=now, lots=_SOONEST)
        while loaded is not None and loaded.account.merged_into is not None:
            loaded = await ledger.peek(loaded.account.merged_into, now=now, lots=_SOONEST)
        if loaded is None:
            raise ValueError(f"there is no account {account}")
        book = AccountBook(loaded=loaded, now=now)
        book.settle()
        return book.balance()

    async def history(
        self, unit: ClubUnit, account: AccountId, *, before: int | None = None, limit: int = 10
    ) -> Sequence[Entry]:
        """Return a page of entries, latest first; the next page is `before` the number of the last one."""
        return await unit.club.ledger.history(await self.in_use(unit, account), before=before, limit=limit)

    async def explain(self, unit: ClubUnit, ref: EntryRef) -> Basis | None:
        """Tell by which rule, in which version and from which inputs an entry was counted; None without the entry."""
        entry = await unit.club.ledger.entry(ref)
        return None if entry is None else entry.basis

    async def qualifying(self, unit: ClubUnit, account: AccountId, *, since: date) -> int:
        """Count the qualifying points of all months from that of `since` on."""
        months = await unit.club.ledger.qualifying(await self.in_use(unit, account), since=since.replace(day=1))
        return sum(months.values())

    async def merge(
        self, unit: ClubUnit, source: AccountId, target: AccountId, *, key: str, basis: Basis, now: datetime
    ) -> Posted:
        """Move everything of `source` to `target`, once for each key. Locks both, the lower id first.

        Raises:
            ValueError: they are one account, or one of them is merged into a third.
        """
        ledger = unit.club.ledger
        done = await ledger.find(key)
        if done is not None:
            return Posted(entry=done, account=await in_use(unit, target), is_repeated=True)
        for account in sorted((source, target)):
            await ledger.load(account, Need(), now=now)
        left = await self._load_exactly(unit, source, Need(is_whole=True), now=now)
        into = await self._load_exactly(unit, target, Need(points=left.account.debt), now=now)
        months = await ledger.qualifying(source, since=date.min)
        books = AccountBook(loaded=left, now=now), AccountBook(loaded=into, now=now)
        _, entry = merge(*books, key=key, basis=basis, qualifying=months)
        await ledger.post([book.posting() for book in books])
        return Posted(entry=entry, account=books[1].account)

    async def undo_merge(
        self, unit: ClubUnit, source: AccountId, target: AccountId, *, key: str, basis: Basis, now: datetime
    ) -> Posted:
        """Move what is left of `source` back from `target` and open it again, once for each key. Locks both.

        Raises:
            ValueError: `source` is not merged into `target`.
        """
        ledger = unit.club.ledger
        done = await ledger.find(key)
        if done is not None:
            return Posted(entry=done, account=await in_use(unit, done.ref.account), is_repeated=True)
        for account in sorted((source, target)):
            await ledger.load(account, Need(), now=now)
        left = await self._load_exactly(unit, source, Need(), now=now)
        into = await self._load_exactly(unit, target, Need(is_whole=True), now=now)
        came_from, months = await ledger.brought(source)
        books = AccountBook(loaded=left, now=now), AccountBook(loaded=into, now=now)
        entry, _ = undo_merge(*books, came_from=came_from, key=key, basis=basis, qualifying=months)
        await ledger.post([book.posting() for book in books])
        return Posted(entry=entry, account=books[0].account)

    async def settle(self, unit: ClubUnit, *, now: datetime, limit: int) -> int:
        """Do what is due in at most `limit` accounts; return in how many. Again and again until 0, it does it all."""
        return len(await self.settle_some(unit, now=now, limit=limit))

    async def settle_some(self, unit: ClubUnit, *, now: datetime, limit: int) -> Sequence[Settled]:
        """Do the same, and return what became of each account."""
        loaded = await unit.club.ledger.load_due(now=now, limit=limit)
        postings = []
        for each in loaded:
            book = AccountBook(loaded=each, now=now)
            book.settle()
            postings.append(book.posting())
        await unit.club.ledger.post(postings)
        return [Settled(account=posting.account.id, activated=_activated(posting)) for posting in postings]

    async def in_use(self, unit: ClubUnit, account: AccountId) -> AccountId:
        """Follow an account through merges to the one that is in use."""
        return (await in_use(unit, account)).id

    async def _load(self, unit: ClubUnit, account: AccountId, need: Need, *, now: datetime) -> Loaded:
        loaded = await self._load_exactly(unit, account, need, now=now)
        while loaded.account.merged_into is not None:
            loaded = await self._load_exactly(unit, loaded.account.merged_into, need, now=now)
        return loaded

    async def _load_exactly(self, unit: ClubUnit, account: AccountId, need: Need, *, now: datetime) -> Loaded:
        loaded = await unit.club.ledger.load(account, need, now=now)
        if loaded is None:
            raise ValueError(f"there is no account {account}")
        return loaded


def _activated(posting: Posting) -> int:
    return sum(entry.change.available for entry in posting.entries if entry.kind is EntryKind.ACTIVATE)
