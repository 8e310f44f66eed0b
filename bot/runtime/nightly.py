"""NightShift: the nightly work, part after part, each in a transaction of its own."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NoReturn, Protocol

from bot.domain.errors import ConflictError, RejectedError, StorageError
from bot.runtime.bell import Bell
from bot.runtime.loops import keep_on
from bot.services.ports import Clock, UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

REST_SECONDS = 60.0
"""How soon what falls due during the day is noticed."""


class NightlyWork(Protocol):
    """What there is to do. Each call is a part, and tells whether there was something."""

    async def settle(self, uow: UnitOfWork, *, now: datetime) -> bool: ...
    async def announce(self, uow: UnitOfWork, *, now: datetime) -> bool: ...
    async def advance(self, uow: UnitOfWork, *, now: datetime) -> bool: ...
    async def skip(self, uow: UnitOfWork, *, now: datetime) -> None: ...
    async def next_due_at(self, uow: UnitOfWork, *, now: datetime) -> datetime: ...


class NightShift:
    """Does `work` in small transactions. What fails is told in the log and keeps nothing else from being done."""

    def __init__(self, *, uow: UnitOfWorkFactory, clock: Clock, work: NightlyWork) -> None:
        self._uow = uow
        self._clock = clock
        self._work = work

    async def do(self) -> bool:
        """Do a part of everything; False when nothing is left for now.

        Raises:
            StorageError, ConflictError: the database does not take part; all waits as before.
        """
        done = [
            await self._try("settle", self._settle),
            await self._try("announce", self._announce),
            await self._try("advance", self._advance, otherwise=self._skip),
        ]
        return any(done)

    async def run(self) -> NoReturn:
        """Work for ever. Survives a database that is away."""
        await keep_on("nightly", self.do, Bell(), rest=REST_SECONDS)

    async def next_due_at(self) -> datetime:
        """Tell when there is something to do next; now or earlier where there is."""
        async with self._uow() as uow:
            return await self._work.next_due_at(uow, now=self._clock.now())

    async def _try(
        self,
        name: str,
        part: Callable[[UnitOfWork], Awaitable[bool]],
        *,
        otherwise: Callable[[UnitOfWork], Awaitable[bool]] | None = None,
    ) -> bool:
        try:
            return await self._keep(part)
        except RejectedError as error:
            return await self._fail(name, error, otherwise)
        except (StorageError, ConflictError):
            raise
        except (
            Exception
        ) as error:  # one account that cannot be read must not keep everybody else's from being looked after
            return await self._fail(name, error, otherwise)

    async def _fail(
        self, name: str, error: Exception, otherwise: Callable[[UnitOfWork], Awaitable[bool]] | None
    ) -> bool:
        logger.error("nightly.failed part=%s", name, exc_info=error)
        return await self._keep(otherwise) if otherwise is not None else False

    async def _keep(self, part: Callable[[UnitOfWork], Awaitable[bool]]) -> bool:
        async with self._uow() as uow:
            has_worked = await part(uow)
            if has_worked:
                await uow.commit()
        return has_worked

    async def _settle(self, uow: UnitOfWork) -> bool:
        return await self._work.settle(uow, now=self._clock.now())

    async def _announce(self, uow: UnitOfWork) -> bool:
        return await self._work.announce(uow, now=self._clock.now())

    async def _advance(self, uow: UnitOfWork) -> bool:
        return await self._work.advance(uow, now=self._clock.now())

    async def _skip(self, uow: UnitOfWork) -> bool:
        await self._work.skip(uow, now=self._clock.now())
        return True
