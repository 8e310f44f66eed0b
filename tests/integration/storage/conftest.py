"""Empty databases of both kinds."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage import schema
from bot.storage.database import Database, open_database
from tests.contract.postgresql import throwaway_database


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    """Where a database file is going to be."""
    return tmp_path / "klubok.db"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL database without tables."""
    with throwaway_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sqlite_path: Path) -> str:
    """A database without tables, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{sqlite_path}"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
async def bare(url: str) -> AsyncIterator[Database]:
    """A database without tables, of each kind, open."""
    async with open_database(url) as database:
        yield database


@pytest.fixture
async def database(bare: Database) -> Database:
    """A database with our tables, of each kind, open."""
    await schema.upgrade(bare)
    return bare


@pytest.fixture
async def sqlite(sqlite_path: Path) -> AsyncIterator[Database]:
    """An SQLite file with our tables, open, that waits for nobody."""
    async with open_database(f"sqlite:///{sqlite_path}", busy_timeout=0.01) as database:
        await schema.upgrade(database)
        yield database


@pytest.fixture
async def postgresql(postgresql_url: str) -> AsyncIterator[Database]:
    """A PostgreSQL database with our tables, open."""
    async with open_database(postgresql_url) as database:
        await schema.upgrade(database)
        yield database
