"""What a turn costs does not grow with the log: queries find their rows by an index, whatever else is stored."""

from collections.abc import AsyncIterator, Mapping

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ClauseElement

from bot.domain.messages import Address
from bot.storage.contacts import FIND
from bot.storage.database import Database
from bot.storage.inbox import FOLLOWING, WAITING
from bot.storage.outbox import AHEAD, UNSENT, UNSENT_OF_EVENT
from bot.storage.people import HEARD
from bot.storage.statements import PerDialect
from bot.storage.timers import DUE
from bot.storage.transcript import QUEUE, WAIT
from tests.contract.samples import ANN, CONSOLE, NOON, accept, said

OLD_ROWS = 20_000
SERIES = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows) SELECT i FROM n) AS n",
    "postgresql": "generate_series(1, :rows) AS n(i)",
}
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
PAST = (
    """INSERT INTO contacts (channel, chat_id, user_id)
       SELECT 'console', 'c' || i, 'u' FROM {series}""",
    """INSERT INTO transcript
              (contact_id, channel, direction, status, update_id, kind, text, body, occurred_at)
       SELECT i, 'console', 'in', 'handled', 'old' || i, 'said', 'hello', '{{}}', '2026-01-01 00:00:00.000000'
       FROM {series}""",
    """INSERT INTO transcript
              (contact_id, channel, direction, status, answers_id, number, kind, text, body, occurred_at)
       SELECT i, 'console', 'out', 'sent', i, 0, 'faq', 'hi', '{{}}', '2026-01-01 00:00:00.000000'
       FROM {series}""",
    """INSERT INTO timers (contact_id, key, due_at, action, args)
       SELECT i, 'k', '2027-01-01 00:00:00.000000', 'a.b', '[]' FROM {series}""",
)


@pytest.fixture
async def filled(database: Database) -> AsyncIterator[AsyncConnection]:
    """A database with a long past and some things to do, its statistics up to date."""
    async with database.connection() as connection:
        series = SERIES[connection.dialect.name]
        for words in PAST:
            await connection.execute(text(words.format(series=series)), {"rows": OLD_ROWS})
        await connection.commit()
    people = [Address(CONSOLE, f"c{number}", "u") for number in range(500)]
    await accept(database.unit_of_work, *(said(f"{person.chat_id}-{n}", person) for n in range(2) for person in people))
    async with database.connection() as connection:
        if not database.is_sqlite:
            await connection.execute(text("ANALYZE"))
        yield connection


async def _explain(
    connection: AsyncConnection, statement: ClauseElement | PerDialect, values: Mapping[str, object]
) -> str:
    words = statement[connection.dialect.name] if isinstance(statement, Mapping) else statement
    assert isinstance(words, ClauseElement)
    spelled = words.params(values).compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    rows = await connection.exec_driver_sql(f"{EXPLAIN[connection.dialect.name]} {spelled}")
    return "\n".join(str(row[-1]) for row in rows)


def _reads_all_of(table: str, plan: str) -> bool:
    return any(scan in f"{plan}\n" for scan in (f"SCAN {table}\n", f"Seq Scan on {table}"))


async def test_waiting_events_are_found_by_their_own_indexes(filled: AsyncConnection) -> None:
    plan = await _explain(filled, WAITING, {"limit": 64, "now": NOON, "overdue": NOON})
    assert "ix_transcript_waiting" in plan
    assert "ix_transcript_waiting_contact" in plan
    assert not _reads_all_of("transcript", plan)
    assert not _reads_all_of("contacts", plan)


async def test_queued_messages_are_found_by_their_own_indexes(filled: AsyncConnection) -> None:
    plan = await _explain(filled, UNSENT, {"channels": [CONSOLE, "vk"], "now": NOON, "limit": 64, "after": 0})
    assert "ix_transcript_queued" in plan
    assert "ix_transcript_retry" in plan
    assert not _reads_all_of("transcript", plan)
    assert not _reads_all_of("contacts", plan)


async def test_the_answers_to_an_event_are_found_by_an_index(filled: AsyncConnection) -> None:
    values = {"channels": [CONSOLE, "vk"], "now": NOON, "limit": 64, "answered": 7, "after": 0}
    plan = await _explain(filled, UNSENT_OF_EVENT, values)
    assert "uq_transcript_answers_id_number" in plan or "ix_transcript_queued" in plan or "sqlite_autoindex" in plan
    assert not _reads_all_of("transcript", plan)
    assert not _reads_all_of("contacts", plan)


async def test_what_is_queued_ahead_is_found_by_its_own_index(filled: AsyncConnection) -> None:
    plan = await _explain(filled, AHEAD, {"last": 3 * OLD_ROWS, "after": 0})
    assert "ix_transcript_queued" in plan
    assert not _reads_all_of("transcript", plan)


async def test_texts_that_follow_are_found_by_their_own_index(filled: AsyncConnection) -> None:
    plan = await _explain(filled, FOLLOWING, {"contacts": [1, 2, 3]})
    assert "ix_transcript_waiting" in plan
    assert not _reads_all_of("transcript", plan)


@pytest.mark.parametrize(("statement", "index"), [(WAIT, "waiting"), (QUEUE, "queued")])
async def test_what_waits_is_counted_by_its_index(
    filled: AsyncConnection, statement: ClauseElement, index: str
) -> None:
    plan = await _explain(filled, statement, {})
    assert f"ix_transcript_{index}" in plan
    assert not _reads_all_of("transcript", plan)


async def test_addresses_are_found_by_their_key(filled: AsyncConnection) -> None:
    plan = await _explain(filled, FIND, {"addresses": f'[["{ANN.channel}","{ANN.chat_id}","{ANN.user_id}"]]'})
    assert not _reads_all_of("contacts", plan)


async def test_what_somebody_said_of_late_is_found_by_its_number(filled: AsyncConnection) -> None:
    plan = await _explain(filled, HEARD, {"contact": 1, "after": 3 * OLD_ROWS})
    assert not _reads_all_of("transcript", plan)


async def test_due_timers_are_found_by_time(filled: AsyncConnection) -> None:
    plan = await _explain(filled, DUE, {"now": NOON, "limit": 64})
    assert "ix_timers_due_at" in plan
    assert not _reads_all_of("timers", plan)
