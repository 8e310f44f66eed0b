"""Whatever goes wrong on the way to Telegram, a running bot recovers by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram import (
    Conflict,
    Cut,
    CutAfter,
    Duplicates,
    FakeTelegram,
    Garbage,
    Hang,
    Http5xx,
    Http429,
    Http502,
    Reordered,
    Slow,
    Unauthorized,
    UnknownFields,
    UnknownKind,
)
from tests.fakes.telegram.faults import Kind
from tests.integration.live.conftest import Gather
from tests.integration.live.pack import answer
from tests.integration.live.process import IMPATIENT, OK, Bot

IN: tuple[Kind, ...] = (
    *(Http429(), Http5xx(), Http5xx(status=503), Http5xx(status=504), Http502(), Hang(), Cut(), CutAfter()),
    *(Slow(seconds=1.0), Garbage(), Unauthorized(), Conflict()),
    *(Duplicates(count=5), Reordered(), UnknownKind(), UnknownFields()),
)
OUT: tuple[Kind, ...] = (Http429(), Http5xx(), Http5xx(status=503), Http502(), Slow(seconds=1.0), Unauthorized())
DOUBTFUL: tuple[Kind, ...] = (
    *(Http5xx(status=504), Http5xx(status=504, performs=True), Hang(), Cut(), CutAfter()),
    *(Garbage(), Garbage(performs=True)),
    *(Http5xx(), Http5xx(performs=True), Http502(), Http502(performs=True)),
)


@pytest.fixture(scope="module")
def bot(directory: Path, telegram: FakeTelegram) -> Iterator[Bot]:
    with Bot(directory, telegram=telegram, settings=IMPATIENT) as bot:
        yield bot.start_ready()
        bot.stop()
        assert "Traceback" not in bot.log


def named(kind: Kind) -> str:
    return str(kind)


@pytest.mark.parametrize("kind", IN, ids=named)
def test_updates_come_in_again(bot: Bot, telegram: FakeTelegram, on_telegram: Gather, kind: Kind) -> None:
    crowd = on_telegram(3)
    fault = telegram.faults.add(kind=kind, method="getUpdates")
    for _ in range(3):
        with telegram.world.lock:  # several updates at once
            crowd.ask(2)
        bot.wait_until(lambda: fault.used, "nothing went wrong", seconds=5)
    bot.wait_answered(crowd)
    fault.release()
    crowd.ask(1)
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("telegram") == []


@pytest.mark.parametrize("kind", OUT, ids=named)
def test_answers_go_out_again(bot: Bot, telegram: FakeTelegram, on_telegram: Gather, kind: Kind) -> None:
    crowd = on_telegram(3)
    fault = telegram.faults.add(kind=kind, method="sendMessage", times=2)
    crowd.ask(3)
    bot.wait_answered(crowd)
    assert fault.used == 2
    crowd.ask(1)
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("telegram") == []


def test_what_may_have_arrived_is_said_again_once_and_recorded(
    bot: Bot, telegram: FakeTelegram, on_telegram: Gather
) -> None:
    crowd = on_telegram(2 * len(DOUBTFUL))
    suffering = crowd.members[::2]  # the others see to it that the platform does not count as down
    for kind, person in zip(DOUBTFUL, suffering, strict=True):
        telegram.faults.add(kind=kind, method="sendMessage", chat=person.id)
    crowd.ask(2)
    bot.wait_answered(crowd)
    crowd.ask(1)
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    first = {(person.id, answer(0)) for person in suffering}
    assert first & bot.doubted() == first
    performed = {person.id for kind, person in zip(DOUBTFUL, suffering, strict=True) if _is_performed(kind)}
    assert crowd.repeats("telegram") == [(person, answer(0)) for person in sorted(performed)]


def _is_performed(kind: Kind) -> bool:
    return isinstance(kind, CutAfter) or (isinstance(kind, Garbage | Http5xx | Http502) and kind.performs)


def test_unknown_kinds_are_counted(bot: Bot, telegram: FakeTelegram, on_telegram: Gather) -> None:
    before = bot.metric("klubok_updates_ignored_total", 'channel="telegram"')
    telegram.push_raw({"telepathy": {"thought": "..."}})
    crowd = on_telegram(1)
    crowd.ask(1)
    bot.wait_answered(crowd)
    assert bot.metric("klubok_updates_ignored_total", 'channel="telegram"') == before + 1


def test_a_platform_that_is_away_for_a_while(bot: Bot, telegram: FakeTelegram, on_telegram: Gather) -> None:
    crowd = on_telegram(3)
    telegram.go_down()
    crowd.ask(2)
    bot.wait_until(lambda: bot.ready()["status"] != OK, "it does not notice", seconds=10)
    telegram.come_back()
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("telegram") == []


def test_a_server_that_fails_for_a_while_costs_no_answer(bot: Bot, telegram: FakeTelegram, on_telegram: Gather) -> None:
    crowd = on_telegram(6)
    for method in ("sendMessage", "getMe"):
        telegram.faults.add(kind=Http502(), method=method, times=None)
    with telegram.world.lock:
        crowd.ask(2)
    bot.wait_until(lambda: bot.ready()["status"] != OK, "it does not notice", seconds=10)
    telegram.faults.clear()
    bot.wait_answered(crowd)
    bot.wait_ready(seconds=10)
    assert crowd.repeats("telegram") == []
