"""From settings to a bot on its platforms, and an orderly end."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from typing import NoReturn

from aiohttp import web

from bot.app import App, make_core
from bot.club import Club, make_nightly, open_club
from bot.desk import make_digest, make_doers, make_teach, make_tickets
from bot.domain.errors import ConfigurationError
from bot.knowing import Knowledge
from bot.orders_page import orders_routes
from bot.platforms import Platform, open_platforms
from bot.runtime.clock import SystemClock
from bot.runtime.lifecycle import Lifecycle
from bot.services.desk.moved import current_rooms
from bot.settings import Settings
from bot.storage.claim import claimed
from bot.storage.database import Database, open_database
from bot.storage.schema import prepare
from bot.storage.vault.opening import make_vault
from bot.web.health import HealthCheck
from bot.web.metrics import PrometheusMeter
from bot.web.server import Pages, serve

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 5.0
"""How often the pack and the texts are looked at for changes."""


async def run_live(settings: Settings, knowledge: Knowledge) -> None:
    """Run until SIGTERM or Ctrl-C.

    Raises:
        ConfigurationError, StorageError: it cannot start; the message says what to do.
    """
    async with open_live(settings, knowledge) as lifecycle:
        with _stopping_on_signals(lifecycle):
            logger.info("run.started channels=%s", ",".join(lifecycle.channels))
            gc.collect()
            gc.freeze()  # what is loaded stays: to look through it again and again would hold everybody up
            await lifecycle.run()
    logger.info("run.stopped")


@asynccontextmanager
async def open_live(settings: Settings, knowledge: Knowledge) -> AsyncIterator[Lifecycle]:
    """Open everything of a bot on its platforms; its lifecycle is there to be run, once.

    Raises:
        ConfigurationError, StorageError: it cannot start; the message says what to do.
    """
    meter = PrometheusMeter()
    async with AsyncExitStack() as opened:
        vault = make_vault(settings.vault_key.get_secret_value())
        if not vault.is_encrypted:
            logger.warning("vault.plain what tells who a member is will be stored as it is: set KLUBOK_VAULT_KEY")
        url = settings.database_url.get_secret_value()
        database = await opened.enter_async_context(open_database(url, vault=vault))
        await opened.enter_async_context(claimed(database))
        await prepare(database)
        settings = await _with_current_rooms(settings, database)
        platforms = await opened.enter_async_context(open_platforms(settings, knowledge, database, meter))
        club = await opened.enter_async_context(
            open_club(
                settings,
                knowledge=knowledge,
                vault=vault,
                uow=database.unit_of_work,
                clock=SystemClock(),
                channels=platforms,
                sharing=frozenset(platform.name for platform in platforms if platform.shares_contacts),
            )
        )
        app = _make_app(settings, knowledge, database, platforms, meter, club=club)
        lifecycle = Lifecycle(
            uow=app.uow,
            accept=app.inbox.accept_all,
            intakes=platforms,
            workers=[*app.workers(), partial(_refresh, knowledge)],
            courier=app.courier,
            drain_seconds=settings.drain_seconds,
        )
        pages = Pages(_health(database, app, platforms, lifecycle), meter)
        routes = [*pages.routes(), *orders_routes(settings, knowledge, database.unit_of_work)]
        await opened.enter_async_context(_serve(settings, platforms, routes))
        yield lifecycle


async def _with_current_rooms(settings: Settings, database: Database) -> Settings:
    """Follow groups of the desk that became supergroups since the settings were written."""
    async with database.unit_of_work(is_reading=True) as uow:
        rooms = await current_rooms(uow, settings.desk.rooms)
    for written, room in zip(settings.desk.rooms, rooms, strict=True):
        if written != room:
            logger.warning("desk.room_moved from=%s to=%s: change KLUBOK_DESK__ROOMS", written, room)
    return settings.model_copy(update={"desk": settings.desk.model_copy(update={"rooms": rooms})})


def _make_app(
    settings: Settings,
    knowledge: Knowledge,
    database: Database,
    platforms: Sequence[Platform],
    meter: PrometheusMeter,
    *,
    club: Club | None,
) -> App:
    return make_core(
        uow=database.unit_of_work,
        relaxed_uow=partial(database.unit_of_work, is_relaxed=True),
        answers=knowledge.answers,
        translator=knowledge.translator,
        channels=platforms,
        clock=SystemClock(),
        batch=settings.batch,
        meter=meter,
        joining=club.joining if club else None,
        doers={
            **make_doers(settings, knowledge, platforms, database.unit_of_work, SystemClock()),
            **(club.doers if club else {}),
        },
        care=club.care if club else None,
        night=make_nightly(settings, knowledge, make_digest(settings, knowledge)),
        tickets=make_tickets(settings, knowledge),
        teach=make_teach(settings, SystemClock()),
        window=timedelta(seconds=settings.merge_seconds),
        repeats_unknown=settings.telegram.repeat_unknown,
    )


@asynccontextmanager
async def _serve(
    settings: Settings, platforms: Sequence[Platform], pages: Sequence[web.RouteDef]
) -> AsyncIterator[None]:
    """Answer health, metrics and webhooks while the block lasts."""
    routes = [route for platform in platforms for route in platform.routes]
    if not settings.web.port:
        if routes:
            raise ConfigurationError("KLUBOK_WEB__PORT: webhooks need a web server; choose a port")
        yield
        return
    async with serve([*pages, *routes], host=settings.web.host, port=settings.web.port):
        yield


def _health(database: Database, app: App, platforms: Sequence[Platform], lifecycle: Lifecycle) -> HealthCheck:
    """Look by reading only: who watches us is not to wait for other programs that write."""
    channels = {str(platform.name): partial(_how, app, lifecycle, platform) for platform in platforms}
    return HealthCheck(partial(database.unit_of_work, is_reading=True), app.clock, channels)


def _how(app: App, lifecycle: Lifecycle, platform: Platform) -> str:
    """Tell ``ok`` or what is wrong with a platform."""
    return lifecycle.stopped_channels.get(platform.name) or platform.trouble or app.courier.how(platform.name)


async def _refresh(knowledge: Knowledge) -> NoReturn:
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        await knowledge.refresh()


@contextmanager
def _stopping_on_signals(lifecycle: Lifecycle) -> Iterator[None]:
    """Begin to end at the first SIGTERM or Ctrl-C; the second ends at once."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        for each in signals:
            loop.remove_signal_handler(each)
        lifecycle.stop()

    for each in signals:
        loop.add_signal_handler(each, stop)
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
