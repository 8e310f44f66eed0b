"""What is committed to a file is on the disk before anybody is told, and nobody waits for the disk longer than that."""

import asyncio
import threading
from pathlib import Path

import pytest

from bot.domain.errors import StorageError
from bot.domain.ids import TranscriptId
from bot.storage import disk, schema
from bot.storage.database import Database, open_database
from tests.contract.samples import ANN, NOON, accept, counts, said, waiting_ids


class Disk:
    """In the place of the system's: counts how often it was waited for, may fail, or take its time."""

    def __init__(self) -> None:
        self.synced = 0
        self.error: OSError | None = None
        self.goes_on = threading.Event()
        self.goes_on.set()

    def sync(self, _: int) -> None:
        self.goes_on.wait(10)
        if self.error:
            raise self.error
        self.synced += 1


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, sqlite: Database) -> Disk:
    """A disk of our own under an open file."""
    own = Disk()
    monkeypatch.setattr(disk, "_sync", own.sync)
    return own


async def test_what_was_committed_is_on_the_disk_when_the_unit_of_work_is_left(sqlite: Database, slow: Disk) -> None:
    await accept(sqlite.unit_of_work, said("1"))
    assert slow.synced == 1
    async with sqlite.unit_of_work() as uow:
        await uow.transcript.accept([said("2")])
    async with sqlite.unit_of_work(is_reading=True) as uow:
        await uow.transcript.backlog()
    assert slow.synced == 1


async def test_what_may_be_lost_with_the_power_does_not_wait(sqlite: Database, slow: Disk) -> None:
    async with sqlite.unit_of_work(is_relaxed=True) as uow:
        await uow.people.mark_unreachable(ANN, reason="blocked", at=NOON, unless_after=TranscriptId(0))
        await uow.commit()
    assert slow.synced == 0


async def test_others_write_while_one_waits_for_the_disk(sqlite: Database, slow: Disk) -> None:
    slow.goes_on.clear()
    async with asyncio.TaskGroup() as tasks:
        told = [tasks.create_task(accept(sqlite.unit_of_work, said(f"{number}"))) for number in range(2)]
        async with asyncio.timeout(5):
            while (await counts(sqlite.unit_of_work)).get("in:waiting") != 2:  # noqa: ASYNC110 - in another thread
                await asyncio.sleep(0.001)
        assert not any(task.done() for task in told)
        slow.goes_on.set()
    assert slow.synced == 2


async def test_a_disk_that_fails_is_told(sqlite: Database, slow: Disk) -> None:
    slow.error = OSError(5, "Input/output error")
    with pytest.raises(StorageError, match="disk"):
        await accept(sqlite.unit_of_work, said("1"))


async def test_a_database_in_memory_has_no_disk(slow: Disk) -> None:
    async with open_database("sqlite:///:memory:") as database:
        await schema.upgrade(database)
        await accept(database.unit_of_work, said("1"))
        assert await waiting_ids(database.unit_of_work) == ["1"]
    assert slow.synced == 0


async def test_a_log_that_is_gone_was_copied(tmp_path: Path) -> None:
    await disk.reach_disk(tmp_path / "klubok.db")
