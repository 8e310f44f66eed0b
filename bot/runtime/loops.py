"""keep_on: a loop that survives a database that is away."""

import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn

from bot.domain.errors import ConflictError, StorageError
from bot.runtime.bell import Bell

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds before the next try with a database that did not take part."""


async def keep_on(name: str, step: Callable[[], Awaitable[object]], bell: Bell, *, rest: float) -> NoReturn:
    """Do `step` again and again; when it did nothing, wait for `bell`, at most `rest` seconds.

    While the database is away it is tried ever more seldom, and said once; all that waits stays where it is.
    """
    pause = 0.0
    while True:
        try:
            has_worked = await step()
        except (StorageError, ConflictError) as error:
            if not pause:
                logger.error("storage.away loop=%s error=%s", name, error)  # noqa: TRY400 - the message tells it all
            pause = min(LONGEST_PAUSE, 2 * pause) or FIRST_PAUSE
            await Bell().wait(pause)
            continue
        if pause:
            logger.warning("storage.back loop=%s", name)
            pause = 0.0
        if not has_worked:
            await bell.wait(rest)
