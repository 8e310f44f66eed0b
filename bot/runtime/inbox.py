"""Inbox: an event is stored before it is confirmed to its platform."""

from collections.abc import Sequence

from bot.domain.messages import Event
from bot.runtime.group import GroupCommit
from bot.services.ports import UnitOfWorkFactory


class Inbox:
    """Takes events in from any number of channels at once."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow
        self._group: GroupCommit[Event, bool] = GroupCommit(self._store)

    async def accept(self, event: Event) -> bool:
        """Store `event` durably; False when its channel sent the same id before.

        Raises:
            StorageError: nothing was stored; the platform must not be told that we have it.
        """
        return await self._group.submit(event)

    async def _store(self, events: Sequence[Event]) -> Sequence[bool]:
        async with self._uow() as uow:
            accepted = await uow.transcript.accept(events)
            await uow.commit()
        return accepted
