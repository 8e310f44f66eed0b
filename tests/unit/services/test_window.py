"""How many requests a platform may have counted within a second."""

from random import Random

import pytest

from bot.services.window import SECOND, UNKNOWN_WAIT, Window


def test_so_many_leave_at_once_and_the_next_a_second_later() -> None:
    window = Window(2)
    for _ in range(2):
        assert window.wait(10.0) == 0
        window.leave()
        window.answer(10.0, 10.1)
    assert window.wait(10.1) == pytest.approx(0.9)
    assert window.wait(11.0) == 0


def test_what_is_not_answered_is_counted_until_it_is() -> None:
    window = Window(1)
    window.leave()
    assert window.wait(100.0) == UNKNOWN_WAIT


def test_the_platform_never_sees_more_however_long_requests_take() -> None:
    chance, window, now = Random(7), Window(20), 0.0  # noqa: S311 - the same every time
    under_way: list[tuple[float, float]] = []
    arrived: list[float] = []
    window.leave()
    window.answer(0.0, 0.05)  # the way there and back takes so long at least
    for _ in range(2_000):
        while window.wait(now) > 0:
            now += 0.005
            for left_at, answered_at in [each for each in under_way if each[1] <= now]:
                window.answer(left_at, answered_at)
            under_way = [each for each in under_way if each[1] > now]
        late = chance.choice([0.0, 0.0, 0.01, 0.3])
        window.leave()
        under_way.append((now, now + 0.05 + late))
        arrived.append(now + 0.025 + chance.uniform(0, late))
    arrived.sort()
    assert max(sum(start <= other < start + SECOND for other in arrived) for start in arrived[:500]) <= 20
