"""Jobs: slow work is done outside of turns, and its result comes back as an event."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import NoReturn

from bot.domain.actions import Action
from bot.domain.errors import TryLaterError
from bot.domain.job import DONE, FAILED, TakenJob
from bot.domain.messages import Woke
from bot.runtime.bell import Bell
from bot.runtime.loops import keep_on
from bot.services.jobs import DoJob
from bot.services.ports import Clock, UnitOfWorkFactory

logger = logging.getLogger(__name__)

AT_ONCE = 4
LONGEST_SECONDS = 60.0
LEASE = timedelta(seconds=LONGEST_SECONDS + 30)
"""How long a job is kept from others: longer than it may take."""
TRIES = 5
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
REST_SECONDS = 1.0
_MOST_DOUBLED = 16


class Jobs:
    """Does what turns have queued, `AT_ONCE` at a time. A job cut off by a crash is done again after its lease.

    What is outside may be away for a while: then the job is tried again, ever more seldom, and fails in the end. Those
    of the kinds `owed` are tried until they are done, whatever goes wrong: somebody was promised it.
    """

    def __init__(
        self, *, uow: UnitOfWorkFactory, clock: Clock, doers: Mapping[str, DoJob], owed: Collection[str] = ()
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._doers = doers
        self._owed = owed

    async def work(self) -> TakenJob | None:
        """Do one job and return it, ended or put off; None when none waits.

        Raises:
            StorageError: the database does not take part; the job waits as before.
        """
        now = self._clock.now()
        async with self._uow() as uow:
            taken = await uow.jobs.take(now, until=now + LEASE, limit=1)
            if not taken:
                return None
            await uow.commit()
        await self._do(taken[0])
        return taken[0]

    async def run(self, *, on_done: Callable[[], None]) -> NoReturn:
        """Work for ever. Survives a database that is away."""

        async def step() -> bool:
            taken = await self.work()
            if taken is not None:
                on_done()
            return taken is not None

        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE - 1):
                tasks.create_task(keep_on("jobs", step, Bell(), rest=REST_SECONDS))
            await keep_on("jobs", step, Bell(), rest=REST_SECONDS)

    async def _do(self, taken: TakenJob) -> None:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                results = await self._doers[taken.job.kind](taken.job)
        except (TryLaterError, TimeoutError) as error:
            await self._try_later(taken, str(error) or "it took too long")
        except Exception as error:  # whatever a job does wrong, the person hears of it and the other jobs go on
            logger.exception("job.failed kind=%s", taken.job.kind)
            if taken.job.kind in self._owed:
                await self._try_later(taken, type(error).__name__)
            else:
                await self._end(taken, taken.job.ended(FAILED))
        else:
            await self._end(taken, taken.job.ended(DONE, *results))

    async def _try_later(self, taken: TakenJob, reason: str) -> None:
        logger.warning("job.put_off kind=%s attempt=%d reason=%s", taken.job.kind, taken.attempts, reason)
        if taken.attempts >= TRIES and taken.job.kind not in self._owed:
            await self._end(taken, taken.job.ended(FAILED))
            return
        async with self._uow() as uow:
            pause = min(FIRST_PAUSE * 2 ** min(taken.attempts - 1, _MOST_DOUBLED), LONGEST_PAUSE)
            await uow.jobs.put_off(taken, until=self._clock.now() + pause)
            await uow.commit()

    async def _end(self, taken: TakenJob, action: Action | None) -> None:
        async with self._uow() as uow:
            if not await uow.jobs.end(taken):
                return  # it took so long that somebody else has it
            if action is not None:
                woken = Woke(id=taken.event_id, sender=taken.job.address, at=self._clock.now(), action=action)
                await uow.transcript.accept([woken])
            await uow.commit()
