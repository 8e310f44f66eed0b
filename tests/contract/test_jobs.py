"""Jobs: taken by one at a time, ended once."""

from datetime import timedelta

import pytest

from bot.domain.actions import Action
from bot.domain.job import Job, TakenJob
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import ANN, BOB, NOON

SOON = NOON + timedelta(minutes=1)
JOB = Job(kind="receipt", address=ANN, then=Action("receipts.read", ("7", "а:б")), args=("photo.jpg", "ё"))
OTHER = Job(kind="forget", address=BOB)


async def _add(open_uow: UnitOfWorkFactory, *jobs: Job) -> None:
    async with open_uow() as uow:
        for job in jobs:
            await uow.jobs.add(job, at=NOON)
        await uow.commit()


async def _take(open_uow: UnitOfWorkFactory, *, minutes: float = 0.0, limit: int = 9) -> list[TakenJob]:
    now = NOON + timedelta(minutes=minutes)
    async with open_uow() as uow:
        taken = await uow.jobs.take(now, until=now + timedelta(minutes=1), limit=limit)
        await uow.commit()
        return list(taken)


async def _end(open_uow: UnitOfWorkFactory, taken: TakenJob) -> bool:
    async with open_uow() as uow:
        is_ended = await uow.jobs.end(taken)
        await uow.commit()
        return is_ended


async def test_jobs_are_taken_as_they_were_added_by_one_only(open_uow: UnitOfWorkFactory) -> None:
    await _add(open_uow, JOB, OTHER)
    (first,) = await _take(open_uow, limit=1)
    assert (first.job, first.attempts) == (JOB, 1)
    assert [taken.job for taken in await _take(open_uow)] == [OTHER]
    assert await _take(open_uow) == []


async def test_a_job_that_was_ended_is_gone(open_uow: UnitOfWorkFactory) -> None:
    await _add(open_uow, JOB)
    (taken,) = await _take(open_uow)
    assert await _end(open_uow, taken)
    assert not await _end(open_uow, taken)
    assert await _take(open_uow, minutes=10) == []


async def test_a_job_left_undone_goes_to_somebody_else_who_alone_ends_it(open_uow: UnitOfWorkFactory) -> None:
    await _add(open_uow, JOB)
    (late,) = await _take(open_uow)
    (again,) = await _take(open_uow, minutes=1)
    assert (again.id, again.job, again.attempts) == (late.id, JOB, 2)
    assert not await _end(open_uow, late)
    assert await _end(open_uow, again)


async def test_a_job_put_off_waits(open_uow: UnitOfWorkFactory) -> None:
    await _add(open_uow, JOB)
    (taken,) = await _take(open_uow)
    async with open_uow() as uow:
        await uow.jobs.put_off(taken, until=NOON + timedelta(minutes=5))
        await uow.commit()
    assert await _take(open_uow, minutes=4) == []
    (again,) = await _take(open_uow, minutes=5)
    assert again.attempts == 2


async def _spoil_a_turn(uow: UnitOfWork) -> None:
    async with uow.turn():
        await uow.jobs.add(JOB, at=NOON)
        raise ZeroDivisionError


async def test_a_job_of_a_turn_that_failed_is_not_done(open_uow: UnitOfWorkFactory) -> None:
    async with open_uow() as uow:
        with pytest.raises(ZeroDivisionError):
            await _spoil_a_turn(uow)
        await uow.commit()
    assert await _take(open_uow) == []
