"""Health, readiness and metrics, as a monitoring sees them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from socket import create_server

import pytest
from aiohttp import ClientSession, web

from bot.domain.errors import ConfigurationError, StorageError
from bot.domain.messages import Said
from bot.services.ports import UnitOfWork, UnitOfWorkFactory
from bot.web.health import HealthCheck
from bot.web.metrics import MOST_KINDS, PrometheusMeter
from bot.web.server import Pages, serve
from tests.fakes.talk import Talk


class Site:
    """A bot's pages at a free port."""

    def __init__(self, talk: Talk, uow: UnitOfWorkFactory | None = None) -> None:
        self.talk = talk
        self.meter = PrometheusMeter()
        self.telegram = "ok"
        channels: dict[str, Callable[[], str]] = {"telegram": lambda: self.telegram}
        self.pages = Pages(HealthCheck(uow or talk.uow, talk.clock, channels), self.meter)
        self.port = free_port()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[ClientSession]:
        """Serve, and come to look."""
        address = f"http://127.0.0.1:{self.port}"
        async with serve(self.pages.routes(), host="127.0.0.1", port=self.port), ClientSession(address) as session:
            yield session


def free_port() -> int:
    """Find one."""
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def ready(session: ClientSession) -> tuple[int, dict[str, object]]:
    """Ask whether it is ready."""
    async with session.get("/readyz") as answer:
        return answer.status, await answer.json()


async def test_a_bot_that_is_well_is_live_and_ready() -> None:
    async with Site(Talk()).open() as session:
        async with session.get("/healthz") as answer:
            assert (answer.status, await answer.text()) == (200, "ok")
        status, health = await ready(session)
    assert status == 200
    assert health == {
        "ready": True,
        "database": "ok",
        "channels": {"telegram": "ok"},
        "waiting": 0,
        "queued": 0,
        "lag_seconds": 0,
    }


async def test_a_channel_in_trouble_is_named() -> None:
    site = Site(Talk())
    site.telegram = "messages do not get through"
    async with site.open() as session:
        status, health = await ready(session)
    assert status == 503
    assert health["channels"] == {"telegram": "messages do not get through"}


async def test_a_database_that_is_away_is_told_and_the_process_lives() -> None:
    talk = Talk()
    errors = [StorageError("the database is locked")] * 3

    @asynccontextmanager
    async def away() -> AsyncIterator[UnitOfWork]:
        if errors:
            raise errors[0]
        async with talk.uow() as uow:
            yield uow

    async with Site(talk, away).open() as session:
        status, health = await ready(session)
        async with session.get("/healthz") as answer:
            assert answer.status == 200
        async with session.get("/metrics") as answer:
            assert "klubok_ready 0.0" in await answer.text()
    assert (status, health["database"]) == (503, "the database is locked")


async def test_a_database_that_does_not_answer_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.health.MOST_SECONDS", 0.05)
    talk = Talk()
    async with talk.uow(), Site(talk).open() as session:
        status, health = await ready(session)
        async with session.get("/metrics") as answer:
            counts = await answer.text()
    assert (status, health["database"]) == (503, "no answer in 0.05 s")
    assert "klubok_ready 0.0" in counts


async def test_a_bot_that_is_late_is_not_ready() -> None:
    talk = Talk()
    await talk.inbox.accept(_said(talk))
    talk.clock.advance(timedelta(minutes=2))
    async with Site(talk).open() as session:
        status, health = await ready(session)
    assert (status, health["waiting"], health["lag_seconds"]) == (503, 1, 120)


async def test_everything_is_counted() -> None:
    site = Site(Talk())
    site.meter.heard("vk", "Said")
    site.meter.ignored("vk", "like_add")
    site.meter.handled("vk", kind="faq", skill="ask", outcome="faq", took_ms=12)
    site.meter.sent("vk", outcome="sent", took_ms=80)
    async with site.open() as session, session.get("/metrics") as answer:
        text = await answer.text()
    for line in (
        'klubok_events_total{channel="vk",kind="Said"} 1.0',
        'klubok_updates_ignored_total{channel="vk",kind="like_add"} 1.0',
        'klubok_turns_total{channel="vk",kind="faq",outcome="faq",skill="ask"} 1.0',
        'klubok_sends_total{channel="vk",outcome="sent"} 1.0',
        'klubok_turn_seconds_count{channel="vk"} 1.0',
        'klubok_send_seconds_bucket{channel="vk",le="0.1"} 1.0',
        "klubok_waiting 0.0",
    ):
        assert line in text


async def test_kinds_from_outside_do_not_fill_the_memory() -> None:
    site = Site(Talk())
    for number in range(MOST_KINDS + 50):
        site.meter.ignored("vk", f"kind{number}")
    async with site.open() as session, session.get("/metrics") as answer:
        text = await answer.text()
    assert text.count("klubok_updates_ignored_total{") == MOST_KINDS + 1
    assert 'klubok_updates_ignored_total{channel="vk",kind="other"} 50.0' in text


async def test_a_port_that_is_taken_is_said() -> None:
    with create_server(("127.0.0.1", 0)) as server:
        site = Site(Talk())
        site.port = int(server.getsockname()[1])
        with pytest.raises(ConfigurationError, match="KLUBOK_WEB__PORT"):
            async with site.open():
                pass


def _said(talk: Talk) -> Said:
    return Said(id="1", sender=talk.me, at=talk.clock.now(), text="чайник")


async def test_two_platforms_at_one_path_are_said() -> None:
    pages = Site(Talk()).pages
    routes = [web.post("/update", pages.live), web.post("/update", pages.ready)]
    with pytest.raises(ConfigurationError, match=r"KLUBOK_VK__CALLBACK_URL: both have the path /update"):
        async with serve(routes, host="127.0.0.1", port=free_port()):
            pytest.fail("it must not start")
