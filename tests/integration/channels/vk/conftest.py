"""One fake community for each test; whatever happens, requests stay inside VK's contract."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.vk import FakeVk
from tests.integration.channels.vk.harness import Club


@pytest.fixture
async def fake() -> AsyncIterator[FakeVk]:
    async with FakeVk() as fake:
        fake.requests_per_second = None
        yield fake
    assert fake.violations == []


@pytest.fixture
def club(fake: FakeVk) -> Club:
    return Club(fake)
