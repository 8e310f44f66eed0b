"""Inbox: an event is stored before it is confirmed to its platform."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.errors import RejectedError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address, Event, may_go_on
from bot.runtime.bell import Bell
from bot.runtime.group import GroupCommit
from bot.services.channel import Meter, NoMeter
from bot.services.ports import Clock, UnitOfWorkFactory


class Inbox:
    """Takes events in from any number of channels at once.

    `windows` says for a channel how long a text waits for more lines of the same person; a channel not named does not
    wait. `bell` rings when there is something to answer; `on_held` is told who made us wait.
    """

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        *,
        clock: Clock,
        windows: Mapping[ChannelName, timedelta] | None = None,
        bell: Bell | None = None,
        meter: Meter | None = None,
        on_held: Callable[[Address], None] = lambda _: None,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._windows = windows or {}
        self._bell = bell or Bell()
        self._meter = meter or NoMeter()
        self._on_held = on_held
        self._group: GroupCommit[Sequence[Event], Sequence[bool]] = GroupCommit(self._store)

    async def accept(self, event: Event) -> bool:
        """Store `event` durably; False when its channel sent the same id before.

        Raises:
            StorageError: nothing was stored; the platform must not be told that we have it.
        """
        return (await self.accept_all([event]))[0]

    async def accept_all(self, events: Sequence[Event]) -> Sequence[bool]:
        """Store `events` durably, in order; False for each that came before.

        Raises:
            StorageError: nothing was stored; a RejectedError when it is these events that the database refuses.
        """
        if not events:
            return []
        try:
            return await self._group.submit(events)
        except RejectedError:  # perhaps for the sake of others who were written in the same group
            return (await self._store([events]))[0]

    async def _store(self, groups: Sequence[Sequence[Event]]) -> Sequence[Sequence[bool]]:
        events = [event for group in groups for event in group]
        now = self._clock.now()
        ready_at = [self._ready_at(event, now) for event in events]
        async with self._uow() as uow:
            accepted = list(await uow.transcript.accept(events, ready_at=ready_at))
            await uow.commit()
        for event, is_new, moment in zip(events, accepted, ready_at, strict=True):
            if is_new:
                self._tell(event, now, moment)
        answers = iter(accepted)
        return [[next(answers) for _ in group] for group in groups]

    def _ready_at(self, event: Event, now: datetime) -> datetime | None:
        window = self._windows.get(event.sender.channel)
        return now + window if window and event.is_addressed and may_go_on(event) else None

    def _tell(self, event: Event, now: datetime, ready_at: datetime | None) -> None:
        self._meter.heard(event.sender.channel, type(event).__name__)
        if ready_at is None:
            self._bell.ring()
            return
        self._bell.ring_in((ready_at - now).total_seconds())
        self._on_held(event.sender)
