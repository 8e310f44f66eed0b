"""One transaction on one connection: runs statements, translates errors, opens savepoints when they are needed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncTransaction

from bot.storage.failures import settled
from bot.storage.sqlite import OneTripConnection
from bot.storage.statements import PerDialect


class Transaction:
    """What the repositories of one unit of work share. Begins with the first statement.

    Raises:
        StorageError, ConflictError: from every method, when the database does not take part.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._driver = _late_driver(connection)
        self._is_turn = False
        self._savepoint: AsyncTransaction | None = None

    @property
    def has_row_locks(self) -> bool:
        """Whether other transactions write at the same time, so that a query may look past rows locked by them."""
        return self._dialect != "sqlite"

    async def fetch(
        self, statement: Executable | PerDialect, values: Mapping[str, object] | Sequence[Mapping[str, object]]
    ) -> Sequence[Row[Any]]:
        """Run a statement that returns rows; a list of `values` is one insert of many rows."""
        if not values and not isinstance(values, Mapping):
            return []
        result = await settled(self._connection.execute(self._words(statement), values))
        return result.all()

    async def write(
        self, statement: Executable | PerDialect, values: Mapping[str, object] | Sequence[Mapping[str, object]]
    ) -> None:
        """Run a statement once, or once for each of a list of `values`; nothing for an empty list.

        Outside a turn SQLite may do it only with the next statement that is fetched, or with the commit.
        """
        if not values and not isinstance(values, Mapping):
            return
        if self._driver is None or self._is_turn:
            await settled(self._connection.execute(self._words(statement), values))
            return
        with self._driver.late():
            await settled(self._connection.execute(self._words(statement), values))

    async def write_together(
        self, steps: Sequence[tuple[Executable | PerDialect, Sequence[Mapping[str, object]]]]
    ) -> None:
        """Run several statements in order, each once for each of its values; on SQLite in one trip.

        Outside a turn SQLite may do it only with the next statement that is fetched, or with the commit.
        """
        with self._driver.late() if self._driver is not None else nullcontext():
            for statement, values in steps:
                if values:
                    await settled(self._connection.execute(self._words(statement), values))
        if self._driver is not None and self._is_turn:
            await settled(self._driver.catch_up())

    async def touch(self) -> None:
        """Say that something shared is about to be read or changed: inside a turn this opens its savepoint."""
        if self._is_turn and self._savepoint is None:
            with self._driver.late() if self._driver is not None else nullcontext():
                self._savepoint = await settled(self._connection.begin_nested().start())

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Undo what was changed since `touch` when the block ends with an exception."""
        if self._is_turn:
            raise ValueError("a turn is already open in this unit of work")
        self._is_turn = True
        try:
            yield
        except BaseException:
            await self._end_turn(is_kept=False)
            raise
        else:
            await self._end_turn(is_kept=True)

    async def commit(self) -> None:
        """Keep everything so far."""
        await settled(self._connection.commit())

    async def _end_turn(self, *, is_kept: bool) -> None:
        savepoint, self._savepoint, self._is_turn = self._savepoint, None, False
        if savepoint is None:
            return
        if is_kept and self._driver is not None:
            with self._driver.late():
                await settled(savepoint.commit())
            return
        await settled(savepoint.commit() if is_kept else savepoint.rollback())

    def _words(self, statement: Executable | PerDialect) -> Executable:
        return statement if isinstance(statement, Executable) else statement[self._dialect]


def _late_driver(connection: AsyncConnection) -> OneTripConnection | None:
    """The driver's connection, where it can do statements later."""
    opened = connection.sync_connection
    driver = opened.connection.driver_connection if opened is not None else None
    return driver if isinstance(driver, OneTripConnection) else None
