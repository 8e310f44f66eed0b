"""The courier waits when a platform asks for it: no longer, and with nobody else than it has to."""

from collections.abc import Collection, Sequence
from datetime import timedelta

import pytest

from bot.domain.errors import ThrottledError, UnknownOutcomeError
from bot.domain.replies import QueuedMessage
from bot.runtime import gate
from bot.runtime.clock import SystemClock
from bot.runtime.courier import Courier
from bot.services.channel import Pace, SendResult
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import Talk
from tests.unit.runtime.sending import QUICK, queue, running, statuses, until


class Busy(FakeChannel):
    """Takes nothing of some chats, or of anybody, for a while, and keeps when it was asked."""

    def __init__(self, clock: SystemClock, *, seconds: float, chats: Collection[str] | None = None) -> None:
        super().__init__(pace=Pace(per_second=200))
        self.asked: list[float] = []
        self._clock = clock
        self._until = clock.ticks() + seconds
        self._chats = chats

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        now = self._clock.ticks()
        self.asked.append(now)
        if now < self._until and (self._chats is None or messages[0].message.to.chat_id in self._chats):
            return [ThrottledError(self._until - now) for _ in messages]
        return await super().send(messages)


async def test_a_message_is_tried_again_when_its_pause_is_over_and_not_seconds_later() -> None:
    talk, clock = Talk(), SystemClock()
    await queue(talk, "привет")
    channel = FakeChannel(ThrottledError(0.4), pace=QUICK)
    courier = Courier(uow=talk.uow, channels=[channel], clock=clock)
    began = clock.ticks()
    async with running(courier):
        await until(lambda: len(channel.taken) == 1)
    assert clock.ticks() - began < 1.5


async def test_a_platform_that_asks_everybody_to_wait_is_left_alone_until_it_is_over() -> None:
    talk, clock = Talk(), SystemClock()
    for number in range(6):
        await queue(talk, "привет", user=f"p{number}")
    channel = Busy(clock, seconds=0.4)
    over = clock.ticks() + 0.4
    courier = Courier(uow=talk.uow, channels=[channel], clock=clock)
    async with running(courier):
        await until(lambda: len(channel.asked) >= 2)
        assert courier.how(channel.name) == "the platform asks us to wait"
        await until(lambda: len(channel.taken) == 6)
        assert courier.how(channel.name) == "ok"
    assert sum(asked < over - 0.05 for asked in channel.asked) <= 3  # not six: the others are left alone


async def test_a_chat_that_is_to_wait_keeps_nobody_else() -> None:
    talk, clock = Talk(), SystemClock()
    for number in range(6):
        await queue(talk, "привет", user=f"p{number}")
    channel = Busy(clock, seconds=0.4, chats={"chat of p0", "chat of p3"})
    over = clock.ticks() + 0.4
    courier = Courier(uow=talk.uow, channels=[channel], clock=clock)
    async with running(courier):
        await until(lambda: len(channel.taken) == 4)
        assert clock.ticks() < over
        await until(lambda: len(channel.taken) == 6)


class Failing(FakeChannel):
    """A server that fails, perhaps after it has done what it was asked, until it was asked so often how it is."""

    def __init__(self, *, questions: int) -> None:
        super().__init__(pace=Pace(per_second=200, most_in_doubt=1), knows_repeats=False)
        self.risked = 0
        self._questions = questions

    async def is_up(self) -> bool:
        self._questions -= 1
        return self._questions <= 0

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        if self._questions > 0:
            self.risked += len(messages)
            return [UnknownOutcomeError("HTTP 502") for _ in messages]
        return await super().send(messages)


async def test_while_a_platform_is_down_no_message_is_risked_that_may_come_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "FIRST_OUTAGE_PAUSE", 0.01)
    talk = Talk()
    for number in range(9):
        await queue(talk, "привет", user=f"p{number}")
    channel = Failing(questions=4)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) >= 6)
        talk.clock.advance(timedelta(seconds=6))
        await until(lambda: len(channel.taken) == 9 and courier.is_idle)
    assert channel.risked == gate.OUTAGE_AFTER
    assert await statuses(talk) == {"out:sent": 9}
