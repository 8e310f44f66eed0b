"""Whether a bot is alive, and whether it is ready: its database, its channels, how late it is."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import BotError
from bot.services.ports import Backlog, Clock, UnitOfWorkFactory

MOST_LAG = 60.0
"""Seconds that the oldest event may have waited in a bot that is well."""
MOST_SECONDS = 2.0
"""To ask the database: who watches us has no patience, and others may stand before us in the queue to it."""
OK = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`channels` maps each channel to ``ok`` or what is wrong; `lag_seconds` is how long the oldest event waits."""

    database: str
    channels: Mapping[str, str] = field(default_factory=dict)
    backlog: Backlog = field(default_factory=Backlog)
    lag_seconds: float = 0.0

    @property
    def is_ready(self) -> bool:
        """Whether everything is well."""
        states = [self.database, *self.channels.values()]
        return all(state == OK for state in states) and self.lag_seconds <= MOST_LAG

    def described(self) -> Mapping[str, object]:
        """Write it as JSON has it."""
        return {
            "ready": self.is_ready,
            "database": self.database,
            "channels": dict(self.channels),
            "waiting": self.backlog.waiting,
            "queued": self.backlog.queued,
            "lag_seconds": round(self.lag_seconds, 1),
        }


class HealthCheck:
    """Looks when asked."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, channels: Mapping[str, Callable[[], str]]) -> None:
        """Connect it. Each of `channels` tells ``ok`` or what is wrong with it."""
        self._uow = uow
        self._clock = clock
        self._channels = channels

    async def look(self) -> Health:
        """Ask the database and the channels how they are."""
        channels = {name: tell() for name, tell in self._channels.items()}
        try:
            async with asyncio.timeout(MOST_SECONDS), self._uow() as uow:
                backlog = await uow.transcript.backlog()
        except BotError as error:
            return Health(database=str(error), channels=channels)
        except TimeoutError:
            return Health(database=f"no answer in {MOST_SECONDS:g} s", channels=channels)
        lag = _seconds_since(backlog.oldest_waiting_at, self._clock.now())
        return Health(database=OK, channels=channels, backlog=backlog, lag_seconds=lag)


def _seconds_since(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())
