"""The fake, a store, the channel."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.channel import TelegramChannel
from tests.fakes.telegram import UNLIMITED, FakeTelegram
from tests.integration.channels.telegram.opened import CountingMeter, Store, opened


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A fake without rates; in the end no request was one that a correct client never sends."""
    async with FakeTelegram(limits=UNLIMITED, conflict_pause=0.05, webhook_pause=0.02) as server:
        yield server
        assert server.violations == []
        assert server.missing == {}


@pytest.fixture
def store() -> Store:
    """An empty store."""
    return Store()


@pytest.fixture
def meter() -> CountingMeter:
    """Nothing counted yet."""
    return CountingMeter()


@pytest.fixture
async def channel(fake: FakeTelegram, meter: CountingMeter) -> AsyncIterator[TelegramChannel]:
    """The channel, by long polling."""
    async with opened(fake, meter=meter) as one:
        yield one
