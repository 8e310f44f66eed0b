"""The courier that runs for ever: order, pace, faults."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.domain.errors import ChannelError, StorageError, UnknownOutcomeError, UnreachableError
from bot.domain.replies import QueuedMessage
from bot.runtime.courier import Courier
from bot.services.channel import Pace, SendResult
from bot.services.ports import UnitOfWorkFactory
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import Talk, keys
from tests.fakes.uow import FakeDatabase
from tests.unit.runtime.sending import QUICK, queue, running, statuses, until


class Batches(FakeChannel):
    """Keeps how many messages came in one request; holds the first until told."""

    def __init__(self, pace: Pace | None = None) -> None:
        super().__init__(pace=pace or Pace(per_second=10_000, batch=25))
        self.sizes: list[int] = []
        self.gate = asyncio.Event()

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        self.sizes.append(len(messages))
        await self.gate.wait()
        return await super().send(messages)


class OneByOne(FakeChannel):
    """Keeps how many messages were on their way, as far as was written down, when each was sent."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(pace=Pace(per_second=10_000, most_in_doubt=1), knows_repeats=False)
        self.in_doubt: list[int] = []
        self._database: FakeDatabase = talk.uow.__self__  # type: ignore[attr-defined]

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        rows = self._database.tables.outbound.values()
        self.in_doubt.append(sum(row.is_begun and row.status == "queued" for row in rows))
        return await super().send(messages)


class Returning(FakeChannel):
    """The person wrote again, and is answered, while their platform still refuses what was said before."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(pace=QUICK)
        self._talk = talk
        self._has_returned = False

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        if self._has_returned:
            return await super().send(messages)
        self._has_returned = True
        await queue(self._talk, "спасибо")
        return [UnreachableError("blocked") for _ in messages]


async def test_messages_of_a_chat_arrive_in_order_and_are_marked() -> None:
    talk = Talk()
    await queue(talk, "привет", "чайник", "спасибо")
    channel = FakeChannel(pace=QUICK)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) == 3 and courier.is_idle)
    assert keys(channel.taken) == ["smalltalk-greeting(brand=Чайная)", "Чайник K-1", "smalltalk-thanks(brand=Чайная)"]
    assert await statuses(talk) == {"out:sent": 3}


async def test_what_is_queued_later_is_sent_when_the_bell_rings() -> None:
    talk = Talk()
    channel = FakeChannel(pace=QUICK)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await asyncio.sleep(0)
        await queue(talk, "привет")
        courier.ring()
        await until(lambda: len(channel.taken) == 1)


async def test_a_chat_whose_message_failed_waits_and_the_others_do_not() -> None:
    talk = Talk()
    await queue(talk, "привет", "чайник")
    await queue(talk, "спасибо", user="u2")
    channel = FakeChannel(ChannelError("502"), pace=QUICK)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) >= 1)
        assert keys(channel.taken)[0] in {"smalltalk-thanks(brand=Чайная)", "smalltalk-greeting(brand=Чайная)"}
        talk.clock.advance(_second())
        await until(lambda: len(channel.taken) == 3)
    of_ann = [message for message in channel.taken if message.to == talk.me]
    assert keys(of_ann) == ["smalltalk-greeting(brand=Чайная)", "Чайник K-1"]


async def test_what_comes_before_a_failure_is_written_down_does_not_overtake() -> None:
    database, channel = FakeDatabase(), FakeChannel(ChannelError("502"), pace=QUICK)
    refused = 0

    @asynccontextmanager
    async def uow() -> AsyncIterator[object]:
        nonlocal refused
        if not channel.errors and not refused:
            refused += 1
            raise StorageError("locked")
        async with database.unit_of_work() as unit:
            yield unit

    talk = Talk(database.unit_of_work)
    await queue(talk, "привет")
    flaky: UnitOfWorkFactory = uow  # type: ignore[assignment]
    courier = Courier(uow=flaky, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: refused == 1)
        await queue(talk, "чайник")
        courier.ring()
        await asyncio.sleep(0.02)
        talk.clock.advance(_second())
        await until(lambda: len(channel.taken) == 2)
    assert keys(channel.taken) == ["smalltalk-greeting(brand=Чайная)", "Чайник K-1"]


async def test_messages_of_many_people_go_in_batches() -> None:
    talk = Talk()
    for number in range(60):
        await queue(talk, "привет", user=f"p{number}")
    channel = Batches()
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: sum(channel.sizes) == 60)
        channel.gate.set()
        await until(lambda: len(channel.taken) == 60)
    assert max(channel.sizes) == 25
    assert len(channel.sizes) <= 5


async def test_while_few_wait_one_message_at_a_time_is_in_doubt() -> None:
    talk = Talk()
    for number in range(5):
        await queue(talk, "привет", user=f"p{number}")
    channel = OneByOne(talk)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) == 5 and courier.is_idle)
    assert channel.in_doubt == [1] * 5


async def test_a_message_that_takes_long_does_not_hold_up_the_others() -> None:
    talk = Talk()
    for number in range(3):
        await queue(talk, "привет", user=f"p{number}")
    channel = Batches(Pace(per_second=10_000, most_in_doubt=1))
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.sizes) == 2)
        channel.gate.set()
        await until(lambda: len(channel.taken) == 3)


async def test_what_was_on_its_way_in_a_crash_is_sent_again_and_the_doubt_is_kept() -> None:
    talk = Talk()
    await queue(talk, "привет")
    async with talk.uow() as uow:
        (item,) = await uow.transcript.unsent([talk.me.channel], now=talk.clock.now(), limit=9)
        await uow.transcript.begin([item.id], at=talk.clock.now())
        await uow.commit()
    channel = FakeChannel(pace=QUICK, knows_repeats=False)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) == 1 and courier.is_idle)
    database = talk.uow.__self__  # type: ignore[attr-defined]
    (row,) = database.tables.outbound.values()
    assert (row.status, row.was_unknown) == ("sent", True)


async def test_what_may_have_arrived_twice_is_left_in_its_state() -> None:
    talk = Talk()
    await queue(talk, "привет")
    channel = FakeChannel(UnknownOutcomeError("cut"), UnknownOutcomeError("cut"), pace=QUICK, knows_repeats=False)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.errors) == 1)
        talk.clock.advance(10 * _second())
        await until(lambda: not channel.errors and courier.is_idle)
    assert await statuses(talk) == {"out:unknown": 1}


async def test_nothing_is_tried_with_somebody_who_is_gone() -> None:
    talk = Talk()
    await queue(talk, "привет", "чайник")
    channel = FakeChannel(UnreachableError("blocked"), pace=QUICK)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: not channel.errors and courier.is_idle)
    assert channel.taken == []
    assert await statuses(talk) == {"out:unreachable": 2}


async def test_who_writes_again_while_a_refusal_is_on_its_way_gets_the_answer() -> None:
    talk = Talk()
    await queue(talk, "привет", "чайник")
    channel = Returning(talk)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) == 2 and courier.is_idle)
    assert keys(channel.taken) == ["Чайник K-1", "smalltalk-thanks(brand=Чайная)"]
    assert await statuses(talk) == {"out:unreachable": 1, "out:sent": 2}


async def test_a_channel_that_breaks_does_not_stop_the_others() -> None:
    talk = Talk()
    await queue(talk, "привет")
    await queue(talk, "спасибо", user="u2")
    channel = FakeChannel(RuntimeError("ours"), pace=QUICK)
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) == 1)
        talk.clock.advance(2 * _second())
        await until(lambda: len(channel.taken) == 2)


async def test_a_database_that_goes_away_loses_and_repeats_nothing() -> None:
    database = FakeDatabase()
    away = False

    @asynccontextmanager
    async def uow() -> AsyncIterator[object]:
        if away:
            raise StorageError("locked")
        async with database.unit_of_work() as unit:
            yield unit

    flaky: UnitOfWorkFactory = uow  # type: ignore[assignment]
    talk = Talk(flaky)
    await queue(talk, *[f"привет {number}" for number in range(20)])
    channel = FakeChannel(pace=QUICK)
    courier = Courier(uow=flaky, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: len(channel.taken) >= 3)
        away = True
        await asyncio.sleep(0.05)
        away = False
        await until(lambda: len(channel.taken) == 20 and courier.is_idle)
    assert await statuses(talk) == {"out:sent": 20}


def _second() -> timedelta:
    return timedelta(seconds=1)
