"""Both fakes, and one bot for all tests of a module."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.fakes.telegram import UNLIMITED, FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.people import FIRST_TELEGRAM, FIRST_VK, Crowd, telegram_people, vk_people

Gather = Callable[[int], Crowd]
"""Brings so many people who were never there before."""


@pytest.fixture(scope="module")
def telegram() -> Iterator[FakeTelegram]:
    """Telegram without limits; nothing outside of its contract was asked of it in the end."""
    with FakeTelegram(limits=UNLIMITED) as fake:
        yield fake
    assert fake.violations == []


@pytest.fixture(scope="module")
def vk() -> Iterator[FakeVk]:
    """VK without limits; nothing outside of its contract was asked of it in the end."""
    with FakeVk() as fake:
        fake.requests_per_second = fake.world.sends_per_hour = None
        yield fake
    assert fake.violations == []


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a bot."""
    return tmp_path_factory.mktemp("bot")


@pytest.fixture(scope="module")
def on_telegram(telegram: FakeTelegram) -> Gather:
    """Bring people to Telegram."""
    firsts = count(FIRST_TELEGRAM, 100)
    return lambda number: Crowd(members=telegram_people(telegram, number, first=next(firsts)))


@pytest.fixture(scope="module")
def on_vk(vk: FakeVk) -> Gather:
    """Bring people to VK."""
    firsts = count(FIRST_VK, 100)
    return lambda number: Crowd(members=vk_people(vk, number, first=next(firsts)))
