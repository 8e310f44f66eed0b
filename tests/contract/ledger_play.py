"""Play: the same random operations on the store under test and on a simple one in memory, answers compared."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.domain.errors import RuleViolationError
from bot.domain.loyalty.account import AccountStatus
from bot.domain.loyalty.audit import Books, audit
from bot.domain.loyalty.commands import (
    Adjust,
    Burn,
    Capture,
    Command,
    Earn,
    PlaceHold,
    Release,
    ReverseBurn,
    ReverseEarn,
)
from bot.domain.loyalty.entry import AccountId, Basis, EntryKind, EntryRef
from bot.services.club.points import Points, Posted
from bot.services.club.ports import ClubUnit
from bot.services.ports import UnitOfWorkFactory
from tests.fakes.club.unit import FakeClubUnit

DAY = timedelta(days=1)
HAND = Basis(actor="op1", reason="goodwill: Ω 🎁", inputs={"paid_kopecks": 4999, "tier": "знаток"})


@dataclass(slots=True)
class Play:
    """Both stores, with as many accounts, and the chances of what happens next."""

    open_uow: UnitOfWorkFactory
    chance: Random
    model: FakeClubUnit = field(default_factory=FakeClubUnit)
    points: Points = field(default_factory=Points)
    now: datetime = datetime(2026, 1, 1, 9, 0, 0, 123456, tzinfo=UTC)
    asked: int = 0

    async def open(self, accounts: int) -> None:
        """Open accounts in both."""
        async with self.open_uow() as uow:
            for _ in range(accounts):
                assert await uow.club.ledger.create() == await self.model.club.ledger.create()
            await uow.commit()

    async def steps(self, count: int) -> None:
        """Do things, each in a unit of work of its own."""
        for _ in range(count):
            self.now += self.chance.randint(0, 3) * DAY
            kind = self.chance.random()
            if kind < 0.03:
                await self.merge()
            elif kind < 0.1:
                await self.settle()
            elif kind < 0.2:
                await self.batch()
            else:
                await self.post(self.command())

    async def post(self, command: Command) -> None:
        """Do one thing in both; the answers are the same."""
        expected = await self._answer(self.model, command)
        async with self.open_uow() as uow:
            assert await self._answer(uow, command) == expected
            await uow.commit()

    async def batch(self) -> None:
        """Do several things at once; one by one they would have come to the same.

        What is due is done before: otherwise the batch writes it down even where the model's only command is refused.
        """
        await self.settle()
        opened = [id_ for id_, kept in self.model.tables.accounts.items() if kept.status is AccountStatus.OPEN]
        thought_of = (self.command() for _ in range(12))
        simple = (each for each in thought_of if isinstance(each, Earn | Burn | PlaceHold | Adjust))
        commands = [each for each in simple if each.account in opened]
        commands += commands[:2]
        expected = [await self._answer(self.model, command) for command in commands]
        async with self.open_uow() as uow:
            outcomes = await self.points.post_all(uow, commands, now=self.now)
            await uow.commit()
        assert [each if isinstance(each, Posted) else repr(each) for each in outcomes] == expected

    async def merge(self) -> None:
        """Merge two accounts, where three are left."""
        opened = [id_ for id_, kept in self.model.tables.accounts.items() if kept.status is AccountStatus.OPEN]
        if len(opened) < 3:
            await self.undo_merge()
            return
        source, target = self.chance.sample(opened, 2)
        key = self._key()
        expected = await self.points.merge(self.model, source, target, key=key, basis=HAND, now=self.now)
        async with self.open_uow() as uow:
            assert await self.points.merge(uow, source, target, key=key, basis=HAND, now=self.now) == expected
            await uow.commit()

    async def undo_merge(self) -> None:
        """Undo the first merge that can be undone."""
        accounts = self.model.tables.accounts
        for source, kept in accounts.items():
            if kept.merged_into is not None and accounts[kept.merged_into].merged_into is None:
                target, key = kept.merged_into, self._key()
                expected = await self.points.undo_merge(self.model, source, target, key=key, basis=HAND, now=self.now)
                async with self.open_uow() as uow:
                    undone = await self.points.undo_merge(uow, source, target, key=key, basis=HAND, now=self.now)
                    assert undone == expected
                    await uow.commit()
                return

    async def settle(self) -> None:
        """Do what is due in both."""
        async with self.open_uow() as uow:
            ledger = self.model.club.ledger
            assert await uow.club.ledger.count_due(now=self.now) == await ledger.count_due(now=self.now)
            while await self.points.settle(uow, now=self.now, limit=2):
                pass
            while await self.points.settle(self.model, now=self.now, limit=2):
                pass
            assert await uow.club.ledger.count_due(now=self.now) == 0
            await uow.commit()

    async def compare(self) -> None:
        """Both have the same books, and these agree in themselves."""
        async with self.open_uow() as uow:
            stored = await uow.club.ledger.books(after=AccountId(0), limit=100)
            for account in self.model.tables.accounts:
                balance = await self.points.balance(uow, account, now=self.now)
                assert balance == await self.points.balance(self.model, account, now=self.now)
        for books, expected in zip(
            stored, await self.model.club.ledger.books(after=AccountId(0), limit=100), strict=True
        ):
            assert audit(books) == []
            assert _sorted(books) == _sorted(expected)

    def command(self) -> Command:
        """Think of something to do."""
        account = AccountId(self.chance.randint(1, len(self.model.tables.accounts)))
        key, chance = self._key(), self.chance
        points, later = chance.randint(1, 80), self.now + chance.randint(1, 40) * DAY
        earned, spent = self._named(EntryKind.EARN), self._named(EntryKind.BURN, EntryKind.CAPTURE)
        held = self._named(EntryKind.HOLD)
        choices: list[Command] = [
            Burn(account=account, key=key, points=points),
            PlaceHold(account=account, key=key, points=points, expires_at=later),
            Adjust(account=account, key=key, points=chance.choice([points, -points]), expires_at=later, basis=HAND),
            *(ReverseEarn(account=account, key=key, reverses=ref, points=points) for ref in earned),
            *(ReverseBurn(account=account, key=key, reverses=ref, points=points, expires_at=later) for ref in spent),
            *(Capture(account=account, key=key, hold=ref, points=points) for ref in held),
            *(Release(account=account, key=key, hold=ref) for ref in held),
        ]
        choices.extend([self._earning(account, key)] * 4)
        return chance.choice(choices)

    def _earning(self, account: AccountId, key: str) -> Earn:
        chance = self.chance
        activates_at = chance.choice([None, self.now + chance.randint(1, 20) * DAY])
        expires_at = chance.choice([None, (activates_at or self.now) + chance.randint(1, 40) * DAY])
        return Earn(
            account=account,
            key=key,
            points=chance.randint(0, 120),
            qualifying=chance.randint(0, 50),
            qualified_on=self.now.date(),
            activates_at=activates_at,
            expires_at=expires_at,
            basis=HAND,
        )

    def _named(self, *kinds: EntryKind) -> list[EntryRef]:
        refs = [ref for ref, entry in self.model.tables.entries.items() if entry.kind in kinds]
        return [self.chance.choice(refs)] if refs else []

    async def _answer(self, unit: ClubUnit, command: Command) -> object:
        try:
            return await self.points.post(unit, command, now=self.now)
        except (RuleViolationError, ValueError) as error:
            return repr(error)

    def _key(self) -> str:
        self.asked += 1
        return f"op:{self.asked}"


def _sorted(books: Books) -> tuple[object, ...]:
    """Lots and holds may be listed in any order."""
    months = {month: points for month, points in books.qualifying.items() if points}
    rest = sorted(books.lots, key=lambda lot: lot.ref), sorted(books.holds, key=lambda hold: hold.ref)
    return books.account, list(books.entries), list(books.moves), rest, months
