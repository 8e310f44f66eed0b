"""Starting, stopping, and channels that can never work."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from bot.domain.errors import ConfigurationError
from bot.domain.ids import ChannelName
from bot.domain.messages import Event, Said
from bot.runtime import lifecycle as lifecycle_room
from bot.runtime.bell import Bell
from bot.runtime.courier import Courier
from bot.runtime.inbox import Inbox
from bot.runtime.lifecycle import Lifecycle
from bot.services.channel import Accept, Pace
from tests.fakes.channel import FakeChannel
from tests.fakes.talk import Talk, keys
from tests.unit.runtime.sending import answering


class Source:
    """An intake that brings what it has, then waits; or fails as told."""

    name = ChannelName("console")

    def __init__(self, *events: Event, error: ConfigurationError | None = None) -> None:
        self.events: Sequence[Event] = events
        self.error = error
        self.is_cancelled = False

    async def receive(self, accept: Accept) -> None:
        await accept(self.events)
        if self.error is not None:
            raise self.error
        try:
            await asyncio.Event().wait()
        finally:
            self.is_cancelled = True


def running(talk: Talk, channel: FakeChannel, *intakes: Source) -> Lifecycle:
    """Put a bot together."""
    bell = Bell()
    courier = Courier(uow=talk.uow, channels=[channel], clock=talk.clock)
    pump = answering(talk, courier)
    return Lifecycle(
        uow=talk.uow,
        accept=Inbox(talk.uow, clock=talk.clock, bell=bell).accept_all,
        intakes=intakes,
        workers=[partial(pump.run, bell), courier.run],
        courier=courier,
        drain_seconds=2.0,
    )


def said(talk: Talk, text: str) -> Said:
    """Somebody says something."""
    return Said(id=text, sender=talk.me, at=talk.clock.now(), text=text)


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop go on until it is so."""
    async with asyncio.timeout(5):
        while not is_so():  # noqa: ASYNC110 - what it waits for happens in the same loop
            await asyncio.sleep(0.001)


async def test_a_stop_finishes_what_was_taken_in() -> None:
    talk, channel = Talk(), FakeChannel(pace=Pace(per_second=10_000))
    source = Source(*[said(talk, f"чайник {number}") for number in range(30)])
    life = running(talk, channel, source)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(life.run())
        await asyncio.sleep(0.01)
        life.stop()
    assert len(channel.taken) == 30
    assert source.is_cancelled
    async with talk.uow() as uow:
        assert dict(await uow.transcript.count_by_status()) == {"in:handled": 30, "out:sent": 30}


async def test_a_channel_that_can_never_work_stops_the_start() -> None:
    talk = Talk()
    good, bad = Source(), Source(error=ConfigurationError("KLUBOK_X: wrong"))
    life = running(talk, FakeChannel(), good, bad)
    with pytest.raises(ConfigurationError, match="KLUBOK_X"):
        await life.run()
    assert good.is_cancelled


async def test_a_channel_that_breaks_later_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle_room, "START_SECONDS", -1.0)
    talk, channel = Talk(), FakeChannel(pace=Pace(per_second=10_000))
    good, bad = Source(said(talk, "привет")), Source(error=ConfigurationError("the token was revoked"))
    life = running(talk, channel, good, bad)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(life.run())
        await until(lambda: bool(life.stopped_channels) and bool(channel.taken))
        assert life.stopped_channels == {"console": "the token was revoked"}
        life.stop()
    assert keys(channel.taken) == ["smalltalk-greeting(brand=Чайная)"]


async def test_a_stop_does_not_wait_for_ever_for_a_platform_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle_room, "LAST_SECONDS", 0.1)
    talk = Talk()
    channel = Hanging()
    life = running(talk, channel, Source(said(talk, "привет")))
    life._drain_seconds = 0.1
    async with asyncio.timeout(3), asyncio.TaskGroup() as tasks:
        tasks.create_task(life.run())
        await until(lambda: channel.is_called)
        life.stop()
    async with talk.uow() as uow:
        assert dict(await uow.transcript.count_by_status()) == {"in:handled": 1, "out:queued": 1}


class Hanging(FakeChannel):
    """Never answers."""

    is_called = False

    async def send(self, messages: Sequence[object]) -> Sequence[str]:
        self.is_called = True
        await asyncio.Event().wait()
        return []
