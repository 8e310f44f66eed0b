"""WebServer: health, metrics, and the paths at which platforms bring updates."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.domain.errors import ConfigurationError
from bot.web.health import HealthCheck
from bot.web.metrics import PrometheusMeter

_NOT_READY = 503
_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SHUTDOWN_SECONDS = 2.0
LARGEST_BODY = 2_000_000
"""Bytes; an update of a platform has some thousands."""


class Pages:
    """What is answered without a platform."""

    def __init__(self, health: HealthCheck, meter: PrometheusMeter) -> None:
        self._health = health
        self._meter = meter

    def routes(self) -> Sequence[web.RouteDef]:
        """Where they are."""
        return (
            web.get("/healthz", self.live),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.metrics),
        )

    async def live(self, _: web.Request) -> web.Response:
        """Answer: whoever gets this knows that the process lives and its loop turns."""
        return web.Response(text="ok")

    async def ready(self, _: web.Request) -> web.Response:
        """Tell how everything is; 503 while something is not well."""
        health = await self._health.look()
        return web.json_response(health.described(), status=200 if health.is_ready else _NOT_READY)

    async def metrics(self, _: web.Request) -> web.Response:
        """Tell what was counted."""
        exposed = self._meter.expose(await self._health.look())
        return web.Response(body=exposed, headers={"Content-Type": _METRICS_TYPE})


@asynccontextmanager
async def serve(routes: Sequence[web.RouteDef], *, host: str, port: int) -> AsyncIterator[None]:
    """Answer at `host` and `port` while the block lasts.

    Raises:
        ConfigurationError: somebody else listens there, or two platforms bring updates to one path.
    """
    _check_paths(routes)
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise ConfigurationError(
                f"KLUBOK_WEB__HOST and KLUBOK_WEB__PORT: cannot listen at {host}:{port} ({error.strerror or error});"
                " choose another port, or 0 for no web server"
            ) from error
        yield
    finally:
        await runner.cleanup()


def _check_paths(routes: Sequence[web.RouteDef]) -> None:
    places = [(route.method, route.path) for route in routes]
    twice = next((path for number, (method, path) in enumerate(places) if (method, path) in places[:number]), None)
    if twice is not None:
        raise ConfigurationError(
            f"KLUBOK_TELEGRAM__WEBHOOK_URL and KLUBOK_VK__CALLBACK_URL: both have the path {twice}; give each its own"
        )
