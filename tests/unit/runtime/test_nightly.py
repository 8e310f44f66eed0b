"""The night shift: what fails keeps nothing else from being done, and nothing is done half."""

import logging
from datetime import datetime

import pytest

from bot.domain.errors import StorageError
from bot.runtime.clock import MovableClock
from bot.runtime.nightly import NightShift
from bot.services.ports import UnitOfWork
from tests.fakes.uow import FakeDatabase

STAGES = ("count", "review", "age")


class Work:
    """Notes what it did; what is named in `broken` fails."""

    def __init__(self, *broken: str, error: Exception | None = None) -> None:
        self.broken = set(broken)
        self.error = error or ZeroDivisionError("cannot be read")
        self.due = 2

    async def settle(self, uow: UnitOfWork, *, now: datetime) -> bool:
        await self._do(uow, "settle", now)
        self.due -= 1
        return self.due >= 0

    async def announce(self, uow: UnitOfWork, *, now: datetime) -> bool:
        return False

    async def advance(self, uow: UnitOfWork, *, now: datetime) -> bool:
        stage = int(await uow.bookmarks.read("stage") or "0")
        if stage == len(STAGES):
            return False
        await self._do(uow, STAGES[stage], now)
        await self.skip(uow, now=now)
        return True

    async def skip(self, uow: UnitOfWork, *, now: datetime) -> None:
        stage = int(await uow.bookmarks.read("stage") or "0")
        await uow.bookmarks.write("stage", str(stage + 1))

    async def next_due_at(self, uow: UnitOfWork, *, now: datetime) -> datetime:
        return now

    async def _do(self, uow: UnitOfWork, name: str, now: datetime) -> None:
        await uow.bookmarks.write(name, "done")
        if name in self.broken:
            raise self.error


async def done(work: Work) -> list[str]:
    """Work until nothing is left, at most a while; tell what is kept."""
    database = FakeDatabase()
    shift = NightShift(uow=database.unit_of_work, clock=MovableClock(), work=work)
    for _ in range(10):
        if not await shift.do():
            break
    else:
        raise AssertionError("it never ends")
    return [name for name in ("settle", *STAGES) if name in database.tables.bookmarks]


async def test_everything_is_done_part_by_part() -> None:
    assert await done(Work()) == ["settle", "count", "review", "age"]


async def test_a_stage_that_fails_is_told_in_the_log_and_left_until_the_next_night(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        assert await done(Work("review")) == ["settle", "count", "age"]
    assert "nightly.failed part=advance" in caplog.text
    assert "cannot be read" in caplog.text


async def test_what_is_due_may_fail_without_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert await done(Work("settle")) == ["count", "review", "age"]
    assert "nightly.failed part=settle" in caplog.text


async def test_a_database_that_is_away_is_waited_for() -> None:
    with pytest.raises(StorageError):
        await done(Work("review", error=StorageError("away")))
