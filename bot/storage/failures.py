"""What can happen to a call to the database: driver errors as errors of the house, and being cancelled.

Nothing of SQLAlchemy or a driver leaves this package.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import ConflictError, RejectedError, SchemaError, StorageError

_UPGRADE = "the tables are missing or older than the program: run `klubok db upgrade`"
_BUSY = "the database is locked by another program: close it, or try again later"
_LOST = "the connection to the database was lost or refused: see that its server runs and can be reached"

_SQLITE = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": "the database file or its directory is read-only: give the program the right to write there",
    "SQLITE_FULL": "the disk is full: free some space",
    "SQLITE_IOERR": "the disk of the database cannot be read or written: see that it is mounted and healthy",
    "SQLITE_CANTOPEN": "the database file cannot be opened: see that its directory exists and may be written to",
    "SQLITE_NOTADB": "the file is not an SQLite database: name another file in the database URL",
    "SQLITE_CORRUPT": "the database file is damaged: restore it from a backup",
}
_POSTGRESQL = {
    "08": _LOST,
    "57": _LOST,
    "28": "the database refused the user or the password: correct them in the database URL",
    "3D": "the server has no such database: create it, or correct the database URL",
    "53": "the database server ran out of disk, memory or connections: see its log",
    "25006": "the database is read-only: connect to the primary server",
    "42501": "the database user may not do this: grant it the rights to the tables",
}
_CONFLICTS = {"40001", "40P01", "55P03", "23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
_MISSING = {"42P01", "42703"}
_REJECTED = ("22", "23", "54", "SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG", "SQLITE_RANGE")
"""How codes begin that name a fault of the values: of data, of integrity, of a limit of the database."""


_T = TypeVar("_T")


async def settled(call: Awaitable[_T]) -> _T:
    """Await a call to the database, errors translated. Cancelled meanwhile, it ends first and is cancelled then.

    A call that is left in the middle leaves its connection in nobody knows what state, and SQLAlchemy drops it: with
    it would go a transaction that has just begun, or a whole database in memory.

    Raises:
        ConflictError, RejectedError, SchemaError, StorageError: see `translated`.
    """
    # no TaskGroup owns this task, because nobody could miss it: whichever way this function is left, it has ended
    task = asyncio.ensure_future(call)
    with translated():
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            while not task.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([task])
            if not task.cancelled():
                task.exception()
            raise


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever the database raises inside into an error of the house.

    Raises:
        ConflictError: someone else changed the same rows first.
        RejectedError: the values break a constraint, or no column can hold them.
        SchemaError: a table or a column is missing.
        StorageError: anything else; the message says what to do.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _translate(error) from error
    except (PoolTimeoutError, TimeoutError, OSError) as error:
        raise StorageError(f"{_LOST} ({type(error).__name__})") from error
    except (OverflowError, UnicodeError) as error:
        raise RejectedError(f"the database cannot hold a value ({type(error).__name__})") from error
    except SQLAlchemyError as error:
        if isinstance(error, StatementError) and isinstance(error.orig, (ValueError, TypeError)):
            raise RejectedError(f"the database cannot hold a value: {error.orig}") from error
        raise StorageError(f"the database did not answer as expected: {type(error).__name__}") from error


def _translate(error: DBAPIError | sqlite3.Error) -> ConflictError | StorageError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = _code(cause)
    said = _said(code, cause)
    if code in _CONFLICTS:
        return ConflictError(f"someone else wrote the same first ({said})")
    if code.startswith(_REJECTED):
        return RejectedError(f"the database refuses these values ({said})")
    if code in _MISSING or "no such table" in said or "no such column" in said:
        return SchemaError(f"{_UPGRADE} ({said})")
    advice = _advice(code) or (_LOST if isinstance(error, DBAPIError) and error.connection_invalidated else None)
    return StorageError(f"{advice} ({said})" if advice else f"the database refused ({said})")


def _said(code: str, cause: BaseException | None) -> str:
    """Quote the database without the values it quotes: PostgreSQL has them in its details and in errors of data."""
    words = "" if code.startswith("22") else str(cause).partition("\n")[0]
    return ": ".join(filter(None, (code, words)))


def _code(cause: BaseException | None) -> str:
    """Return SQLite's name of the error or PostgreSQL's SQLSTATE, empty when there is neither."""
    for name in ("sqlite_errorname", "sqlstate", "pgcode"):
        code = getattr(cause, name, None)
        if isinstance(code, str):
            return code
    return ""


def _advice(code: str) -> str | None:
    if code.startswith("SQLITE_"):
        return _SQLITE.get("_".join(code.split("_")[:2]))
    return _POSTGRESQL.get(code) or _POSTGRESQL.get(code[:2])
