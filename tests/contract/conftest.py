"""Every store that must pass the contract suite."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.services.ports import UnitOfWorkFactory
from bot.storage import schema
from bot.storage.database import Database, open_database
from bot.storage.tables import metadata
from tests.contract.postgresql import throwaway_database
from tests.fakes.uow import FakeDatabase

FAKE = "fake"
STORES = (FAKE, "sqlite-file", "sqlite-memory", "postgresql")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL database with our tables."""
    with throwaway_database() as url:
        asyncio.run(_upgrade(url))
        yield url


@pytest.fixture(params=STORES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of each kind of store; `FAKE` for the one that has none."""
    urls = {FAKE: FAKE, "sqlite-file": f"sqlite:///{tmp_path}/klubok.db", "sqlite-memory": "sqlite:///:memory:"}
    return urls.get(request.param) or request.getfixturevalue("postgresql_url")


@pytest.fixture
async def open_uow(store_url: str) -> AsyncIterator[UnitOfWorkFactory]:
    """A `UnitOfWorkFactory` on an empty store of each kind."""
    if store_url == FAKE:
        yield FakeDatabase().unit_of_work
        return
    async with open_database(store_url) as database:
        await schema.upgrade(database)
        if not database.is_sqlite:
            await _empty(database)
        yield database.unit_of_work


async def _upgrade(url: str) -> None:
    async with open_database(url) as database:
        await schema.upgrade(database)


async def _empty(database: Database) -> None:
    """Delete what the test before left, past the triggers that forbid it. Truncating so many tables takes a second."""
    deletions = " ".join(f"DELETE FROM {table};" for table in metadata.tables)  # noqa: S608 - our own names
    restart = "PERFORM setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE schemaname = 'public';"
    async with database.engine.begin() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.execute(text(f"DO $$ BEGIN {deletions} {restart} END $$"))
