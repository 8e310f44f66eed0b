"""Scheduler: timers that fall due come back as events."""

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn

from bot.domain.messages import Woke
from bot.runtime.bell import Bell
from bot.runtime.loops import keep_on
from bot.services.ports import Clock, UnitOfWorkFactory

REST_SECONDS = 1.0


class Scheduler:
    """Takes due timers and puts their events in the inbox, in one transaction."""

    def __init__(self, *, uow: UnitOfWorkFactory, clock: Clock, new_id: Callable[[], str], batch: int = 256) -> None:
        self._uow = uow
        self._clock = clock
        self._new_id = new_id
        self._batch = batch

    async def wake(self) -> int:
        """Turn what is due into events; return how many, 0 when nothing is due."""
        now = self._clock.now()
        async with self._uow() as uow:
            due = await uow.timers.take_due(now, limit=self._batch)
            if not due:
                return 0
            events = [
                Woke(
                    id=f"timer:{self._new_id()}",
                    sender=timer.address,
                    at=timer.due_at,
                    action=timer.action,
                )
                for timer in due
            ]
            await uow.transcript.accept(events)
            await uow.commit()
        return len(due)

    async def run(self, *, on_woken: Callable[[], None]) -> NoReturn:
        """Wake timers for ever. Survives a database that is away."""

        async def step() -> int:
            woken = await self.wake()
            if woken:
                on_woken()
            return woken

        await keep_on("scheduler", step, Bell(), rest=REST_SECONDS)

    async def next_due_at(self) -> datetime | None:
        """Tell when the next timer is due; None when none is set."""
        async with self._uow() as uow:
            return await uow.timers.next_due_at()
