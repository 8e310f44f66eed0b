"""Claim: one bot at a time works on an SQLite file."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from bot.domain.errors import ConfigurationError
from bot.storage.database import Database

logger = logging.getLogger(__name__)

PATIENCE = 12.0
"""Seconds to wait for a bot that is ending, which takes it ten."""
_LOOK_SECONDS = 0.25


@asynccontextmanager
async def claimed(database: Database, *, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Keep other bots off the file while the block lasts; a server's database and one in memory need no claim.

    Two bots on one file would send every message twice. The system ends the claim of a process that was killed.

    Raises:
        ConfigurationError: another bot works on it, and goes on doing so.
    """
    if database.file is None:
        yield
        return
    path = database.file.with_name(f"{database.file.name}.lock")
    try:
        mark = await asyncio.to_thread(path.open, "a")
    except OSError as error:
        logger.warning("storage.unclaimed see that no other bot works on this database: %s", error)
        yield
        return
    try:
        await _wait_for(mark, path, patience)
        yield
    finally:
        mark.close()


async def _wait_for(mark: IO[str], path: Path, patience: float) -> None:
    loop = asyncio.get_running_loop()
    until, is_said = loop.time() + patience, False
    while not _take(mark):
        if loop.time() >= until:
            raise ConfigurationError(
                f"KLUBOK_DATABASE_URL: another klubok run works on this database ({path} is locked):"
                " stop it, or give this one a database of its own"
            )
        if not is_said:
            logger.warning("storage.claimed another klubok run works on this database: waiting for its end")
        is_said = True
        await asyncio.sleep(_LOOK_SECONDS)


def _take(mark: IO[str]) -> bool:
    """Whether the file is ours now; also where the system knows no such locks."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return True
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        logger.warning("storage.unclaimed see that no other bot works on this database: %s", error)
    return True
