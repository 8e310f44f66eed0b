"""The webhook: an update is confirmed by answering 200, which happens after it was stored."""

import asyncio
import json
import logging
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.telegram.addressing import Me
from bot.channels.telegram.api import Api, CallError
from bot.channels.telegram.identity import Identity
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.options import Pauses
from bot.channels.telegram.parse import ALLOWED_UPDATES
from bot.channels.telegram.patience import Patience
from bot.domain.errors import ConfigurationError, StorageError
from bot.services.channel import Accept, Trouble

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- its name
LARGEST_BODY = 1_000_000
"""Bytes; an update has some thousands."""
_BAD_REQUEST = 400
_RETRY = {"Retry-After": "1"}


@dataclass(slots=True)
class _Door:
    """Where events go while updates are received."""

    accept: Accept | None = None
    me: Me | None = None
    is_stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Takes updates by HTTP calls of Telegram; `url` is where they come to, `secret` proves whose they are."""

    api: Api
    identity: Identity
    intake: Intake
    pauses: Pauses
    trouble: Trouble
    url: str
    secret: str = field(repr=False)
    _door: _Door = field(default_factory=_Door, repr=False)

    def routes(self) -> list[web.RouteDef]:
        """What a web server has to answer."""
        return [web.post(urlsplit(self.url).path, self.handle)]

    async def receive(self, accept: Accept) -> None:
        """Have Telegram call us, and take updates until cancelled; what comes later waits at Telegram's.

        Raises:
            ConfigurationError: the token is not valid, or Telegram refuses the address.
        """
        patience = Patience(self.pauses, self.trouble)
        self._door.me = await patience.call(self.identity.get)
        self._door.accept = accept
        try:
            await patience.call(self._set)
            logger.info("telegram.webhook bot=%s", self._door.me.username)
            await asyncio.Event().wait()
        finally:
            self._door.accept = None

    async def _set(self) -> None:
        parameters = {"url": self.url, "secret_token": self.secret, "allowed_updates": ALLOWED_UPDATES}
        try:
            await self.api.call("setWebhook", parameters)
        except CallError as error:
            if error.status == _BAD_REQUEST:
                raise ConfigurationError(f"KLUBOK_TELEGRAM__WEBHOOK_URL: {error.description}") from error
            raise

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not secrets.compare_digest(given, self.secret.encode()):
            return web.Response(status=401, text="wrong secret")
        body = await _read(request)
        if body is None:
            return web.Response(status=413, text="too large")
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400, text="not JSON")
        if not isinstance(update, dict):
            return web.Response(status=400, text="not an object")
        return await self._store(update)

    async def _store(self, update: object) -> web.Response:
        accept, me = self._door.accept, self._door.me
        if accept is None or me is None:
            return web.Response(status=503, text="not started", headers=_RETRY)
        try:
            await self.intake.take([update], me=me, accept=accept)
        except StorageError as error:
            self._say(is_stopped=True, reason=str(error))
            return web.Response(status=503, text="not stored", headers=_RETRY)
        self._say(is_stopped=False)
        return web.Response(text="ok")

    def _say(self, *, is_stopped: bool, reason: str = "") -> None:
        if is_stopped == self._door.is_stopped:
            return
        self._door.is_stopped = is_stopped
        if is_stopped:
            self.trouble.begin(f"updates cannot be stored: {reason}")
            logger.error("telegram.stopped no updates are taken: %s", reason)
        else:
            self.trouble.end()
            logger.warning("telegram.resumed updates are taken again")


async def _read(request: web.Request) -> bytes | None:
    """Read the body; None when it is too large, whatever the server allows others."""
    if (request.content_length or 0) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
