"""Many writers at once, equal keys, and SIGKILL in the middle: sums exact, nothing twice, nothing lost."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.loyalty.audit import audit
from bot.domain.loyalty.commands import Earn
from bot.domain.loyalty.entry import AccountId
from bot.storage.database import Database
from tests.integration.storage.ledger_writers import WRITERS, commands, write

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("accounts", "operations"), [(1, 96), (WRITERS, 192)])
async def test_what_was_acknowledged_is_there_and_the_rest_is_done_once(
    database: Database, url: str, accounts: int, operations: int
) -> None:
    async with database.unit_of_work() as uow:
        for _ in range(accounts):
            await uow.club.ledger.create()
        await uow.commit()
    acknowledged = _write_until_killed(url, accounts, operations)
    wanted = commands(accounts, operations)
    async with database.unit_of_work(is_reading=True) as uow:
        for step in acknowledged:
            assert await uow.club.ledger.find(wanted[step].key) is not None
    await write(database, accounts, operations)
    expected = Counter[AccountId]()
    for command in wanted:
        expected[command.account] += 5 if isinstance(command, Earn) else -3
    async with database.unit_of_work(is_reading=True) as uow:
        books = await uow.club.ledger.books(after=AccountId(0), limit=accounts)
    assert {each.account.id: each.account.available for each in books} == expected
    assert sum(each.account.entries for each in books) == operations
    assert [difference for each in books for difference in audit(each)] == []


def _write_until_killed(url: str, accounts: int, operations: int) -> list[int]:
    """Kill it when a third is done; return what it said was done."""
    arguments = [sys.executable, "-m", "tests.integration.storage.ledger_writers", url, str(accounts), str(operations)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(operations // 3)]
        process.kill()
        said += process.stdout.readlines()
    return [int(line) for line in said if line.endswith("\n")]
