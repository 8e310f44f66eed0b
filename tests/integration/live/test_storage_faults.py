"""A database that another program locks, and a disk that is full: nothing is taken that cannot be kept."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.fakes.telegram import FakeTelegram
from tests.fakes.vk import FakeVk
from tests.integration.live.conftest import Gather
from tests.integration.live.disk import small_disk
from tests.integration.live.people import Crowd
from tests.integration.live.process import OK, Bot

LOCKED_SECONDS = 6.0
"""Longer than SQLite waits for a lock."""


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Be another program that writes for a while."""
    with closing(sqlite3.connect(database, timeout=10, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_a_locked_database_is_waited_for(
    tmp_path: Path, telegram: FakeTelegram, vk: FakeVk, on_telegram: Gather, on_vk: Gather
) -> None:
    crowd = Crowd(members=[*on_telegram(5).members, *on_vk(5).members])
    with Bot(tmp_path, telegram=telegram, vk=vk) as bot:
        bot.start_ready()
        crowd.ask(3)
        with locked(bot.database):
            crowd.ask(3)
            time.sleep(LOCKED_SECONDS)
        bot.wait_answered(crowd)
        crowd.ask(1)
        bot.wait_answered(crowd)
        bot.wait_ready(seconds=15)
        bot.stop()
    assert crowd.repeats("vk") == []
    assert crowd.repeats("telegram") == []
    assert "Traceback" not in bot.log


def test_a_full_disk_stops_the_intake_until_there_is_room(
    tmp_path: Path, telegram: FakeTelegram, vk: FakeVk, on_telegram: Gather, on_vk: Gather
) -> None:
    crowd = Crowd(members=[*on_telegram(5).members, *on_vk(5).members])
    with small_disk(tmp_path / "disk") as disk, Bot(tmp_path, telegram=telegram, vk=vk) as bot:
        bot.database = disk.path / "bot.db"
        bot.start_ready()
        crowd.ask(3)
        bot.wait_answered(crowd)
        disk.fill()
        for _ in range(10):
            crowd.ask(2)
        bot.wait_until(lambda: bot.ready()["status"] != OK, "it does not notice", seconds=15)
        bot.wait_until(lambda: "telegram.stopped" in bot.log and "vk.poll_failed" in bot.log, "silence", seconds=15)
        assert telegram.updates.pending() != []
        assert "the disk is full" in bot.log
        time.sleep(3)
        assert bot.ready()["status"] != OK
        disk.free()
        bot.wait_answered(crowd, seconds=60)
        crowd.ask(1)
        bot.wait_answered(crowd)
        bot.wait_ready(seconds=30)
        bot.stop()
    assert bot.log.count("telegram.stopped") == 1
    assert bot.log.count("vk.poll_failed") == 1
    assert crowd.repeats("vk") == []
    assert set(crowd.repeats("telegram")) == set()
    assert "Traceback" not in bot.log
