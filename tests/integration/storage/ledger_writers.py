"""64 writers that earn and spend on a few accounts, as a process that can be killed in the middle.

`python -m tests.integration.storage.ledger_writers URL ACCOUNTS OPERATIONS`: every key is asked for by two writers at
once. A line for every operation that is known to be on the disk.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.errors import ConflictError
from bot.domain.loyalty.commands import Burn, Command, Earn
from bot.domain.loyalty.entry import AccountId
from bot.services.club.points import Points
from bot.storage.database import Database, open_database

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WRITERS = 64


def commands(accounts: int, operations: int) -> Sequence[Command]:
    """The same operations, whoever asks: three are earned for two that are spent, so that all can be paid."""
    found: list[Command] = []
    for number in range(operations):
        account, key = AccountId(number % accounts + 1), f"op:{number}"
        if number // accounts % 5 in {1, 3}:
            found.append(Burn(account=account, key=key, points=3))
        else:
            expires_at = NOW + timedelta(days=number % 7 + 1)
            found.append(Earn(account=account, key=key, points=5, expires_at=expires_at))
    return found


async def write(database: Database, accounts: int, operations: int) -> None:
    """Let every writer do the operations of its number, and those of the next writer as well."""
    wanted, points = commands(accounts, operations), Points()

    async def writer(number: int) -> None:
        for step in range(number % (WRITERS // 2), operations, WRITERS // 2):
            await _do(database, points, wanted[step])
            print(step, flush=True)  # noqa: T201 - whoever kills us reads it

    async with asyncio.TaskGroup() as group:
        for number in range(WRITERS):
            group.create_task(writer(number))


async def _do(database: Database, points: Points, command: Command) -> None:
    while True:
        try:
            async with database.unit_of_work() as uow:
                await points.post(uow, command, now=NOW)
                await uow.commit()
        except ConflictError:
            continue
        return


async def main(url: str, accounts: int, operations: int) -> None:
    """Write until the end, or until killed."""
    async with open_database(url) as database:
        await write(database, accounts, operations)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
