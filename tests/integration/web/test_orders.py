"""A store tells of orders by HTTP: signed, fresh, as often as it likes; everything else is refused cleanly."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession, web

from bot.domain.errors import StorageError
from bot.domain.loyalty.card import card_number
from bot.domain.purchases.terms import OrderColumns
from bot.imports.orders import read_orders
from bot.services.purchases.intake import Told, Totals
from bot.web.orders import PATH, SIGNATURE, STAMP, OrdersPage, sign
from bot.web.server import serve
from tests.integration.web.test_server import free_port
from tests.unit.services.purchases.world import World

SECRET = "nobody can guess it"  # noqa: S105 - of this test only
ORDERS = json.dumps([{"number": "A-1", "date": "2026-11-20", "paid": "1000", "card": card_number("27", 1)}]).encode()


@dataclass
class Store:
    """Whoever sends."""

    world: World
    session: ClientSession
    url: str
    is_away: bool = False

    async def send(
        self, body: bytes, *, secret: str = SECRET, late: timedelta = timedelta(), **more: str
    ) -> tuple[int, dict[str, object]]:
        stamp = str(int((self.world.now - late).timestamp()))
        headers = {STAMP: stamp, SIGNATURE: sign(secret, stamp, body), **more}
        async with self.session.post(self.url, data=BytesIO(body), headers=headers) as response:
            return response.status, await response.json() if "json" in response.content_type else {}

    async def take(self, told: Sequence[Told]) -> Totals:
        if self.is_away:
            raise StorageError("away")
        return await self.world.intake.take(told)


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    """A store in front of a running web server."""
    world, port = World(), free_port()
    async with ClientSession() as session:
        found = Store(world, session, f"http://127.0.0.1:{port}{PATH}")
        page = OrdersPage(
            secret=SECRET,
            read=lambda body: read_orders(body, OrderColumns(), ZoneInfo("Europe/Moscow")),
            take=found.take,
            clock=world.clock,
        )
        routes: Sequence[web.RouteDef] = page.routes()
        async with serve(routes, host="127.0.0.1", port=port):
            yield found


async def test_orders_are_taken_in_once_however_often_they_are_sent(store: Store) -> None:
    await store.world.join()
    assert await store.send(ORDERS) == (
        200,
        {"orders": {"new": 1}, "returns": {}, "receipts_settled": 0, "results": [], "problems": []},
    )
    status, answer = await store.send(ORDERS)
    assert (status, answer["orders"]) == (200, {"known": 1})


async def test_what_could_not_be_taken_is_told(store: Store) -> None:
    await store.send(ORDERS)
    body = b"number;date;paid;kind\nA-1;2026-11-20;5;\nZ;2026-11-20;5;return\nB;?;1;\n"
    status, answer = await store.send(body)
    assert status == 200
    assert answer["results"] == [
        {"number": "A-1", "kind": "order", "result": "conflicting"},
        {"number": "Z", "kind": "return", "result": "unknown-order"},
    ]
    assert [problem["line"] for problem in answer["problems"]] == [4]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("secret", "late", "more"),
    [
        ("another secret altogether", timedelta(), {}),
        (SECRET, timedelta(minutes=6), {}),
        (SECRET, -timedelta(minutes=6), {}),
        (SECRET, timedelta(), {SIGNATURE: ""}),
        (SECRET, timedelta(), {STAMP: "now"}),
        (SECRET, timedelta(), {STAMP: "１２３"}),
    ],
)
async def test_what_is_not_signed_or_not_fresh_is_refused(
    store: Store, secret: str, late: timedelta, more: dict[str, str]
) -> None:
    status, answer = await store.send(ORDERS, secret=secret, late=late, **more)
    assert (status, list(answer)) == (401, ["error"])
    async with store.world.database.unit_of_work() as uow:
        assert await uow.purchases.orders.by_number("A-1") == []


async def test_a_signature_that_is_no_text_is_refused_as_any_other(store: Store) -> None:
    stamp = str(int(store.world.now.timestamp()))
    port = int(store.url.partition("127.0.0.1:")[2].partition("/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: store\r\nContent-Length: 2\r\n{STAMP}: {stamp}\r\n{SIGNATURE}: "
    writer.write(head.encode() + b"\xff\xfe\r\n\r\n[]")
    assert (await reader.readline()).split()[1] == b"401"
    writer.close()


@pytest.mark.parametrize(("body", "status"), [(b"", 400), (b"{", 422), (b"x" * 3_000_000, 413)])
async def test_what_is_no_orders_is_refused(store: Store, body: bytes, status: int) -> None:
    assert (await store.send(body))[0] == status


async def test_while_the_database_is_away_the_store_is_told_to_come_again(store: Store) -> None:
    store.is_away = True
    assert (await store.send(ORDERS))[0] == 503
