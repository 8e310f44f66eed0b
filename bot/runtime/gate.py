"""Gate: the one way out to a platform, at its pace, in its batches."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TypeAlias

from bot.domain.errors import ThrottledError
from bot.domain.ids import TranscriptId
from bot.domain.replies import QueuedMessage
from bot.runtime.bell import Bell
from bot.runtime.fate import is_outage, outcome
from bot.runtime.marks import Marks
from bot.runtime.pacing import Slots
from bot.services.channel import Channel, Meter
from bot.services.ports import Clock

logger = logging.getLogger(__name__)

_REST = 3600.0
OUTAGE_AFTER = 3
"""Failures in a row, of whichever messages, until the platform counts as down."""
LONGEST_OUTAGE_PAUSE = 30.0
"""Seconds between two tries with a platform that is down."""
MS = 1000
FEW_CHATS = 50
"""So many may wait while messages go one after the other; with more, speed counts more than repeats after a crash."""
LONGEST_DOUBT = 1.0
"""Seconds that the next message waits for what became of those before it."""

Result: TypeAlias = str | Exception
_Waiting: TypeAlias = tuple[QueuedMessage, "asyncio.Future[Result]"]


class Gate:
    """Lets messages through one request after the other, several requests under way at a time."""

    def __init__(self, channel: Channel, *, marks: Marks, clock: Clock, meter: Meter) -> None:
        self._channel = channel
        self._marks = marks
        self._clock = clock
        self._meter = meter
        self._pace = channel.pace
        self._slots = Slots(channel.pace) if channel.pace else None
        self._batch = channel.pace.batch if channel.pace else 1
        self._queue: deque[_Waiting] = deque()
        self._bell = Bell()
        self._failures_in_row = 0
        self._is_closed = False
        self._under_way = 0
        self._in_doubt: set[TranscriptId] = set()
        self._settled = Bell()

    @property
    def is_idle(self) -> bool:
        """Whether no request is under way."""
        return not self._under_way

    @property
    def is_platform_up(self) -> bool:
        """Whether messages get through, as far as we know."""
        return self._failures_in_row < OUTAGE_AFTER

    def stop(self) -> None:
        """Let nothing more through: who waits here waits for ever, until cancelled."""
        self._is_closed = True

    async def send(self, item: QueuedMessage) -> Result:
        """Return what came of sending `item`; waits for its turn. One message of a chat at a time."""
        await self._wait_for_chat(item)
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.append((item, done))
        self._bell.ring()
        return await done

    def settle(self, message: TranscriptId) -> None:
        """Hear that it is written down what became of a message."""
        self._in_doubt.discard(message)
        self._settled.ring()

    async def run(self) -> NoReturn:
        """Send what comes to the gate, for ever."""
        async with asyncio.TaskGroup() as calls:
            while True:
                while self._may_send():
                    await self._wait_for_certainty()
                    await self._wait_for_request()
                    if not self._may_send():
                        break
                    batch = [self._queue.popleft() for _ in range(min(self._batch, len(self._queue)))]
                    self._under_way += 1
                    self._in_doubt.update(item.id for item, _ in batch)
                    calls.create_task(self._call(batch))
                await self._bell.wait(_REST)

    async def _wait_for_chat(self, item: QueuedMessage) -> None:
        if self._slots is None:
            return
        message = item.message
        seconds = self._slots.message(message.to.room, self._clock.ticks(), is_group=message.is_group)
        if seconds > 0:
            await asyncio.sleep(seconds)

    def _may_send(self) -> bool:
        return bool(self._queue) and not self._is_closed

    async def _wait_for_certainty(self) -> None:
        most = self._pace.most_in_doubt if self._pace else None
        until = self._clock.ticks() + LONGEST_DOUBT
        while most is not None and len(self._in_doubt) >= most and len(self._queue) <= FEW_CHATS:
            left = until - self._clock.ticks()
            if left <= 0:
                return
            await self._settled.wait(left)

    async def _wait_for_request(self) -> None:
        if self._slots is None:
            return
        seconds = self._slots.request(self._clock.ticks())
        if seconds > 0:
            await asyncio.sleep(seconds)

    async def _call(self, batch: Sequence[_Waiting]) -> None:
        items = [item for item, _ in batch]
        if not self._channel.knows_repeats:
            await self._marks.begin([item.id for item in items])
        began = self._clock.ticks()
        if self._slots is not None:
            for item in items:
                self._slots.left(item.message.to.room, began)
        try:
            results: Sequence[Result] = await self._channel.send(items)
        except Exception as error:  # a fault of ours must not end the sending to everybody else
            logger.exception("send.broken channel=%s messages=%d", self._channel.name, len(items))
            results = [error] * len(items)
        took_ms = (self._clock.ticks() - began) * MS
        for result in results:
            self._meter.sent(self._channel.name, outcome=outcome(result), took_ms=took_ms)
        self._watch(results)
        self._under_way -= 1
        for (_, done), result in zip(batch, results, strict=True):
            with suppress(asyncio.InvalidStateError):  # whoever waited was cancelled
                done.set_result(result)

    def _watch(self, results: Sequence[Result]) -> None:
        """Notice when the platform goes down and comes back; rest when it asks for it."""
        was_up = self.is_platform_up
        self._failures_in_row = self._failures_in_row + 1 if all(map(is_outage, results)) else 0
        if not self.is_platform_up:
            self._pause(min(LONGEST_OUTAGE_PAUSE, 2.0 ** (self._failures_in_row - OUTAGE_AFTER)))
        elif any(isinstance(result, ThrottledError) for result in results):
            self._pause(1.0)
        if was_up != self.is_platform_up:
            name = "back" if self.is_platform_up else "down"
            logger.warning("platform.%s channel=%s error=%s", name, self._channel.name, results[0])

    def _pause(self, seconds: float) -> None:
        if self._slots is not None:
            self._slots.pause(self._clock.ticks() + seconds)
