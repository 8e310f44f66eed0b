"""Jobs: done outside of turns, tried again, told of."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.actions import Action
from bot.domain.errors import TryLaterError
from bot.domain.ids import ChannelName
from bot.domain.job import Job
from bot.domain.messages import Address, Event
from bot.runtime.clock import MovableClock
from bot.runtime.jobs import LONGEST_PAUSE, TRIES, Jobs
from tests.fakes.uow import FakeDatabase

ANN = Address(ChannelName("console"), "c1", "u1")
JOB = Job(kind="sum", address=ANN, then=Action("sums.told", ("7",)), args=("2", "3"))


async def _sum(job: Job) -> Sequence[str]:
    return [str(sum(map(int, job.args)))]


async def _away(job: Job) -> Sequence[str]:
    raise TryLaterError("nobody answers")


async def _broken(job: Job) -> Sequence[str]:
    raise ZeroDivisionError


class Bench:
    """Jobs over a store in memory, with a clock to move."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.faults: list[Exception] = []
        self.clock = MovableClock()
        self.jobs = Jobs(
            uow=self.database.unit_of_work,
            clock=self.clock,
            doers={"sum": _sum, "away": _away, "broken": _broken, "owed": self._owed},
            owed={"owed"},
        )

    async def _owed(self, job: Job) -> Sequence[str]:
        if self.faults:
            raise self.faults.pop()
        return ["done at last"]

    async def add(self, kind: str) -> None:
        async with self.database.unit_of_work() as uow:
            job = Job(kind=kind, address=ANN, then=JOB.then, args=JOB.args)
            await uow.jobs.add(job, at=self.clock.now())
            await uow.commit()

    async def told(self) -> list[Event]:
        async with self.database.unit_of_work() as uow:
            return [stored.event for stored in await uow.transcript.waiting(10)]


def _actions(events: Sequence[Event]) -> list[object]:
    return [getattr(event, "action", None) for event in events]


async def test_what_came_of_a_job_comes_back_as_an_event() -> None:
    bench = Bench()
    await bench.add("sum")
    assert await bench.jobs.work() is not None
    assert _actions(await bench.told()) == [Action("sums.told", ("7", "done", "5"))]
    assert await bench.jobs.work() is None


async def test_a_job_that_tells_nobody_ends_in_silence() -> None:
    bench = Bench()
    async with bench.database.unit_of_work() as uow:
        await uow.jobs.add(Job(kind="sum", address=ANN, args=("1", "1")), at=bench.clock.now())
        await uow.commit()
    assert await bench.jobs.work() is not None
    assert await bench.told() == []
    assert await bench.jobs.work() is None


async def test_a_broken_job_is_told_and_keeps_nobody_up() -> None:
    bench = Bench()
    await bench.add("broken")
    await bench.add("nobody does this")
    await bench.jobs.work()
    await bench.jobs.work()
    (first,) = await bench.told()
    assert _actions([first]) == [Action("sums.told", ("7", "failed"))]
    assert await bench.jobs.work() is None


async def test_a_job_whose_other_side_is_away_is_tried_again_and_fails_in_the_end() -> None:
    bench = Bench()
    await bench.add("away")
    for _ in range(TRIES):
        assert await bench.told() == []
        assert await bench.jobs.work() is not None
        assert await bench.jobs.work() is None
        bench.clock.move_to(bench.clock.now() + timedelta(minutes=5))
    assert _actions(await bench.told()) == [Action("sums.told", ("7", "failed"))]


async def test_what_somebody_was_promised_is_tried_until_it_is_done() -> None:
    bench = Bench()
    bench.faults = [ZeroDivisionError(), *(TryLaterError("away") for _ in range(20 * TRIES)), ZeroDivisionError()]
    await bench.add("owed")
    tries = len(bench.faults)
    for _ in range(tries):
        assert await bench.jobs.work() is not None
        assert await bench.told() == []
        bench.clock.advance(LONGEST_PAUSE)
    assert bench.faults == []
    await bench.jobs.work()
    assert _actions(await bench.told()) == [Action("sums.told", ("7", "done", "done at last"))]
