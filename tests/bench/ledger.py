"""What points cost: durable earning and spending by many at once, balances, expiry.

`python -m tests.bench.ledger [--smoke]`, on SQLite that waits for the disk:
1. 64 writers earn and spend, all that waits in one transaction, against one transaction an operation;
2. the balance of who has 10 000 entries, half of them alive, against who has 10;
3. 100 000 lots expire, killed in the middle and begun again.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.errors import BotError
from bot.domain.loyalty.audit import audit
from bot.domain.loyalty.commands import Burn, Command, Earn
from bot.domain.loyalty.entry import AccountId
from bot.services.club.points import Points
from bot.storage.database import Database, open_database
from bot.storage.schema import prepare
from tests.bench.figures import Figures

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
WRITERS = 64
POINTS = Points()


@asynccontextmanager
async def opened() -> AsyncIterator[Database]:
    """An empty database in a file."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(f"sqlite:///{Path(folder)}/ledger.db") as database:
            await prepare(database)
            yield database


class Queue:
    """Does all that waits in one transaction, as the pump does with turns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Command, asyncio.Future[None]]] = []
        self._bell = asyncio.Event()

    async def do(self, command: Command) -> None:
        """Return when it is on the disk."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((command, done))
        self._bell.set()
        await done

    async def run(self) -> None:
        """Work for ever."""
        while True:
            await self._bell.wait()
            self._bell.clear()
            batch, self._waiting = self._waiting, []
            async with self._database.unit_of_work() as uow:
                outcomes = await POINTS.post_all(uow, [wanted for wanted, _ in batch], now=NOW)
                await uow.commit()
            for (_, done), outcome in zip(batch, outcomes, strict=True):
                done.set_exception(outcome) if isinstance(outcome, BotError) else done.set_result(None)


async def accounts(database: Database, count: int) -> list[AccountId]:
    """Open accounts with something to spend."""
    async with database.unit_of_work() as uow:
        opened_accounts = [await uow.club.ledger.create() for _ in range(count)]
        for account in opened_accounts:
            await POINTS.post(uow, Earn(account=account, key=f"first:{account}", points=1_000_000), now=NOW)
        await uow.commit()
    return opened_accounts


def command(account: AccountId, key: str, number: int) -> Command:
    """Earn and spend in turns."""
    if number % 2:
        return Burn(account=account, key=key, points=5)
    return Earn(account=account, key=key, points=10, expires_at=NOW + 365 * DAY)


async def write(database: Database, owners: Sequence[AccountId], each: int, *, is_queued: bool) -> float:
    """Return the operations a second of all writers together."""
    queue = Queue(database)

    async def writer(number: int) -> None:
        for step in range(each):
            account = owners[(number + step * WRITERS) % len(owners)]
            wanted = command(account, f"{is_queued}:{number}:{step}", step)
            if is_queued:
                await queue.do(wanted)
                continue
            async with database.unit_of_work() as uow:
                await POINTS.post(uow, wanted, now=NOW)
                await uow.commit()

    async with asyncio.TaskGroup() as group:
        running = group.create_task(queue.run())
        began = time.perf_counter()
        async with asyncio.TaskGroup() as writers:
            for number in range(WRITERS):
                writers.create_task(writer(number))
        took = time.perf_counter() - began
        running.cancel()
    return WRITERS * each / took


async def compare_writing(figures: Figures) -> None:
    """Alternate both ways, on one account and on many."""
    rounds, each = (1, 4) if figures.is_smoke else (5, 20)
    for owners in (1, 1000):
        rates: dict[bool, list[float]] = {False: [], True: []}
        for _ in range(rounds):
            for is_queued, found in rates.items():
                async with opened() as database:
                    held = await accounts(database, owners)
                    found.append(await write(database, held, each, is_queued=is_queued))
        alone, together = (statistics.median(found) for found in rates.values())
        figures.show(f"one commit an operation, {owners} accounts", alone, "operations/s")
        figures.show(f"all that waits in one commit, {owners} accounts", together, "operations/s")
        figures.at_least("ratio", together / alone, 3, "x")


async def compare_balances(figures: Figures) -> None:
    """Alternate between who has little and who has much."""
    entries, reads = (1_000, 50) if figures.is_smoke else (10_000, 2_000)
    async with opened() as database:
        few, many = await accounts(database, 2)
        async with database.unit_of_work() as uow:
            for account, count in ((few, 10), (many, entries)):
                for number in range(1, count):
                    await POINTS.post(uow, command(account, f"{account}:{number}", number * (number % 3)), now=NOW)
            await uow.commit()
        costs: dict[AccountId, list[float]] = {few: [], many: []}
        for _ in range(reads):
            for account, found in costs.items():
                began = time.perf_counter()
                async with database.unit_of_work(is_reading=True) as uow:
                    await POINTS.balance(uow, account, now=NOW)
                found.append(time.perf_counter() - began)
        medians = [statistics.median(found) * 1000 for found in costs.values()]
    figures.show("a balance of 10 entries", medians[0], "ms")
    figures.show(f"a balance of {entries} entries", medians[1], "ms")
    figures.at_most("ratio", medians[1] / medians[0], 1.2, "x")


async def expire(figures: Figures) -> None:
    """Let everything of everybody expire; in the middle the job dies with a batch undone, and is begun again."""
    lots = 1_000 if figures.is_smoke else 100_000
    async with opened() as database:
        await fill(database, lots)
        began, done, later = time.perf_counter(), 0, NOW + 2 * DAY
        while found := await settle_once(database, later, dies=done == lots // 4):
            done += found
            if done % 10_000 == 0:
                print(f"   {done} of {lots // 2} accounts", flush=True)
        took = time.perf_counter() - began
        async with database.unit_of_work(is_reading=True) as uow:
            books = await uow.club.ledger.books(after=AccountId(0), limit=lots // 2)
        if done != lots // 2 or any(each.account.available or audit(each) for each in books):
            raise RuntimeError("the books differ")
    figures.at_most(f"expiry of {lots} lots", took, 60, "s")


async def fill(database: Database, lots: int) -> None:
    """Give everybody two lots that expire one after the other."""
    for _ in range(lots // 1000):
        async with database.unit_of_work() as uow:
            owners = [await uow.club.ledger.create() for _ in range(500)]
            commands = [
                Earn(account=account, key=f"{account}:{part}", points=9, expires_at=NOW + part * DAY)
                for account in owners
                for part in range(2)
            ]
            await POINTS.post_all(uow, commands, now=NOW - DAY)
            await uow.commit()


async def settle_once(database: Database, now: datetime, *, dies: bool) -> int:
    """Do a part of what is due; it may die before the commit, and then nothing was done."""
    if dies:
        async with database.unit_of_work() as uow:
            await POINTS.settle(uow, now=now, limit=500)
    async with database.unit_of_work() as uow:
        found = await POINTS.settle(uow, now=now, limit=500)
        await uow.commit()
    return found


async def measure(figures: Figures) -> None:
    """All three."""
    await compare_writing(figures)
    await compare_balances(figures)
    await expire(figures)


def main() -> None:
    """Measure and judge."""
    figures = Figures("ledger")
    asyncio.run(measure(figures))
    figures.finish()


if __name__ == "__main__":
    main()
