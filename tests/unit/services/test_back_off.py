"""Pauses that grow."""

import asyncio

import pytest

from bot.services.back_off import BackOff


def test_pauses_double_up_to_a_bound_and_begin_anew() -> None:
    back_off = BackOff(first=1.0, longest=5.0, chance=lambda: 0.5)
    is_first = [back_off.is_first]
    assert [back_off.next() for _ in range(5)] == [1.0, 2.0, 4.0, 5.0, 5.0]
    is_first.append(back_off.is_first)
    back_off.reset()
    is_first.append(back_off.is_first)
    assert back_off.next() == 1.0
    assert is_first == [True, False, True]


@pytest.mark.parametrize(("share", "pause"), [(0.0, 3.0), (1.0, 5.0)])
def test_chance_makes_a_pause_longer_or_shorter(share: float, pause: float) -> None:
    assert BackOff(first=4.0, longest=60.0, chance=lambda: share).next() == pause


async def test_a_pause_lasts_as_long_as_asked_at_least() -> None:
    back_off = BackOff(first=0.0, longest=0.0)
    async with asyncio.timeout(1.0):
        await back_off.wait()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await back_off.wait(least=60.0)
