"""Batch: many operations on points in a few statements, each as if it had been alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.errors import BotError, RuleViolationError
from bot.domain.loyalty.account_book import AccountBook
from bot.domain.loyalty.commands import Adjust, Burn, Command, Earn, PlaceHold
from bot.domain.loyalty.entry import AccountId, Entry
from bot.domain.loyalty.ledger import apply
from bot.domain.loyalty.posting import Loaded
from bot.services.club.ports import ClubUnit, Need
from bot.services.club.posting import Posted, check_repeat, need_of, refuse_if_stopped

_FIRST_LOTS = 16
"""Lots of each account that are loaded together; who spends more has the others loaded too."""


class OneByOne(Protocol):
    """Does one operation."""

    async def post(self, unit: ClubUnit, command: Command, *, now: datetime) -> Posted:
        """Do what is asked, or return what was done under the same key."""
        ...


class Batch:
    """Commands being posted together."""

    def __init__(self, points: OneByOne, unit: ClubUnit, commands: Sequence[Command], *, now: datetime) -> None:
        self._points = points
        self._unit = unit
        self._commands = commands
        self._now = now
        self._books: dict[AccountId, AccountBook] = {}
        self._known: dict[str, Entry] = {}

    async def post(self) -> Sequence[Posted | BotError]:
        """Load, apply in order, store. What is about a hold, an entry or a merged account comes after the rest."""
        together = [command for command in self._commands if isinstance(command, Earn | Burn | PlaceHold | Adjust)]
        await self._load(together)
        outcomes: dict[int, Posted | BotError] = {}
        for number, command in enumerate(self._commands):
            if command in together and command.account in self._books:
                outcomes[number] = await self._try_together(command)
        await self._unit.club.ledger.post([book.posting() for book in self._books.values()])
        for number, command in enumerate(self._commands):
            if number not in outcomes:
                outcomes[number] = await self._try_alone(command)
        return [outcomes[number] for number in range(len(self._commands))]

    async def _load(self, commands: Sequence[Command]) -> None:
        accounts = sorted({command.account for command in commands})
        needed = dict.fromkeys(accounts, 0)
        for command in commands:
            needed[command.account] += need_of(command).points
        keys = [command.key for command in commands]
        loaded, self._known = await self._load_many(accounts, keys)
        for account, found in loaded.items():
            if found.account.merged_into is None:
                whole = await self._with_enough(found, needed[account])
                self._books[account] = AccountBook(loaded=whole, now=self._now)

    async def _load_many(
        self, accounts: Sequence[AccountId], keys: Sequence[str]
    ) -> tuple[dict[AccountId, Loaded], dict[str, Entry]]:
        ledger = self._unit.club.ledger
        loaded, known = await ledger.load_many(accounts, keys=keys, now=self._now, lots=_FIRST_LOTS)
        return dict(loaded), dict(known)

    async def _with_enough(self, loaded: Loaded, points: int) -> Loaded:
        """Load more of who spends more than the first lots have, and has it."""
        found = sum(lot.free for lot in loaded.lots if lot.is_spendable and lot.due_at > self._now)
        if found >= min(points, loaded.account.available):
            return loaded
        more = await self._unit.club.ledger.load(loaded.account.id, Need(points=points), now=self._now)
        return more or loaded

    async def _try_together(self, command: Command) -> Posted | BotError:
        book = self._books[command.account]
        try:
            await refuse_if_stopped(self._unit, command)
            if command.key in self._known:
                entry = self._known[command.key]
                await check_repeat(self._unit, entry, command, book.account.id)
                return Posted(entry=entry, account=book.account, is_repeated=True)
            self._known[command.key] = apply(book, command)
            return Posted(entry=self._known[command.key], account=book.account)
        except BotError as error:
            return error

    async def _try_alone(self, command: Command) -> Posted | BotError:
        try:
            return await self._points.post(self._unit, command, now=self._now)
        except RuleViolationError as error:
            return error
