"""What a look at purchases costs does not grow with what others bought: every query uses an index."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import BindParameter, Select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.visitors import iterate

from bot.storage.database import Database
from bot.storage.purchases import claims, devices, orders

QUERIES: dict[str, Select[Any]] = {
    "who holds a receipt": claims.HOLDER,
    "alike receipts": claims.ALIKE,
    "claims of a member": claims.OF_MEMBER,
    "claims that wait for people": claims.WAITING,
    "order by number in its store": orders.FIND,
    "order by receipt": orders.BY_RECEIPT,
    "orders by number": orders.BY_NUMBER,
    "orders of a member": orders.OF_MEMBER,
    "devices of a member": devices.OF_MEMBER,
    "open dispute": devices.OPEN_DISPUTE,
}
VALUES: dict[str, object] = {
    "of_drive": "9287440300634471", "of_document": 7, "of_sign": 5, "drive": "9287440300634471", "document": 7,
    "member": 1, "limit": 5, "store": "online", "number": "A-1", "device": 3,
}  # fmt: skip


@pytest.fixture
async def connection(sqlite: Database) -> AsyncIterator[AsyncConnection]:
    """A connection to explain on."""
    async with sqlite.connection() as opened:
        yield opened


@pytest.mark.parametrize("name", QUERIES)
async def test_sqlite_searches_by_an_index(connection: AsyncConnection, name: str) -> None:
    query = QUERIES[name]
    wanted = {each.key for each in iterate(query) if isinstance(each, BindParameter) and each.key in VALUES}
    filled = query.params({key: VALUES[key] for key in wanted})
    words = filled.compile(connection.engine.sync_engine, compile_kwargs={"literal_binds": True})
    rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")
    plan = [str(row[-1]) for row in rows]
    assert any("INDEX" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
