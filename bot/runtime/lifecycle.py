"""Lifecycle: everything runs until it is told to stop, then finishes what it has."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any

from bot.domain.errors import ConfigurationError, StorageError
from bot.domain.ids import ChannelName
from bot.runtime.bell import Bell
from bot.runtime.courier import Courier
from bot.services.channel import Accept, Intake
from bot.services.ports import UnitOfWorkFactory

logger = logging.getLogger(__name__)

START_SECONDS = 60.0
"""A channel that cannot work within this time stops the start; later it leaves the others alone."""
PAUSE_SECONDS = 60.0
"""Before a channel that stopped is tried again."""
LAST_SECONDS = 2.0
"""For requests under way when the time to drain is over."""
_LOOK_SECONDS = 0.05

Work = Callable[[], Coroutine[Any, Any, object]]


class Lifecycle:
    """Runs `workers` and the receiving of `intakes` side by side."""

    def __init__(
        self,
        *,
        uow: UnitOfWorkFactory,
        accept: Accept,
        intakes: Sequence[Intake],
        workers: Sequence[Work],
        courier: Courier,
        drain_seconds: float,
    ) -> None:
        self._uow = uow
        self._accept = accept
        self._intakes = intakes
        self._workers = workers
        self._courier = courier
        self._drain_seconds = drain_seconds
        self._stopped = asyncio.Event()
        self._fault: ConfigurationError | None = None
        self.stopped_channels: dict[str, str] = {}
        """Channels that do not receive, and why."""

    @property
    def channels(self) -> Sequence[ChannelName]:
        """Where updates come from."""
        return [intake.name for intake in self._intakes]

    def stop(self) -> None:
        """Begin to end: take no more updates, finish what is there."""
        self._stopped.set()

    async def run(self) -> None:
        """Run until `stop`, or until a channel tells at the start that it can never work.

        Raises:
            ConfigurationError: such a channel; what was stored is answered after the next start.
        """
        async with asyncio.TaskGroup() as tasks:
            working = [tasks.create_task(work()) for work in self._workers]
            receiving = [tasks.create_task(self._receive(intake)) for intake in self._intakes]
            await self._stopped.wait()
            _cancel(receiving)
            if self._fault is None:
                await self._drain()
            _cancel(working)
        if self._fault is not None:
            raise self._fault

    async def _receive(self, intake: Intake) -> None:
        began = asyncio.get_running_loop().time()
        while True:
            try:
                await intake.receive(self._accept)
            except ConfigurationError as error:
                if asyncio.get_running_loop().time() - began < START_SECONDS:
                    self._fault = self._fault or error
                    self.stop()
                    return
                logger.error("channel.stopped channel=%s error=%s", intake.name, error)  # noqa: TRY400 - it tells all
                self.stopped_channels[intake.name] = str(error)
            await Bell().wait(PAUSE_SECONDS)
            self.stopped_channels.pop(intake.name, None)

    async def _drain(self) -> None:
        logger.info("stop.draining seconds=%g", self._drain_seconds)
        if not await self._within(self._drain_seconds, self._is_done):
            logger.warning("stop.undrained what is left is answered and sent after the next start")
        self._courier.stop()
        await self._within(LAST_SECONDS, self._is_idle)

    async def _within(self, seconds: float, is_so: Callable[[], Awaitable[bool]]) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not await is_so():
            if loop.time() >= until:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        return True

    async def _is_done(self) -> bool:
        try:
            async with self._uow() as uow:
                backlog = await uow.transcript.backlog()
        except StorageError:
            return False
        return not backlog.waiting and not backlog.queued and self._courier.is_idle

    async def _is_idle(self) -> bool:
        return self._courier.is_idle


def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
