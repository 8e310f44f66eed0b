"""DoJob: how slow work is done outside of turns."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from bot.domain.job import Job

DoJob: TypeAlias = Callable[[Job], Awaitable[Sequence[str]]]
"""Does a job and returns what came of it, short texts that its action is told; it may be done again after a crash.

Raises:
    TryLaterError: something outside is away; the job is tried again.
"""
