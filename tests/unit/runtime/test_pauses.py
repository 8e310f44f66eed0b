"""The courier waits when a platform asks for it: no longer, and with nobody else than it has to."""

from collections.abc import Collection, Sequence

from bot.domain.errors import ThrottledError
from bot.domain.replies import QueuedMessage
from bot.runtime.clock import SystemClock
from bot.runtime.courier import Courier
from bot.services.channel import Pace, SendResult
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import Talk
from tests.unit.runtime.sending import QUICK, queue, running, until


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
        await until(lambda: len(channel.asked) == 2)
        assert courier.how(channel.name) == "the platform asks us to wait"
        await until(lambda: len(channel.taken) == 6)
        assert courier.how(channel.name) == "ok"
    assert sum(asked < over - 0.05 for asked in channel.asked) == 2


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
