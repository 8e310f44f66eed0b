"""Lanes: all queued messages of one platform, each chat's in order, as many chats at a time as wait."""

import asyncio
import logging
import math
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import NoReturn

from bot.domain.errors import UnreachableError
from bot.domain.ids import TranscriptId
from bot.domain.merging import together
from bot.domain.messages import Address
from bot.domain.replies import QueuedMessage
from bot.runtime.bell import Bell
from bot.runtime.fate import Failed, Fate, Sent, Unknown, decide, log_failure
from bot.runtime.gate import Gate
from bot.runtime.loops import keep_on
from bot.runtime.marks import Marks
from bot.services.channel import Channel, Meter
from bot.services.ports import Clock, UnitOfWorkFactory

logger = logging.getLogger(__name__)

MOST_IN_HAND = 1000
"""Messages in memory; the rest waits in the database, which is the queue."""
SOON_SECONDS = 0.25
"""How often the whole queue is looked through at most, however many messages are to be tried again."""
RESCAN_SECONDS = 5.0
"""How often it is looked through without a reason, for what others put there."""


class Lanes:
    """Sends one platform's messages for ever. What it has in hand is a copy: a kill loses nothing.

    A message that is to be tried again holds back its chat: what is behind it goes back to the queue.
    """

    def __init__(
        self,
        channel: Channel,
        *,
        uow: UnitOfWorkFactory,
        marks: Marks,
        clock: Clock,
        bell: Bell,
        meter: Meter,
        batch: int = 256,
        repeats_unknown: bool = True,
    ) -> None:
        self._channel = channel
        self._uow = uow
        self._marks = marks
        self._clock = clock
        self._bell = bell
        self._batch = batch
        self._repeats_unknown = repeats_unknown
        self._gate = Gate(channel, marks=marks, clock=clock, meter=meter)
        self._lanes: dict[str, deque[QueuedMessage]] = {}
        self._in_hand: set[TranscriptId] = set()
        self._held: set[str] = set()
        self._freed: set[str] = set()
        self._after = 0
        self._rescan_at = 0.0
        self._planned: set[int] = set()
        self._has_doubted = False
        self._is_stopping = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way; when stopping, whatever still waits."""
        return not self._in_hand or (self._is_stopping and self._gate.is_idle)

    def stop(self) -> None:
        """Let no further message leave; those under way arrive and are noted."""
        self._is_stopping = True
        self._gate.stop()

    def how(self) -> str:
        """Tell ``ok`` while messages get through."""
        return self._gate.how

    async def run(self) -> NoReturn:
        """Send for ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._gate.run())
            await keep_on("lanes", self._load, self._bell, rest=RESCAN_SECONDS)

    async def _doubt(self) -> None:
        """Note what may have arrived before a crash, where nobody else can tell."""
        doubtful = [] if self._channel.knows_repeats else [self._channel.name]
        async with self._uow() as uow:
            doubted = await uow.transcript.doubt_begun(doubtful)
            await uow.commit()
        self._has_doubted = True
        if doubted:
            logger.warning("send.doubted channel=%s messages=%d", self._channel.name, doubted)

    async def _load(self) -> bool:
        """Take what is queued in hand; tell whether there may be more."""
        if not self._has_doubted:
            await self._doubt()
        if self._is_stopping or len(self._in_hand) >= MOST_IN_HAND:
            return False
        if self._clock.ticks() >= self._rescan_at:
            self._after, self._rescan_at = 0, self._clock.ticks() + RESCAN_SECONDS
        self._held -= self._freed  # only before reading: what is read meanwhile may be older than what freed them
        self._freed.clear()
        async with self._uow() as uow:
            queued = await uow.transcript.unsent(
                [self._channel.name], now=self._clock.now(), limit=self._batch, after=self._after
            )
            with self._in_hands([item for item in queued if not self._has(item)]) as leaving:
                await uow.transcript.begin(leaving, at=self._clock.now())
                await uow.commit()  # it may have given up messages that nobody can read
        self._after = queued[-1].id if queued else self._after
        return len(queued) == self._batch

    @contextmanager
    def taking(self, queued: Sequence[QueuedMessage], free: Collection[Address]) -> Iterator[Sequence[TranscriptId]]:
        """Take in hand what is being queued to `free` people, to whom nothing else is, and look for the rest later.

        It is sent when the block ends well. What is given leaves at once, and has to be noted in the block.
        """
        is_ready = self._has_doubted and not self._is_stopping and len(self._in_hand) < MOST_IN_HAND
        taken = [item for item in queued if item.message.to in free and not self._has(item)] if is_ready else []
        with self._in_hands(taken) as leaving:
            yield leaving
        if len(taken) < len(queued):
            self._bell.ring()

    @contextmanager
    def _in_hands(self, fresh: Sequence[QueuedMessage]) -> Iterator[Sequence[TranscriptId]]:
        """Keep `fresh` from being taken twice while the block commits; then send them."""
        ids = {item.id for item in fresh}
        leaving = self._leaving(fresh)
        self._in_hand |= ids
        try:
            with self._gate.promised(len(leaving)):
                yield list(leaving)
        except BaseException:
            self._in_hand -= ids
            raise
        for item in fresh:
            self._take(item, is_noted=item.id in leaving)

    def _has(self, item: QueuedMessage) -> bool:
        """Whether `item` is in hand, or behind one that failed and is not written down yet."""
        return item.id in self._in_hand or item.message.to.chat_id in self._held

    def _leaving(self, fresh: Sequence[QueuedMessage]) -> set[TranscriptId]:
        """Pick those that can leave at once: to note it here is cheaper than in a transaction of its own."""
        firsts: dict[str, QueuedMessage] = {}
        for item in fresh:
            firsts.setdefault(item.message.to.chat_id, item)
        free = [
            item.id
            for chat, item in firsts.items()
            if chat not in self._lanes and not item.is_unreachable and self._gate.is_free(item)
        ]
        return set(free[: self._gate.room])

    def _take(self, item: QueuedMessage, *, is_noted: bool) -> None:
        chat = item.message.to.chat_id
        if chat in self._held:  # its lane failed meanwhile
            self._in_hand.discard(item.id)
            return
        if chat in self._lanes:
            self._lanes[chat].append(item)
            return
        self._lanes[chat] = deque([item])
        self._send_first(chat, is_noted=is_noted)

    def _send_first(self, chat: str, *, is_noted: bool = False) -> None:
        item = self._lanes[chat][0]
        if item.is_unreachable:
            self._end_first(chat, 1, UnreachableError("has not written since they blocked us"))
        else:
            whole = item if is_noted or self._channel.knows_repeats else together(self._lanes[chat])
            self._gate.send(whole, partial(self._end_first, chat, len(whole.ids)), is_noted=is_noted)

    def _end_first(self, chat: str, count: int, result: str | Exception) -> None:
        """Note what came of the first messages of a lane, which went as one, and go on with the next one."""
        lane = self._lanes[chat]
        parts = [lane.popleft() for _ in range(count)]
        if len(parts) > 1 and isinstance(result, str):
            result = ""  # what the platform has is none of them: an edit of one would put it in the place of all
        fates = [self._decide(part, result) for part in parts]
        fate, done = fates[0], list(parts)
        written = partial(self._let_go, done)
        if _holds_back(fate):
            done += lane
            lane.clear()
            self._held.add(chat)
            written = partial(self._free, chat, done, fate)
        for each in fates[:-1]:
            self._marks.note(each, lambda: None)
        self._marks.note(fates[-1], written)
        if lane and not self._is_stopping:
            self._send_first(chat)
            return
        del self._lanes[chat]
        self._in_hand.difference_update(item.id for item in lane)

    def _let_go(self, messages: Sequence[QueuedMessage]) -> None:
        """Forget what is written down: before, the queue would give it to us again. The first of them was tried."""
        had_room = len(self._in_hand) < MOST_IN_HAND
        self._gate.settle(messages[0].id)
        self._in_hand.difference_update(item.id for item in messages)
        if not had_room:
            self._bell.ring()

    def _free(self, chat: str, messages: Sequence[QueuedMessage], fate: Fate) -> None:
        """Take messages of a chat again: before it was written down that one failed, the next would overtake it."""
        self._let_go(messages)
        self._freed.add(chat)
        self._look_again(SOON_SECONDS)
        self._look_again(_pause(fate, self._clock.now()))

    def _look_again(self, seconds: float) -> None:
        """Look through the whole queue after a while: what is to be tried again waits there, and what is behind it."""
        step = math.ceil((self._clock.ticks() + seconds) / SOON_SECONDS)
        if step not in self._planned:
            self._planned.add(step)
            later = step * SOON_SECONDS - self._clock.ticks()
            asyncio.get_running_loop().call_later(later, self._look_through, step)

    def _look_through(self, step: int) -> None:
        self._planned.discard(step)
        self._rescan_at = 0.0
        self._bell.ring()

    def _decide(self, item: QueuedMessage, result: str | Exception) -> Fate:
        fate = decide(
            item,
            result,
            now=self._clock.now(),
            is_platform_up=self._gate.is_platform_up,
            repeats_unknown=self._repeats_unknown,
        )
        if not isinstance(fate, Sent):
            log_failure(item, result, fate)
        return fate


def _holds_back(fate: Fate) -> bool:
    """Whether the messages behind must wait, or are given up with it."""
    return not isinstance(fate, Sent) and not (isinstance(fate, Failed) and fate.retry_at is None)


def _pause(fate: Fate, now: datetime) -> float:
    """Seconds until a message may be tried again; 0 when it will not be."""
    retry_at = fate.retry_at if isinstance(fate, Failed | Unknown) else None
    return 0.0 if retry_at is None else max(0.0, (retry_at - now).total_seconds())
