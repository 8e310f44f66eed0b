"""A database of our own on a PostgreSQL server, made for the tests and dropped after them."""

import asyncio
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

SERVER = os.environ.get("KLUBOK_TEST_POSTGRESQL_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres")
IS_REQUIRED = os.environ.get("KLUBOK_TEST_REQUIRE_SERVICES") == "1"


@contextmanager
def throwaway_database() -> Iterator[str]:
    """Make an empty database, give its URL, drop it. Skips the test where there is no server."""
    name = f"klubok_test_{uuid.uuid4().hex}"
    try:
        asyncio.run(_execute(f"CREATE DATABASE {name}"))
    except (OSError, SQLAlchemyError) as error:
        reason = f"no PostgreSQL server at {make_url(SERVER).host}: {type(error).__name__}"
        if IS_REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_execute(f"DROP DATABASE {name} WITH (FORCE)"))


async def _execute(words: str) -> None:
    engine = create_async_engine(SERVER, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text(words))
    await engine.dispose()
