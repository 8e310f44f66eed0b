"""Database: connections to SQLite or PostgreSQL, and the units of work that use them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiosqlite
from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bot.domain.errors import ConfigurationError
from bot.storage.disk import reach_disk
from bot.storage.failures import settled
from bot.storage.location import Location, read_location
from bot.storage.sqlite import OneTripConnection
from bot.storage.uow import SqlUnitOfWork
from bot.storage.vault.vault import PlainVault, Vault

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another program that writes to the same SQLite file."""
COMMAND_TIMEOUT = 30.0
"""Seconds that PostgreSQL may take for one statement."""

READING, RELAXED = "klubok_is_reading", "klubok_is_relaxed"
"""Execution options of a connection, read when its transaction begins."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Database:
    """An engine and the rule that SQLite has one writer: units of work of one process take turns on it."""

    def __init__(self, engine: AsyncEngine, location: Location, vault: Vault) -> None:
        self.engine = engine
        self._vault = vault
        self._location = location
        self._turnstile = _Turnstile() if engine.dialect.name == "sqlite" else None

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file (or memory) of this machine, upgraded at start without asking."""
        return self._turnstile is not None

    @property
    def file(self) -> Path | None:
        """Where it is on this machine; None in memory and on a server."""
        return self._location.file

    @property
    def is_absent(self) -> bool:
        """Whether its file is not there yet. The first connection would create it."""
        return self._location.file is not None and not self._location.file.exists()

    @asynccontextmanager
    async def unit_of_work(self, *, is_reading: bool = False, is_relaxed: bool = False) -> AsyncIterator[SqlUnitOfWork]:
        """Open a unit of work: a `UnitOfWorkFactory`. Leaving without `commit` rolls back.

        One that `is_reading` neither waits for other programs that write to an SQLite file nor keeps them waiting.
        What was committed is on the disk when it is left: SQLite takes the next one meanwhile. One that `is_relaxed`
        does not wait for that, and survives a kill of the program but perhaps not a failure of power.

        Raises:
            StorageError: the database cannot be reached, or its disk failed after a commit.
            RuntimeError: on SQLite, when the same task has one open: it would wait for itself.
        """
        async with self.connection(is_reading=is_reading, is_relaxed=is_relaxed or self.is_sqlite) as connection:
            uow = SqlUnitOfWork(connection, self._vault)
            yield uow
        if self.file is not None and uow.is_committed and not is_relaxed:
            await reach_disk(self.file)

    @asynccontextmanager
    async def connection(self, *, is_reading: bool = False, is_relaxed: bool = False) -> AsyncIterator[AsyncConnection]:
        """Borrow a connection; leaving without its `commit` rolls back. Errors inside are not translated.

        With `is_reading` SQLite's write lock is left to others.
        """
        async with self._turnstile or nullcontext():
            connection = self.engine.connect()
            try:
                connection = await settled(connection.start())
                options = {READING: is_reading, RELAXED: is_relaxed}
                if any(options.values()):
                    connection = await settled(connection.execution_options(**options))
                yield connection
            finally:
                if connection.sync_connection is not None:
                    await settled(connection.close())

    async def close(self) -> None:
        """Close every connection. An open one keeps the process from ending."""
        await self.engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


class _Turnstile:
    """A lock that tells a task which would wait for itself."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        if task is not None and task is self._owner:
            raise RuntimeError("this task has a unit of work open: leave it before opening another one")
        await self._lock.acquire()
        self._owner = task

    async def __aexit__(self, *_: object) -> None:
        self._owner = None
        self._lock.release()


def open_database(url: str, *, busy_timeout: float = BUSY_TIMEOUT, vault: Vault | None = None) -> Database:
    """Prepare a database; nothing is connected yet. `busy_timeout` is in seconds, for SQLite.

    What members tell about themselves is sealed by `vault`; without one nothing is.

    Raises:
        ConfigurationError: the URL is not one of ours, no database can be there, or its driver is not installed.
    """
    location = read_location(url)
    try:
        engine = _open_sqlite(location, busy_timeout) if location.is_sqlite else _open_postgresql(location)
    except ModuleNotFoundError as error:
        raise ConfigurationError("PostgreSQL needs its driver: install klubok[postgres]") from error
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError("the database URL has an option with a value that cannot be read") from error
    return Database(engine, location, vault or PlainVault())


def _open_postgresql(location: Location) -> AsyncEngine:
    limits = {"timeout": COMMAND_TIMEOUT, "command_timeout": COMMAND_TIMEOUT}
    return create_async_engine(location.url, connect_args=limits, hide_parameters=True)


def _open_sqlite(location: Location, busy_timeout: float) -> AsyncEngine:
    engine = create_async_engine(
        location.url,
        async_creator=partial(_connect, location.url, busy_timeout),
        hide_parameters=True,
        pool_reset_on_return=None,  # a connection that is closed within a transaction rolls back anyway
        **({"poolclass": StaticPool} if location.is_memory else {}),
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


async def _connect(url: URL, busy_timeout: float) -> aiosqlite.Connection:
    (path,), options = url.get_dialect()().create_connect_args(url)
    options.update(timeout=busy_timeout, isolation_level=None, check_same_thread=False)
    return await OneTripConnection(path, **options).open()


def _prepare(connection: Any, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a read that turns into a write later could not wait for another writer.

    Given to the driver itself, which makes it one trip to SQLite's thread.
    """
    options = connection.get_execution_options()
    if options.get(READING):
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.dbapi_connection
    begin = OneTripConnection.begin_relaxed if options.get(RELAXED) else OneTripConnection.begin_immediate
    driver.run_async(begin)
