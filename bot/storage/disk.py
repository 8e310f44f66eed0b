"""The disk under an SQLite file: what was committed gets there while others write already."""

import asyncio
import os
from pathlib import Path

from bot.domain.errors import StorageError

_sync = getattr(os, "fdatasync", os.fsync)  # not on every system


async def reach_disk(database: Path) -> None:
    """Return when all that was committed to the file survives a failure of power.

    SQLite's own way, ``synchronous=FULL``, waits for the disk with the lock in its hand. What it writes in between,
    beginning anew with the write-ahead log or copying it to the database, it does wait for: see
    sqlite.org/pragma.html#pragma_synchronous on NORMAL.

    Raises:
        StorageError: the disk failed; nobody knows what it kept.
    """
    try:
        await asyncio.to_thread(_sync_log, database.with_name(f"{database.name}-wal"))
    except OSError as error:
        raise StorageError(f"the disk of the database cannot be written: see that it is healthy ({error})") from error


def _sync_log(log: Path) -> None:
    try:
        opened = os.open(log, os.O_RDWR)
    except FileNotFoundError:
        return  # whoever closed the database last has copied it all
    try:
        _sync(opened)
    finally:
        os.close(opened)
