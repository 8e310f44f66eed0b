"""aiosqlite with fewer trips: a statement and all its rows in one visit to SQLite's thread.

SQLAlchemy makes a cursor, executes, fetches and closes; each of these waits for the other thread to wake up, which
costs more than most of our statements. What gives nothing back does not even go by itself: the beginning, and writes
`is_late` allows for, are done right before the next statement, at the latest before the commit, which raises their
errors.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Self

import aiosqlite

_CHUNK = 64
"""Rows that aiosqlite fetches at a time while iterating. We never iterate."""


class _OneTripCursor:
    """What SQLAlchemy asks of an aiosqlite cursor. Rows are fetched at once and given out later."""

    def __init__(self, connection: "OneTripConnection") -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: Iterable[Any] = ()
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        return None if self._cursor is None else self._cursor.description

    @property
    def rowcount(self) -> int:
        return -1 if self._cursor is None else self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return None if self._cursor is None else self._cursor.lastrowid

    async def execute(self, sql: str, parameters: Any = ()) -> Self:
        self._cursor, self._rows = await self._connection.execute_and_fetch(sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> Self:
        self._cursor = await self._connection.execute_each(sql, parameters)
        return self

    async def fetchall(self) -> Iterable[Any]:
        return self._rows

    async def close(self) -> None:
        """Do nothing: all rows were fetched, so SQLite's statement has ended."""


class OneTripConnection(aiosqlite.Connection):
    """A connection whose cursors need one trip. Its thread does not keep the process from ending."""

    def __init__(self, path: str, **options: Any) -> None:
        super().__init__(partial(sqlite3.connect, path, **options), _CHUNK)
        thread: Any = getattr(self, "_thread", self)  # before aiosqlite 0.22 the connection was the thread itself
        thread.daemon = True
        self._stopped: asyncio.Future[Any] | None = None
        self._late: list[Callable[[], object]] = []
        self.is_late = False
        """Whether statements are only done with the next one that is not."""

    def stop(self) -> "asyncio.Future[Any] | None":
        """Stop the thread, and remember that it was asked to."""
        self._stopped = super().stop()
        return self._stopped

    async def open(self) -> aiosqlite.Connection:
        """Connect. After a failure the thread has ended: it would answer to a loop that may be closed by then."""
        try:
            return await self
        except BaseException:
            if self._stopped is not None:
                await self._stopped
            raise

    def cursor(self) -> Any:
        """Make a cursor, at no cost."""
        return _OneTripCursor(self)

    @contextmanager
    def late(self) -> Iterator[None]:
        """Let the statements in the block be done with the next one that is not: they give nothing back."""
        self.is_late = True
        try:
            yield
        finally:
            self.is_late = False

    async def catch_up(self) -> None:
        """Do what is left to do."""
        if self._late:
            await self._visit(_nothing)

    async def execute_and_fetch(self, sql: str, parameters: Any) -> tuple[sqlite3.Cursor | None, list[Any]]:
        """Run one statement and fetch all it returns: nothing of a late one."""
        if self.is_late:
            self._late.append(partial(self._conn.execute, sql, parameters))
            return None, []
        fetched: tuple[sqlite3.Cursor, list[Any]] = await self._visit(_execute_and_fetch, self._conn, sql, parameters)
        return fetched

    async def execute_each(self, sql: str, parameters: Iterable[Any]) -> sqlite3.Cursor | None:
        """Run one statement with many sets of values."""
        if self.is_late:
            self._late.append(partial(self._conn.executemany, sql, parameters))
            return None
        cursor: sqlite3.Cursor = await self._visit(self._conn.executemany, sql, parameters)
        return cursor

    async def begin_immediate(self) -> None:
        """Take the write lock with the first statement; the commit will wait for the disk."""
        self._begin("FULL")

    async def begin_relaxed(self) -> None:
        """Do the same; the commit will not wait for the disk. See sqlite.org/pragma.html#pragma_synchronous."""
        self._begin("NORMAL")

    async def commit(self) -> None:
        """Do what is left to do, and keep everything, or nothing: SQLAlchemy takes a commit that failed for an end."""
        late, self._late = self._late, []
        await self._execute(_commit, self._conn, late)  # type: ignore[no-untyped-call]

    async def rollback(self) -> None:
        """Undo everything; nothing where nothing was done."""
        self._late = []
        if self._conn.in_transaction:
            await self._visit(self._conn.rollback)

    def _begin(self, synchronous: str) -> None:
        self._late = [partial(_begin, self._conn, synchronous)]

    async def _visit(self, function: Callable[..., Any], *values: Any) -> Any:
        late, self._late = self._late, []
        return await self._execute(_in_order, late, function, *values)  # type: ignore[no-untyped-call]


def _nothing() -> None:
    """Only what is late is to be done."""


def _in_order(late: Iterable[Callable[[], object]], function: Callable[..., Any], *values: Any) -> Any:
    for step in late:
        step()
    return function(*values)


def _commit(connection: sqlite3.Connection, late: Iterable[Callable[[], object]]) -> None:
    try:
        _in_order(late, connection.commit)
    except BaseException:
        connection.rollback()
        raise


def _begin(connection: sqlite3.Connection, synchronous: str) -> None:
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("BEGIN IMMEDIATE")


def _execute_and_fetch(connection: sqlite3.Connection, sql: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:
    cursor = connection.execute(sql, parameters)
    return cursor, cursor.fetchall() if cursor.description else []
