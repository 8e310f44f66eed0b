"""When the next message may go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.pacing import Slots
from bot.services.channel import Pace

TELEGRAM = Pace(per_second=29, chat_seconds=1.0, group_per_minute=20)


def most_within(times: list[float], seconds: float) -> int:
    """Count the fullest window of so many seconds."""
    return max(sum(1 for other in times if start <= other < start + seconds) for start in times)


def test_the_first_request_goes_at_once_and_the_next_an_interval_later() -> None:
    slots = Slots(Pace(per_second=10))
    assert slots.request(100.0) == 0
    assert slots.request(100.0) == pytest.approx(0.1)
    assert slots.request(100.0) == pytest.approx(0.2)


def test_a_rest_gives_no_right_to_a_burst() -> None:
    slots = Slots(Pace(per_second=10))
    slots.request(0.0)
    assert [round(slots.request(100.0), 3) for _ in range(3)] == [0, 0.1, 0.2]


@given(st.lists(st.floats(0, 3), min_size=2, max_size=200))
def test_no_second_has_more_requests_than_the_rate_and_one(gaps: list[float]) -> None:
    slots, now, sent = Slots(TELEGRAM), 0.0, []
    for gap in gaps:
        now += gap * (gap > 1)  # most come at once
        sent.append(now + slots.request(now))
    assert most_within(sent, 1.0) <= 30


def test_requests_come_as_fast_as_the_rate_allows() -> None:
    slots = Slots(TELEGRAM)
    sent = [slots.request(0.0) for _ in range(2900)]
    assert 2900 / (sent[-1] + 1 / 29) == pytest.approx(29)


def test_a_pause_holds_every_request() -> None:
    slots = Slots(TELEGRAM)
    slots.pause(5.0)
    slots.pause(2.0)
    assert slots.request(0.0) == 5.0


def test_a_pause_holds_a_request_that_has_its_slot_too() -> None:
    slots = Slots(TELEGRAM)
    assert slots.request(0.0) == 0.0
    slots.pause(5.0)
    assert [slots.crowd(now) for now in (0.0, 4.0, 5.0)] == [5.0, 1.0, 0.0]
    assert [slots.paused(now) for now in (0.0, 4.0, 5.0)] == [5.0, 1.0, 0.0]


def test_messages_of_one_chat_are_apart_and_those_of_others_are_not() -> None:
    slots = Slots(TELEGRAM)
    assert slots.message("a", 0.0, is_group=False) == 0
    assert slots.message("a", 0.0, is_group=False) == 1
    assert slots.message("b", 0.0, is_group=False) == 0
    assert slots.message("a", 10.0, is_group=False) == 0


def test_a_message_that_left_late_keeps_the_next_one_of_its_chat() -> None:
    slots = Slots(TELEGRAM)
    slots.message("a", 0.0, is_group=False)
    slots.leave(["a"], 4.0)
    assert slots.message("a", 4.5, is_group=False) == 0.5


def test_a_group_has_twenty_messages_a_minute() -> None:
    slots, now, sent = Slots(TELEGRAM), 0.0, []
    for _ in range(100):
        now += slots.message("g", now, is_group=True)
        sent.append(now)
    assert most_within(sent, 60.0) == 20
    assert sent[-1] < 5 * 61 + 20


def test_chats_of_long_ago_are_forgotten() -> None:
    slots = Slots(TELEGRAM)
    for number in range(25_000):
        slots.message(str(number), float(number), is_group=number % 2 == 0)
    assert len(slots._next_of_chat) <= 10_001
    assert len(slots._of_group) <= 10_001
