"""Courier: hands committed messages to their channels, in the order of each chat."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.domain.errors import ChannelError, ThrottledError, UnreachableError
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.replies import QueuedMessage
from bot.services.ports import Channel, Clock, UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=1)


def everything(queued: QueuedMessage) -> bool:
    """Whatever is queued."""
    return True


class Courier:
    """Sends what is queued; tries again what may be tried again; gives up on people who are gone."""

    def __init__(self, *, uow: UnitOfWorkFactory, channels: Sequence[Channel], clock: Clock, batch: int = 256) -> None:
        self._uow = uow
        self._channels: Mapping[ChannelName, Channel] = {channel.name: channel for channel in channels}
        self._clock = clock
        self._batch = batch

    async def deliver(self, wanted: Callable[[QueuedMessage], bool] = everything) -> int:
        """Send one batch of those `wanted`; return how many were taken up, 0 when nothing is to be sent now.

        What a channel has taken is marked and committed at the end of the batch.
        """
        now = self._clock.now()
        async with self._uow() as uow:
            unsent = await uow.transcript.unsent(list(self._channels), now=now, limit=self._batch)
            queued = [item for item in unsent if wanted(item)]
            if not queued:
                return 0
            sent = await self._send_all(queued, uow)
            await uow.transcript.mark_sent(sent, at=now)
            await uow.commit()
        return len(queued)

    async def _send_all(self, queued: Sequence[QueuedMessage], uow: UnitOfWork) -> Mapping[TranscriptId, str]:
        sent: dict[TranscriptId, str] = {}
        held_back = set()
        for item in queued:
            to = item.message.to
            if to in held_back:
                continue
            try:
                sent[item.id] = await self._channels[to.channel].send(item.message)
            except ChannelError as error:
                held_back.add(to)
                await self._note_failure(item, error, uow)
        return sent

    async def _note_failure(self, item: QueuedMessage, error: ChannelError, uow: UnitOfWork) -> None:
        pause = _pause(item, error)
        retry_at = None if pause is None else self._clock.now() + pause
        level = logging.WARNING if pause is None else logging.INFO
        logger.log(level, "send.failed message=%d attempts=%d error=%s", item.id, item.attempts + 1, error)
        await uow.transcript.mark_failed(item.id, error=f"{type(error).__name__}: {error}", retry_at=retry_at)


def _pause(item: QueuedMessage, error: ChannelError) -> timedelta | None:
    """How long to wait before the next try; None to give up."""
    if isinstance(error, UnreachableError) or item.attempts + 1 >= MOST_ATTEMPTS:
        return None
    if isinstance(error, ThrottledError):
        return timedelta(seconds=error.retry_after)
    return FIRST_PAUSE * (1 << item.attempts)
