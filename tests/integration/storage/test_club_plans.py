"""What an operation on points costs does not grow with what others have: every query uses an index."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import BindParameter, Select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.visitors import iterate

from bot.storage.club import ledger, loading, members, upcoming
from bot.storage.database import Database
from bot.storage.members import birthdays, notices

QUERIES: dict[str, Select[Any]] = {
    "summary": loading.SUMMARY,
    "by key": loading.BY_KEY,
    "due lots": loading.DUE_LOTS,
    "spendable": loading.SPENDABLE,
    "whole": loading.WHOLE,
    "lots of an entry": loading.LOTS_OF_ENTRY,
    "named lots": loading.NAMED_LOTS,
    "due holds": loading.DUE_HOLDS,
    "open holds": loading.OPEN_HOLDS,
    "moves": loading.MOVES,
    "reversals": loading.REVERSALS,
    "what is due": loading.DUE,
    "due lots of many": loading.DUE_LOTS_OF,
    "due holds of many": loading.DUE_HOLDS_OF,
    "first lots of many": loading.FIRST_LOTS_OF,
    "by keys": loading.BY_KEYS,
    "accounts": loading.WAITED_FOR,
    "history": ledger.HISTORY,
    "months": ledger.MONTHS,
    "what expires soon": upcoming.EXPIRING,
    "members of accounts": members.BY_ACCOUNTS,
    "active members": members.ACTIVE,
    "friends of a member": members.COUNT_FRIENDS,
    "tiers not told of": notices.UNTOLD,
    "who celebrates": birthdays.CELEBRATING,
}
VALUES: dict[str, object] = {
    "account": 7, "now": datetime(2026, 6, 1, tzinfo=UTC), "limit": 16, "offset": 0, "key": "k", "number": 3,
    "numbers": [1, 2], "ids": [1, 2], "before": 10, "keys": ["a", "b"], "since": date(2026, 1, 1),
    "until": datetime(2026, 6, 15, tzinfo=UTC), "after": 5, "accounts": [1, 2], "member": 3, "days": ["a", "b"],
}  # fmt: skip
MORE: dict[str, dict[str, object]] = {"what expires soon": {"since": datetime(2026, 6, 1, tzinfo=UTC)}}


@pytest.fixture
async def connection(sqlite: Database) -> AsyncIterator[AsyncConnection]:
    """A connection to explain on."""
    async with sqlite.connection() as opened:
        yield opened


@pytest.mark.parametrize("name", QUERIES)
async def test_sqlite_searches_by_an_index(connection: AsyncConnection, name: str) -> None:
    query = QUERIES[name]
    wanted = {each.key for each in iterate(query) if isinstance(each, BindParameter) and each.key in VALUES}
    filled = query.params({key: VALUES[key] for key in wanted} | MORE.get(name, {}))
    words = filled.compile(connection.engine.sync_engine, compile_kwargs={"literal_binds": True})
    rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")
    plan = [str(row[-1]) for row in rows]
    assert any("USING" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN club_")]


@pytest.mark.parametrize(
    ("query", "index"), [(upcoming.NEXT_LOT, "ix_club_lots_due"), (upcoming.NEXT_HOLD, "ix_club_holds_open")]
)
async def test_what_is_due_next_is_the_first_of_an_index(
    connection: AsyncConnection, query: Select[Any], index: str
) -> None:
    words = query.compile(connection.engine.sync_engine, compile_kwargs={"literal_binds": True})
    [step] = [str(row[-1]) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")]
    assert step.endswith(f"USING INDEX {index}")
