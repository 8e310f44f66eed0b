"""Whatever goes wrong on the way to VK, a running bot recovers by itself, and nothing is shown twice."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.fakes.vk import FakeVk
from tests.fakes.vk.faults import CODES, POLL_ANSWERS, TRANSPORT, Fault
from tests.integration.live.conftest import Gather
from tests.integration.live.pack import answer
from tests.integration.live.process import IMPATIENT, OK, Bot

GONE = (18, 900, 901, 902)
REFUSED = (914,)
PLAINER = (100, 911)
"""What VK says of a keyboard or a format that it does not take: the words go without."""
PASSING = sorted(CODES - {*GONE, *REFUSED, *PLAINER})
ON_THE_WAY = sorted(TRANSPORT)
MOST_ROUNDS = 30
"""Until several answers happen to go in one request."""


@pytest.fixture(scope="module")
def bot(directory: Path, vk: FakeVk) -> Iterator[Bot]:
    with Bot(directory, vk=vk, settings=IMPATIENT) as bot:
        yield bot.start_ready()
        bot.stop()
        assert "Traceback" not in bot.log


def broken(vk: FakeVk, method: str, kind: str | int) -> Fault:
    """Add a fault that happens once, and return it: `left` tells whether it is still to happen."""
    vk.faults.add(method, kind, seconds=1.0)
    return vk.faults.waiting[-1]


def wait_happened(bot: Bot, fault: Fault) -> None:
    """Wait for a fault: an event may have come in just before what is to go wrong, and be answered without it."""
    bot.wait_until(lambda: not fault.left, f"{fault.method} did not go wrong", seconds=15)


@pytest.mark.parametrize("kind", [*ON_THE_WAY, *sorted(POLL_ANSWERS), "duplicate", "repeat", "unknown"])
def test_events_come_in_again(bot: Bot, vk: FakeVk, on_vk: Gather, kind: str) -> None:
    crowd = on_vk(3)
    fault = broken(vk, "longpoll", kind)
    while fault.left:
        with vk.world.lock:  # several events at once
            crowd.ask(2)
        bot.wait_answered(crowd)
    crowd.ask(1)
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=15)
    assert crowd.repeats("vk") == []


@pytest.mark.parametrize("kind", [*ON_THE_WAY, *PASSING])
def test_answers_go_out_again(bot: Bot, vk: FakeVk, on_vk: Gather, kind: str | int) -> None:
    crowd = on_vk(1)
    fault = broken(vk, "messages.send", kind)
    crowd.ask(2)
    bot.wait_answered(crowd)
    wait_happened(bot, fault)
    crowd.ask(1)
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("vk") == []


@pytest.mark.parametrize("kinds", [ON_THE_WAY, PASSING], ids=["on the way", "refused for now"])
def test_many_answers_in_one_request_go_out_again(
    bot: Bot, vk: FakeVk, on_vk: Gather, kinds: Sequence[str | int]
) -> None:
    crowd = on_vk(10)
    faults = [broken(vk, "execute", kind) for kind in kinds]
    for _ in range(MOST_ROUNDS):
        with vk.world.lock:
            crowd.ask(2)
        bot.wait_answered(crowd, seconds=60)
        if not any(fault.left for fault in faults):
            break
    assert not any(fault.left for fault in faults)
    bot.wait_ready(seconds=60)
    assert crowd.repeats("vk") == []


@pytest.mark.parametrize("kind", [*GONE, *REFUSED])
def test_an_answer_that_vk_never_takes_is_a_dead_letter(bot: Bot, vk: FakeVk, on_vk: Gather, kind: int) -> None:
    crowd = on_vk(3)
    dead = "SELECT text FROM transcript WHERE status IN ('failed', 'unreachable') AND direction = 'out'"
    before = len(bot.rows(dead))
    broken(vk, "messages.send", kind)
    with vk.world.lock:
        crowd.ask(1)
    bot.wait_until(lambda: len(bot.rows(dead)) > before, "no letter is dead", seconds=10)
    crowd.ask(1)
    bot.wait_until(lambda: crowd.is_answered, "not all is answered", seconds=10)
    bot.wait_ready(seconds=10)
    lost = [member.id for member in crowd.members if member.lost]
    assert len(lost) == 1
    assert [member.complaints() for member in crowd.members if not member.lost] == [[], []]
    assert crowd.repeats("vk") == []
    assert [text for (text,) in bot.rows(dead)[before:]] == [answer(0)]


@pytest.mark.parametrize("kind", PLAINER)
def test_an_answer_that_vk_does_not_take_as_it_is_arrives_plainer(
    bot: Bot, vk: FakeVk, on_vk: Gather, kind: int
) -> None:
    crowd = on_vk(2)
    fault = broken(vk, "messages.send", kind)
    with vk.world.lock:
        crowd.ask(1)
    bot.wait_answered(crowd)
    wait_happened(bot, fault)
    assert crowd.repeats("vk") == []


@pytest.mark.parametrize("kind", ["http502", "hang", "cut", "garbage", 1, 5, 6, 10, 29])
def test_a_new_long_poll_is_found(bot: Bot, vk: FakeVk, on_vk: Gather, kind: str | int) -> None:
    crowd = on_vk(2)
    fault = broken(vk, "groups.getLongPollServer", kind)
    vk.long_poll.expire_key()
    crowd.ask(2)
    bot.wait_answered(crowd)
    wait_happened(bot, fault)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("vk") == []


@pytest.mark.parametrize("method", ["messages.getConversations", "messages.getHistory"])
def test_what_was_written_while_history_was_lost_is_read_again(
    bot: Bot, vk: FakeVk, on_vk: Gather, method: str
) -> None:
    crowd = on_vk(3)
    crowd.ask(1)
    bot.wait_answered(crowd)
    fault = broken(vk, method, 10)
    with vk.world.lock:
        crowd.ask(3)
        vk.long_poll.lose()
    bot.wait_answered(crowd)
    wait_happened(bot, fault)
    crowd.ask(1)
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("vk") == []


def test_events_in_the_wrong_order_are_not_lost(bot: Bot, vk: FakeVk, on_vk: Gather) -> None:
    crowd = on_vk(3)
    broken(vk, "longpoll", "reorder")
    with vk.world.lock:
        crowd.ask(3)
    bot.wait_until(lambda: not any(member.lost for member in crowd.members), "something is lost", seconds=10)
    assert crowd.repeats("vk") == []
    crowd.ask(1)
    bot.wait_until(lambda: crowd.is_answered, "not all is answered", seconds=10)


def test_unknown_kinds_are_counted(bot: Bot, vk: FakeVk, on_vk: Gather) -> None:
    before = bot.metric("klubok_updates_ignored_total", 'channel="vk"', 'kind="unknown"')
    vk.publish("telepathy_new", {"thought": "..."})
    crowd = on_vk(1)
    crowd.ask(1)
    bot.wait_answered(crowd)
    assert bot.metric("klubok_updates_ignored_total", 'channel="vk"', 'kind="unknown"') == before + 1


def test_a_platform_that_is_away_for_a_while(bot: Bot, vk: FakeVk, on_vk: Gather) -> None:
    crowd = on_vk(3)
    vk.stop_thread()
    crowd.ask(2)
    bot.wait_until(lambda: bot.ready()["status"] != OK, "it does not notice", seconds=10)
    vk.start_thread()
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("vk") == []
