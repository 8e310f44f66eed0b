"""What the database itself refuses, whoever asks: changes of what happened, and sums that cannot be."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.loyalty.commands import Burn, Command, Earn
from bot.domain.loyalty.entry import AccountId
from bot.services.club.points import Points
from bot.services.ports import UnitOfWorkFactory
from bot.storage.database import Database, open_database
from tests.contract.conftest import FAKE

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


async def _account(open_uow: UnitOfWorkFactory) -> AccountId:
    async with open_uow() as uow:
        account = await uow.club.ledger.create()
        await uow.commit()
    return account


async def _post(open_uow: UnitOfWorkFactory, command: Command) -> None:
    async with open_uow() as uow:
        await Points().post(uow, command, now=NOON)
        await uow.commit()


@pytest.fixture
async def database(store_url: str, open_uow: UnitOfWorkFactory) -> Database:
    """The store itself, where it is one."""
    if store_url in {FAKE, "sqlite:///:memory:"}:
        pytest.skip("there is no database to go round the program")
    assert open_uow is not None
    return open_database(store_url)


@pytest.mark.parametrize("table", ["club_entries", "club_moves"])
@pytest.mark.parametrize("action", ["UPDATE {} SET number = number", "DELETE FROM {}"])
async def test_the_database_itself_keeps_what_was_written(
    database: Database, open_uow: UnitOfWorkFactory, table: str, action: str
) -> None:
    account = await _account(open_uow)
    await _post(open_uow, Earn(account=account, key="a", points=100))
    await _post(open_uow, Burn(account=account, key="b", points=1))
    async with database, database.connection() as connection:
        with pytest.raises(Exception, match="only added to"):
            await connection.execute(text(action.format(table)))


async def test_the_database_itself_refuses_sums_that_cannot_be(database: Database, open_uow: UnitOfWorkFactory) -> None:
    account = await _account(open_uow)
    await _post(open_uow, Earn(account=account, key="a", points=100, expires_at=NOON + DAY))
    async with database:
        for wrong in (
            "UPDATE club_accounts SET available = -1",
            "UPDATE club_accounts SET debt = 1",
            "UPDATE club_lots SET remaining = granted + 1",
            "UPDATE club_lots SET held = remaining + 1",
        ):
            async with database.connection() as connection:
                with pytest.raises(Exception, match=r"(?i)check"):
                    await connection.execute(text(wrong))
