"""Gate: the one way out to a platform, at its pace, in its batches."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from bot.domain.ids import TranscriptId
from bot.domain.replies import QueuedMessage
from bot.runtime.bell import Bell
from bot.runtime.fate import is_outage, outcome
from bot.runtime.flood import Flood
from bot.runtime.marks import Marks
from bot.runtime.pacing import Slots
from bot.services.channel import Channel, Meter
from bot.services.ports import Clock

logger = logging.getLogger(__name__)

_REST = 3600.0
OUTAGE_AFTER = 3
"""Failures in a row, of whichever messages, until the platform counts as down."""
FIRST_OUTAGE_PAUSE, LONGEST_OUTAGE_PAUSE = 1.0, 30.0
"""Seconds between two tries with a platform that is down."""
MS = 1000
FEW_CHATS = 50
"""So many may wait while messages go one after the other; with more, speed counts more than repeats after a crash."""
LONGEST_DOUBT = 1.0
"""Seconds that the next message waits for what became of those before it."""
AHEAD_SECONDS, MOST_AHEAD = 0.2, 256
"""How many messages are noted as about to leave before they do: as many as leave in so long, at most so many."""

Result: TypeAlias = str | Exception
Done: TypeAlias = Callable[[Result], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A message, whom to tell what came of it, and whether it is noted that it is about to leave."""

    item: QueuedMessage
    done: Done
    is_noted: bool


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
        self._ahead = _ahead(channel)
        self._arriving: deque[_Waiting] = deque()
        self._arrival = Bell()
        self._queue: deque[_Waiting] = deque()
        self._bell = Bell()
        self._failures_in_row = 0
        self._is_closed = False
        self._under_way = 0
        self._promised = 0
        self._in_doubt: set[TranscriptId] = set()
        self._flood = Flood()

    @property
    def is_idle(self) -> bool:
        """Whether no request is under way."""
        return not self._under_way

    @property
    def is_platform_up(self) -> bool:
        """Whether messages get through, as far as we know."""
        return self._failures_in_row < OUTAGE_AFTER

    def stop(self) -> None:
        """Let nothing more through: what waits here waits for ever."""
        self._is_closed = True

    @property
    def room(self) -> int:
        """How many more messages may be noted as about to leave; 0 where nothing is to be noted."""
        if self._channel.knows_repeats or self._rest:
            return 0
        return max(0, self._places - len(self._arriving))

    @property
    def how(self) -> str:
        """Tell ``ok`` while messages get through."""
        if not self.is_platform_up:
            return "messages do not get through"
        return "the platform asks us to wait" if self._rest else "ok"

    @property
    def _rest(self) -> float:
        """Seconds until anything may leave."""
        return self._slots.paused(self._clock.ticks()) if self._slots is not None else 0.0

    def is_free(self, item: QueuedMessage) -> bool:
        """Whether the chat of `item` takes a message now."""
        room, now = item.message.to.room, self._clock.ticks()
        return self._slots is None or self._slots.is_free(room, now, is_group=item.message.is_group)

    @contextmanager
    def promised(self, places: int) -> Iterator[None]:
        """Keep places free while it is noted that messages are about to leave."""
        self._promised += places
        try:
            yield
        finally:
            self._promised -= places
            self._arrival.ring()

    def send(self, item: QueuedMessage, done: Done, *, is_noted: bool = False) -> None:
        """Send `item` when its turn comes, and tell `done` what came of it. One message of a chat at a time."""
        seconds = 0.0
        if self._slots is not None:
            message = item.message
            seconds = self._slots.message(message.to.room, self._clock.ticks(), is_group=message.is_group)
        waiting = _Waiting(item, done, is_noted)
        if seconds > 0:
            asyncio.get_running_loop().call_later(seconds, self._arrive, waiting)
        else:
            self._arrive(waiting)

    def settle(self, message: TranscriptId) -> None:
        """Hear that it is written down what became of a message."""
        self._in_doubt.discard(message)
        self._arrival.ring()

    async def run(self) -> NoReturn:
        """Send what comes to the gate, for ever."""
        async with asyncio.TaskGroup() as calls:
            calls.create_task(self._admit())
            while True:
                wanted_at = self._clock.ticks()
                while self._queue and not self._is_closed:
                    wanted_at = await self._wait_for_request(wanted_at)
                    if await self._is_open():
                        self._let_through(calls)
                await self._bell.wait(_REST)

    async def _is_open(self) -> bool:
        """Whether a message may be risked: while the platform is down, one that may come twice is kept."""
        if self.is_platform_up or self._channel.knows_repeats or await self._channel.is_up():
            return True
        if not self.is_platform_up:  # nothing got through meanwhile
            self._failures_in_row += 1
            self._rest_from_outage()
        return False

    def _let_through(self, calls: asyncio.TaskGroup) -> None:
        if self._is_closed:  # while we waited
            return
        batch = [self._queue.popleft() for _ in range(min(self._batch, len(self._queue)))]
        self._arrival.ring()
        self._under_way += 1
        self._in_doubt.update(each.item.id for each in batch)
        calls.create_task(self._call(batch))

    def _arrive(self, waiting: _Waiting) -> None:
        self._arriving.append(waiting)
        self._arrival.ring()

    async def _admit(self) -> NoReturn:
        """Let messages into the queue; where nobody could tell after a crash, note first that they are to leave."""
        while True:
            if not self._arriving or self._is_closed or self._rest:
                await self._arrival.wait(self._rest or _REST)
                continue
            places = self._places or await self._wait_for_certainty()
            admitted = [self._arriving.popleft() for _ in range(min(places, len(self._arriving)))]
            to_note = (
                []
                if self._channel.knows_repeats
                else [id_ for each in admitted if not each.is_noted for id_ in each.item.ids]
            )
            if to_note:
                with self.promised(len(admitted)):
                    await self._marks.begin(to_note)
            self._queue.extend(admitted)
            self._bell.ring()

    async def _wait_for_certainty(self) -> int:
        """Wait until places become free, and return how many; one is when it takes too long to know what became."""
        until = self._clock.ticks() + LONGEST_DOUBT
        while not self._places:
            left = until - self._clock.ticks()
            if left <= 0 and self._is_careful and not self._queue:
                return 1
            await self._arrival.wait(left if left > 0 else LONGEST_DOUBT)
        return self._places

    @property
    def _places(self) -> int:
        """How many more messages may stand in the queue. Those noted as about to leave are in doubt after a crash."""
        standing = len(self._queue) + self._promised
        free = self._ahead - standing
        if self._is_careful and self._pace is not None and self._pace.most_in_doubt is not None:
            free = min(free, self._pace.most_in_doubt - standing - len(self._in_doubt))
        return max(0, free)

    @property
    def _is_careful(self) -> bool:
        return len(self._queue) + len(self._arriving) <= FEW_CHATS

    async def _wait_for_request(self, wanted_at: float) -> float:
        """Wait for the next slot, and return when it was: a loop that wakes up late does not lose the next ones."""
        if self._slots is None:
            return wanted_at
        due_at = wanted_at + self._slots.request(wanted_at)
        seconds = max(due_at - self._clock.ticks(), self._slots.crowd(self._clock.ticks()))
        while seconds > 0:
            await asyncio.sleep(seconds)
            seconds = self._slots.crowd(self._clock.ticks())
        return max(due_at, self._clock.ticks() - self._slots.catch_up)

    async def _call(self, batch: Sequence[_Waiting]) -> None:
        items = [each.item for each in batch]
        began = self._clock.ticks()
        if self._slots is not None:
            self._slots.leave([item.message.to.room for item in items], began)
        try:
            results: Sequence[Result] = await self._channel.send(items)
        except Exception as error:  # a fault of ours must not end the sending to everybody else
            logger.exception("send.broken channel=%s messages=%d", self._channel.name, len(items))
            results = [error] * len(items)
        ended = self._clock.ticks()
        if self._slots is not None:
            self._slots.answer(began, ended)
        for result in results:
            self._meter.sent(self._channel.name, outcome=outcome(result), took_ms=(ended - began) * MS)
        self._watch(results)
        self._heed({item.message.to.room: result for item, result in zip(items, results, strict=True)}, ended)
        self._under_way -= 1
        for each, result in zip(batch, results, strict=True):
            each.done(result)

    def _watch(self, results: Sequence[Result]) -> None:
        """Notice when the platform goes down and comes back."""
        was_up = self.is_platform_up
        self._failures_in_row = self._failures_in_row + 1 if all(map(is_outage, results)) else 0
        if not self.is_platform_up:
            self._rest_from_outage()
        if was_up != self.is_platform_up:
            name = "back" if self.is_platform_up else "down"
            logger.warning("platform.%s channel=%s error=%s", name, self._channel.name, results[0])

    def _rest_from_outage(self) -> None:
        growth = 2.0 ** min(self._failures_in_row - OUTAGE_AFTER, 10)
        self._pause(min(LONGEST_OUTAGE_PAUSE, FIRST_OUTAGE_PAUSE * growth))

    def _heed(self, results: Mapping[str, Result], now: float) -> None:
        """Rest when the platform asks for it."""
        seconds = self._flood.heed(results, now)
        if seconds > 0:
            self._pause(seconds)
            logger.warning("platform.flood channel=%s seconds=%g", self._channel.name, seconds)

    def _pause(self, seconds: float) -> None:
        if self._slots is not None:
            self._slots.pause(self._clock.ticks() + seconds)


def _ahead(channel: Channel) -> int:
    """How many messages may stand in the queue. What is not noted beforehand may all stand there."""
    if channel.knows_repeats or channel.pace is None:
        return MOST_AHEAD * (channel.pace.batch if channel.pace else 1)
    return max(1, min(MOST_AHEAD, int(channel.pace.per_second * AHEAD_SECONDS))) * channel.pace.batch
