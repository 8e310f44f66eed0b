"""Courier: hands committed messages to their channels, in the order of each chat."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.errors import ChannelError, ThrottledError, UnreachableError
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.replies import QueuedMessage
from bot.services.channel import Channel
from bot.services.ports import Clock, UnitOfWorkFactory

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=1)


@dataclass
class _Trip:
    """What came of sending one batch."""

    sent: dict[TranscriptId, str] = field(default_factory=dict)
    failed: list[tuple[QueuedMessage, Exception]] = field(default_factory=list)


class Courier:
    """Sends what is queued; tries again what may be tried again; gives up on people who are gone.

    Nothing is locked while a platform is being talked to. One courier a channel at a time. Its units of work
    may be relaxed: to lose the note that something was sent means to repeat it, as a crash before the note does.
    """

    def __init__(
        self,
        *,
        uow: UnitOfWorkFactory,
        channels: Sequence[Channel],
        clock: Clock,
        batch: int = 256,
    ) -> None:
        self._uow = uow
        self._channels: Mapping[ChannelName, Channel] = {channel.name: channel for channel in channels}
        self._clock = clock
        self._batch = batch

    async def deliver(self, *, answers: TranscriptId | None = None) -> bool:
        """Send one batch, of the messages that answer one event when given; return whether there may be more.

        Raises:
            StorageError: what was sent may not be marked, and would be sent again.
        """
        now = self._clock.now()
        async with self._uow() as uow:
            queued = await uow.transcript.unsent(list(self._channels), now=now, limit=self._batch, answers=answers)
            await uow.commit()  # it may have given up messages that nobody can read
        if not queued:
            return False
        trip = await self._send_all(queued)
        async with self._uow() as uow:
            await uow.transcript.mark_sent(trip.sent, at=now)
            for item, error in trip.failed:
                pause = _pause(item, error)
                await uow.transcript.mark_failed(
                    item.id,
                    error=f"{type(error).__name__}: {error}",
                    retry_at=None if pause is None else now + pause,
                    is_attempt=not isinstance(error, ThrottledError),
                )
            await uow.commit()
        return len(queued) == self._batch or bool(trip.failed)

    async def _send_all(self, queued: Sequence[QueuedMessage]) -> _Trip:
        trip = _Trip()
        held_back = set()
        for item in queued:
            to = item.message.to
            if to in held_back:
                continue
            result = await self._send(item)
            if isinstance(result, str):
                trip.sent[item.id] = result
                continue
            held_back.add(to)
            trip.failed.append((item, result))
            _log_failure(item, result)
        return trip

    async def _send(self, item: QueuedMessage) -> str | Exception:
        try:
            return (await self._channels[item.message.to.channel].send([item]))[0]
        except Exception as error:  # one message must not keep the others, or the marks of those sent
            return error


def _log_failure(item: QueuedMessage, error: Exception) -> None:
    if not isinstance(error, ChannelError):
        logger.error("send.broken message=%d", item.id, exc_info=error)
        return
    level = logging.WARNING if _pause(item, error) is None else logging.INFO
    logger.log(level, "send.failed message=%d attempts=%d error=%s", item.id, item.attempts + 1, error)


def _pause(item: QueuedMessage, error: Exception) -> timedelta | None:
    """How long to wait before the next try; None to give up. Being throttled is not the message's fault."""
    if isinstance(error, ThrottledError):
        return timedelta(seconds=error.retry_after)
    if isinstance(error, UnreachableError) or item.attempts + 1 >= MOST_ATTEMPTS:
        return None
    return FIRST_PAUSE * (1 << item.attempts)
