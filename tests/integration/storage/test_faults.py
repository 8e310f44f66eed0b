"""What the database refuses is said in words that help, and nothing is half-written."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.errors import ConfigurationError, ConflictError, RejectedError, SchemaError, StorageError
from bot.domain.feedback import Feedback
from bot.domain.messages import Address
from bot.services.ports import HandledTurn, UnitOfWork
from bot.storage import schema
from bot.storage.database import Database, open_database
from bot.storage.failures import settled
from tests.contract.samples import (
    ANN,
    BOB,
    NOON,
    accept,
    answer_all,
    counts,
    handled,
    message,
    said,
    unsent_texts,
    waiting_ids,
)

CRASH = """
import asyncio, os, signal, sys
from bot.storage.database import open_database
from tests.contract.samples import accept, handled, message, said

async def crash(url):
    database = open_database(url)
    await accept(database.unit_of_work, said("1"))
    async with database.unit_of_work() as uow:
        (event,) = await uow.transcript.waiting(1)
        await uow.transcript.accept([said("2")])
        await uow.transcript.record([handled(event, message(event))])
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(crash(sys.argv[1]))
"""


async def test_a_database_locked_by_another_program_says_so(sqlite: Database, sqlite_path: Path) -> None:
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked by another program"):
        await accept(sqlite.unit_of_work, said("1"))
    other.execute("COMMIT")
    other.close()
    assert await accept(sqlite.unit_of_work, said("1")) == [True]


async def test_a_locked_database_can_be_looked_at(sqlite: Database, sqlite_path: Path) -> None:
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert (await schema.check(sqlite)).is_current
    async with sqlite.unit_of_work(is_reading=True) as uow:
        assert await uow.transcript.count_by_status() == {}
    other.close()


async def test_a_read_only_file_says_so(sqlite: Database, sqlite_path: Path) -> None:
    await accept(sqlite.unit_of_work, said("1"))
    async with open_database(f"sqlite:///file:{sqlite_path}?mode=ro&uri=true") as database:
        with pytest.raises(StorageError, match="read-only"):
            await accept(database.unit_of_work, said("2"))


async def test_a_full_disk_says_so_and_keeps_what_was_there(sqlite: Database) -> None:
    await accept(sqlite.unit_of_work, said("1"))
    async with sqlite.connection() as connection:
        pages = await connection.scalar(text("PRAGMA page_count"))
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StorageError, match="disk is full"):
        await accept(sqlite.unit_of_work, *(said(f"x{number}", text="y" * 1000) for number in range(100)))
    assert await counts(sqlite.unit_of_work) == {"in:waiting": 1}


async def test_a_file_that_is_no_database_says_so(sqlite_path: Path) -> None:
    await asyncio.to_thread(sqlite_path.write_text, "shopping list: " * 100)
    async with open_database(f"sqlite:///{sqlite_path}") as database:
        with pytest.raises(StorageError, match="not an SQLite database"):
            await schema.prepare(database)


async def test_missing_tables_ask_for_an_upgrade(bare: Database) -> None:
    with pytest.raises(SchemaError, match="klubok db upgrade"):
        await accept(bare.unit_of_work, said("1"))


async def test_a_server_that_is_away_says_so() -> None:
    async with open_database("postgresql://klubok:secret@127.0.0.1:1/klubok") as database:
        with pytest.raises(StorageError, match="lost or refused") as caught:
            await schema.check(database)
    assert "secret" not in str(caught.value)


async def test_a_database_that_is_not_on_the_server_says_so(postgresql_url: str) -> None:
    async with open_database(postgresql_url + "_absent") as database:
        with pytest.raises(StorageError, match="no such database"):
            await schema.check(database)


async def test_a_lost_connection_says_so_and_the_next_unit_of_work_has_another(postgresql: Database) -> None:
    async with postgresql.unit_of_work() as uow:
        await uow.transcript.accept([said("1")])
        await _close_connections(postgresql)
        with pytest.raises(StorageError, match="lost or refused"):
            await uow.transcript.accept([said("2")])
    assert await waiting_ids(postgresql.unit_of_work) == []


async def _close_connections(postgresql: Database) -> None:
    async with postgresql.connection() as other:
        await other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_a_killed_process_leaves_nothing_half_written(database: Database, url: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    process = subprocess.run([sys.executable, "-c", CRASH, url], env=environment, check=False, timeout=60)  # noqa: ASYNC221
    assert process.returncode == -signal.SIGKILL
    assert await counts(database.unit_of_work) == {"in:waiting": 1}
    await answer_all(database.unit_of_work)
    assert await unsent_texts(database.unit_of_work) == [("c1", "hi 0")]


async def test_a_task_cancelled_anywhere_leaves_nothing_half_written(database: Database) -> None:
    for steps in range(60):
        await accept(database.unit_of_work, said(f"{steps}", Address(ANN.channel, f"{steps}", "u")))
        async with asyncio.TaskGroup() as group:
            task = group.create_task(_take_a_turn(database, steps))
            for _ in range(20 * steps):
                await asyncio.sleep(0)
            task.cancel()
    await answer_all(database.unit_of_work)
    assert await counts(database.unit_of_work) == {"in:handled": 60, "out:queued": 60}


async def _take_a_turn(database: Database, number: int) -> None:
    async with database.unit_of_work() as uow:
        events = await uow.transcript.waiting(1)
        async with uow.turn():
            await uow.feedback.add(Feedback(sender=ANN, begun_by=str(number), rating=5, comment="", given_at=NOON))
        await uow.transcript.record([handled(event, message(event)) for event in events])
        await uow.commit()


async def _record(uow: UnitOfWork, turn: HandledTurn) -> None:
    """The commit tells at the latest what is wrong."""
    await uow.transcript.record([turn])
    await uow.commit()


async def test_a_message_recorded_twice_is_a_conflict(database: Database) -> None:
    await accept(database.unit_of_work, said("1"))
    async with database.unit_of_work() as uow:
        (event,) = await uow.transcript.waiting(1)
        with pytest.raises(ConflictError):
            await _record(uow, handled(event, message(event), message(event)))
    assert await counts(database.unit_of_work) == {"in:waiting": 1}


ADD_CONTACT = "INSERT INTO contacts (id, channel, chat_id, user_id) VALUES (:id, :channel, 'c', 'u')"
ADD_CONVERSATION = "INSERT INTO conversations (contact_id, language, language_origin) VALUES (:id, 'ru', :origin)"


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (ADD_CONTACT, {"id": 7, "channel": None}),
        (ADD_CONTACT, {"id": 2**70, "channel": "secret"}),
        (ADD_CONTACT, {"id": "secret", "channel": "console"}),
        (ADD_CONTACT, {"id": 7, "channel": "secret\ud800"}),
        (ADD_CONVERSATION, {"id": 999_999, "origin": "default"}),
        (ADD_CONVERSATION, {"id": 999_999, "origin": "secret"}),
    ],
    ids=["null", "too large", "wrong type", "no text", "foreign key", "check"],
)
async def test_values_that_the_database_refuses_are_rejected_and_not_quoted(
    database: Database, statement: str, values: dict[str, object]
) -> None:
    async with database.connection() as connection:
        with pytest.raises(RejectedError) as caught:
            await settled(connection.execute(text(statement), values))
    assert "secret" not in str(caught.value)


async def test_a_broken_rule_is_named(database: Database) -> None:
    async with database.unit_of_work() as uow:
        with pytest.raises(RejectedError, match="ck_feedback_rating"):
            await uow.feedback.add(Feedback(sender=ANN, begun_by="1", rating=6, comment="", given_at=NOON))


async def test_a_time_that_nobody_knows_the_meaning_of_is_rejected(database: Database) -> None:
    async with database.unit_of_work() as uow:
        with pytest.raises(RejectedError, match="time zone"):
            await uow.transcript.accept([replace(said("1"), at=NOON.replace(tzinfo=None))])


async def test_an_event_that_cannot_be_read_does_not_stop_its_conversation(database: Database) -> None:
    await accept(database.unit_of_work, said("1"), said("2"), said("3", BOB), said("4", BOB))
    await _spoil(database, "UPDATE transcript SET body = '{' WHERE update_id = '1'")
    await _spoil(database, "UPDATE transcript SET kind = 'telepathy' WHERE update_id IN ('3', '4')")
    assert await waiting_ids(database.unit_of_work) == ["2"]
    await answer_all(database.unit_of_work)
    assert await counts(database.unit_of_work) == {"in:failed": 3, "in:handled": 1, "out:queued": 1}
    async with database.connection() as connection:
        (reason,) = await connection.scalars(text("SELECT error FROM transcript WHERE update_id = '3'"))
    assert "telepathy" in reason


async def test_a_message_that_cannot_be_read_does_not_stop_the_others(database: Database) -> None:
    await accept(database.unit_of_work, said("1"))
    await answer_all(database.unit_of_work, replies=2)
    await _spoil(database, "UPDATE transcript SET body = '[]' WHERE number = 0")
    assert await unsent_texts(database.unit_of_work) == [("c1", "hi 1")]


async def _spoil(database: Database, statement: str) -> None:
    async with database.connection() as connection:
        await connection.execute(text(statement))
        await connection.commit()


async def test_a_unit_of_work_inside_another_is_refused_instead_of_waiting_for_itself(sqlite: Database) -> None:
    async with sqlite.unit_of_work():
        with pytest.raises(RuntimeError, match="has a unit of work open"):
            await waiting_ids(sqlite.unit_of_work)
    assert await waiting_ids(sqlite.unit_of_work) == []


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://klubok:secret@host/name", "begins with 'mysql'"),
        ("postgresql+psycopg2://klubok:secret@host/name", r"begins with 'postgresql\+psycopg2'"),
        ("klubok.db", "cannot be read"),
        ("postgresql://klubok:secret@host:port/name", "cannot be read"),
        ("", "cannot be read"),
        ("sqlite:////no/such/place/klubok.db", "/no/such/place/klubok.db does not exist: create it"),
        ("sqlite:///file:/no/such/place/klubok.db", "/no/such/place/klubok.db does not exist: create it"),
        ("sqlite:////", "is a directory: name a file in it"),
        ("sqlite:///.", "is a directory: name a file in it"),
        (f"sqlite:///{'x' * 300}/klubok.db", "cannot be reached: File name too long"),
        ("sqlite:///a%00b.db", "cannot be reached: embedded null byte"),
        ("sqlite://klubok.db", "too few slashes for a file"),
        ("sqlite:///klubok.db?timeout=secret", "unknown option 'timeout': leave it out"),
        ("sqlite:///klubok.db?mode=ro", "unknown option 'mode': leave it out"),
        ("sqlite:///file:klubok.db?foo=secret&mode=ro", "unknown option 'foo': known here: cache, immutable, mode"),
        ("postgresql://klubok:secret@host/name?foo=1", "unknown option 'foo': known here: host, passfile"),
        ("postgresql://klubok:secret@host/name?sslmode=require", "unknown option 'sslmode': .* ssl"),
        ("postgresql://host/name?prepared_statement_cache_size=secret", "a value that cannot be read"),
    ],
)
def test_a_wrong_url_is_refused_without_its_password(url: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    file = tmp_path / "klubok.db"
    file.touch(mode=0o000)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(ConfigurationError, match=r"klubok\.db may not be read: give the program the right to"):
        open_database(f"sqlite:///{file}")


def test_a_directory_that_may_not_be_entered_says_so(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    if os.access(closed, os.X_OK):
        pytest.skip("this user may enter everything")
    with pytest.raises(ConfigurationError, match=r"klubok\.db' cannot be reached: Permission denied"):
        open_database(f"sqlite:///{closed}/klubok.db")
    closed.chmod(0o700)


def test_a_driver_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(ConfigurationError, match=r"install klubok\[postgres\]"):
        open_database("postgresql://klubok:secret@host/name")


async def test_a_database_in_memory_can_be_named_as_a_uri() -> None:
    for url in ("sqlite:///file::memory:", "sqlite:///file:any?mode=memory"):
        async with open_database(url) as database:
            await schema.prepare(database)
            assert await accept(database.unit_of_work, said("1")) == [True]
            assert await waiting_ids(database.unit_of_work) == ["1"]
