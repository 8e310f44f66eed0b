"""Courier: hands committed messages to their channels, in the order of each chat."""

import asyncio
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import NoReturn

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address
from bot.domain.replies import QueuedMessage
from bot.runtime.bell import Bell
from bot.runtime.fate import Fate, Sent, decide, log_failure
from bot.runtime.lanes import Lanes
from bot.runtime.marks import Marks, write_fates
from bot.services.channel import Channel, Meter, NoMeter
from bot.services.ports import Clock, UnitOfWorkFactory

logger = logging.getLogger(__name__)


class Courier:
    """Sends what is queued; tries again what may be tried again; gives up on people who are gone.

    Nothing is locked while a platform is being talked to. One courier a channel at a time. Its units of work may be
    relaxed: to lose the note that something was sent means to repeat it, as a crash before the note does.
    """

    def __init__(
        self,
        *,
        uow: UnitOfWorkFactory,
        channels: Sequence[Channel],
        clock: Clock,
        bell: Bell | None = None,
        meter: Meter | None = None,
        batch: int = 256,
        repeats_unknown: bool = True,
    ) -> None:
        self._uow = uow
        self._channels: Mapping[ChannelName, Channel] = {channel.name: channel for channel in channels}
        self._clock = clock
        self._batch = batch
        self._marks = Marks(uow, clock)
        self._bells = {name: Bell() for name in self._channels}
        self._lanes = {
            name: Lanes(
                channel,
                uow=uow,
                marks=self._marks,
                clock=clock,
                bell=self._bells[name],
                meter=meter or NoMeter(),
                batch=batch,
                repeats_unknown=repeats_unknown,
            )
            for name, channel in self._channels.items()
        }

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return all(lanes.is_idle for lanes in self._lanes.values()) and self._marks.is_idle

    def stop(self) -> None:
        """Let no further message leave; those under way arrive and are noted."""
        for lanes in self._lanes.values():
            lanes.stop()

    def how(self, channel: ChannelName) -> str:
        """Tell ``ok`` while messages of a channel get through."""
        return self._lanes[channel].how()

    def ring(self) -> None:
        """Tell that messages were queued."""
        for bell in self._bells.values():
            bell.ring()

    @contextmanager
    def taking(self, queued: Sequence[QueuedMessage], free: Collection[Address]) -> Iterator[Sequence[TranscriptId]]:
        """Take messages over from the transaction that queues them and commits in the block: it saves reading them.

        Taken is only what goes to `free` people, to whom nothing else is queued. What is given is about to leave, and
        has to be noted in the block.
        """
        with ExitStack() as taken:
            leaving: list[TranscriptId] = []
            for name, lanes in self._lanes.items():
                own = [item for item in queued if item.message.to.channel == name]
                leaving += taken.enter_context(lanes.taking(own, free)) if own else []
            yield leaving

    async def run(self) -> NoReturn:
        """Send for ever, at each platform's pace. Survives a database and a platform that are away."""
        async with asyncio.TaskGroup() as tasks:
            for lanes in self._lanes.values():
                tasks.create_task(lanes.run())
            await self._marks.run()

    async def deliver(self, *, answers: TranscriptId | None = None) -> bool:
        """Send one batch at once, of the messages that answer one event when given; return whether there may be more.

        For a channel that is read line by line: one message after the other, without a pace.

        Raises:
            StorageError: what was sent may not be marked, and would be sent again.
        """
        now = self._clock.now()
        async with self._uow() as uow:
            queued = await uow.transcript.unsent(list(self._channels), now=now, limit=self._batch, answers=answers)
            await uow.commit()  # it may have given up messages that nobody can read
        if not queued:
            return False
        fates = await self._send_all(queued)
        async with self._uow() as uow:
            await write_fates(uow, fates, now)
            await uow.commit()
        return len(queued) == self._batch or not all(isinstance(fate, Sent) for fate in fates)

    async def _send_all(self, queued: Sequence[QueuedMessage]) -> list[Fate]:
        fates: list[Fate] = []
        held_back: set[Address] = set()
        for item in queued:
            if item.message.to in held_back:
                continue
            result = await self._send(item)
            fate = decide(item, result, now=self._clock.now())
            fates.append(fate)
            if not isinstance(fate, Sent):
                held_back.add(item.message.to)
                log_failure(item, result, fate)
        return fates

    async def _send(self, item: QueuedMessage) -> str | Exception:
        try:
            return (await self._channels[item.message.to.channel].send([item]))[0]
        except Exception as error:  # one message must not keep the others, or the marks of those sent
            logger.exception("send.broken message=%d", item.id)
            return error
