"""Answers go from the pump to the courier by hand: in order, once, and noted as about to leave."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.domain.errors import ChannelError, StorageError
from bot.domain.messages import Said
from bot.domain.replies import QueuedMessage
from bot.runtime.courier import Courier
from bot.runtime.pump import Pump
from bot.services.channel import Pace, SendResult
from bot.services.ports import UnitOfWorkFactory
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import Talk, keys
from tests.fakes.uow import FakeDatabase
from tests.unit.runtime.sending import QUICK, answering, queue, running, statuses, until

HELLO, KETTLE, THANKS = "smalltalk-greeting(brand=Чайная)", "Чайник K-1", "smalltalk-thanks(brand=Чайная)"


class Counting:
    """A store that counts its units of work, and may refuse to commit."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.opened = 0
        self.kept = 0
        self.refuses = False

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[object]:
        self.opened += 1
        async with self.database.unit_of_work() as unit:
            if self.refuses:
                unit.commit = self._refuse  # type: ignore[method-assign]
            yield unit
        self.kept += 1

    async def _refuse(self) -> None:
        raise StorageError("the disk is full")


class Late(FakeChannel):
    """Keeps how many units of work were left when each message was sent."""

    def __init__(self, store: Counting) -> None:
        super().__init__(pace=QUICK)
        self.kept: list[int] = []
        self._store = store

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        self.kept.append(self._store.kept)
        return await super().send(messages)


class Watching(FakeChannel):
    """Keeps what was written down of each message when it was sent."""

    def __init__(self, database: FakeDatabase, *, pace: Pace = QUICK) -> None:
        super().__init__(pace=pace, knows_repeats=False)
        self.begun: list[bool] = []
        self.in_doubt: list[int] = []
        self._database = database

    async def send(self, messages: Sequence[QueuedMessage]) -> Sequence[SendResult]:
        rows = self._database.tables.outbound
        self.begun += [rows[item.id].is_begun for item in messages]
        self.in_doubt.append(sum(row.is_begun and row.status == "queued" for row in rows.values()))
        return await super().send(messages)


@asynccontextmanager
async def at_work(talk: Talk, channel: FakeChannel) -> AsyncIterator[tuple[Courier, Pump]]:
    """Let a courier run that has looked through the queue, and a pump hand over to it, step by step."""
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    async with running(courier):
        await until(lambda: courier._lanes[channel.name]._has_doubted)
        yield courier, answering(talk, courier)


async def hear(talk: Talk, *texts: str) -> None:
    """Store lines that somebody says."""
    for text in texts:
        await talk.inbox.accept(Said(id=text, sender=talk.me, at=talk.clock.now(), text=text))


async def test_an_answer_is_sent_without_being_read_again_and_noted_before() -> None:
    store = Counting()
    uow: UnitOfWorkFactory = store.unit_of_work  # type: ignore[assignment]
    talk, channel = Talk(uow), Watching(store.database)
    async with at_work(talk, channel) as (courier, pump):
        await hear(talk, "привет")
        before = store.opened
        await pump.work()
        await until(lambda: len(channel.taken) == 1 and courier.is_idle)
        assert store.opened - before == 2  # the turn, and what became of the message
    assert keys(channel.taken) == [HELLO]
    assert channel.begun == [True]
    assert await statuses(talk) == {"out:sent": 1}


async def test_an_answer_leaves_when_its_turn_is_safely_kept() -> None:
    store = Counting()
    uow: UnitOfWorkFactory = store.unit_of_work  # type: ignore[assignment]
    talk, channel = Talk(uow), Late(store)
    async with at_work(talk, channel) as (courier, pump):
        await hear(talk, "привет")
        before = store.kept
        await pump.work()
        await until(lambda: len(channel.taken) == 1 and courier.is_idle)
    assert channel.kept == [before + 1]


async def test_what_follows_stays_behind_what_is_on_its_way() -> None:
    talk = Talk()
    channel = FakeChannel(ChannelError("502"), pace=QUICK)
    async with at_work(talk, channel) as (courier, pump):
        await hear(talk, "привет", "чайник", "спасибо")
        while await pump.work():
            pass
        await until(lambda: not channel.errors)
        for _ in range(3):
            talk.clock.advance(timedelta(seconds=2))
            courier.ring()
            await until(lambda: courier.is_idle)
        await until(lambda: len(channel.taken) == 3)
    assert keys(channel.taken) == [HELLO, KETTLE, THANKS]


async def test_an_answer_does_not_overtake_what_was_queued_before_the_start_and_is_to_be_tried_again() -> None:
    talk = Talk()
    await queue(talk, "привет")
    async with talk.uow() as uow:
        (item,) = await uow.transcript.unsent([talk.me.channel], now=talk.clock.now(), limit=9)
        later = talk.clock.now() + timedelta(seconds=60)
        await uow.transcript.mark_failed(item.id, error="502", retry_at=later)
        await uow.commit()
    channel = FakeChannel(pace=QUICK)
    async with at_work(talk, channel) as (courier, pump):
        await hear(talk, "чайник")
        await pump.work()
        courier.ring()
        await until(lambda: courier.is_idle)
        assert channel.taken == []
        talk.clock.advance(timedelta(seconds=61))
        courier.ring()
        await until(lambda: len(channel.taken) == 2)
    assert keys(channel.taken) == [HELLO, KETTLE]


async def test_what_was_not_committed_is_not_sent() -> None:
    store = Counting()
    uow: UnitOfWorkFactory = store.unit_of_work  # type: ignore[assignment]
    talk, channel = Talk(uow), Watching(store.database)
    async with at_work(talk, channel) as (courier, pump):
        await hear(talk, "привет")
        store.refuses = True
        with pytest.raises(StorageError):
            await pump.work()
        store.refuses = False
        assert courier.is_idle
        await pump.work()
        await until(lambda: len(channel.taken) == 1 and courier.is_idle)
    assert keys(channel.taken) == [HELLO]


async def test_no_more_are_noted_as_about_to_leave_than_may_be_in_doubt() -> None:
    database = FakeDatabase()
    talk = Talk(database.unit_of_work)
    channel = Watching(database, pace=Pace(per_second=10_000, most_in_doubt=1))
    async with at_work(talk, channel) as (courier, pump):
        for number in range(5):
            await hear(Talk(talk.uow, user=f"p{number}", chat=f"c{number}"), f"привет {number}")
        await pump.work()
        await until(lambda: len(channel.taken) == 5 and courier.is_idle)
    assert channel.in_doubt == [1] * 5


async def test_a_courier_that_is_stopping_takes_nothing_over() -> None:
    talk, channel = Talk(), FakeChannel(pace=QUICK)
    async with at_work(talk, channel) as (courier, pump):
        courier.stop()
        await hear(talk, "привет")
        await pump.work()
        assert courier.is_idle
    assert await statuses(talk) == {"out:queued": 1}
