"""Callback API: VK brings events to an address of ours."""

import asyncio
import hmac
import json
import logging
from collections.abc import Sequence

from aiohttp import web

from bot.channels.vk.api import Api
from bot.channels.vk.errors import CallError
from bot.channels.vk.fields import Fields
from bot.channels.vk.options import VkOptions
from bot.channels.vk.storing import Storing
from bot.domain.errors import StorageError

logger = logging.getLogger(__name__)

RETRY_SECONDS = "5"
CONFIRM_SECONDS = 1.0
"""Between two questions to VK: anybody may ask us to confirm, and each question takes the place of an answer."""


class Callback:
    """Says `ok` only after an event is stored; VK repeats it until then."""

    def __init__(self, api: Api, storing: Storing, options: VkOptions) -> None:
        self._api = api
        self._storing = storing
        self._options = options
        self._is_storage_away = False
        self._asking = asyncio.Lock()
        self._ask_again_at = 0.0
        self._code = ""

    def routes(self) -> Sequence[web.RouteDef]:
        """Return where our web server takes VK's events in; nothing unless VK is to bring them."""
        return (web.post(self._options.callback_path, self.take),) if self._options.callback_url else ()

    async def take(self, request: web.Request) -> web.Response:
        """Take one event in, or VK's question whether the address is ours."""
        try:
            event = Fields.of(json.loads(await request.read()))
        except (ValueError, RecursionError):
            return web.Response(status=400, text="not JSON")
        if event.integer("group_id") != self._options.group_id:
            return web.Response(status=403, text="another community")
        if event.text("type") == "confirmation":
            return await self._confirm()
        if not self._knows_secret(event):
            return web.Response(status=403, text="wrong secret")
        return await self._store(event)

    def _knows_secret(self, event: Fields) -> bool:
        told = event.values.get("secret")
        written = told.encode("utf-8", "surrogatepass") if isinstance(told, str) else b""
        return hmac.compare_digest(written, self._options.secret_key.encode())

    async def _confirm(self) -> web.Response:
        if self._options.confirmation:
            return web.Response(text=self._options.confirmation)
        async with self._asking:
            if self._storing.clock.ticks() >= self._ask_again_at:
                self._code = await self._ask_code()
                self._ask_again_at = self._storing.clock.ticks() + CONFIRM_SECONDS
        return web.Response(text=self._code) if self._code else _later()

    async def _ask_code(self) -> str:
        """Ask VK which string it wants to hear; empty where it does not say."""
        try:
            answer = await self._api.call("groups.getCallbackConfirmationCode", group_id=self._options.group_id)
        except CallError as error:
            says = "set KLUBOK_VK__CONFIRMATION to the string VK shows"
            logger.error("vk.not_confirmed error=%s: %s", error, says)  # noqa: TRY400 - the line says it all
            return ""
        return Fields.of(answer).text("code")

    async def _store(self, event: Fields) -> web.Response:
        try:
            await self._storing.store([event.values])
        except StorageError as error:
            if not self._is_storage_away:
                logger.error("vk.not_stored error=%s: VK is asked to repeat", error)  # noqa: TRY400 - as above
            self._is_storage_away = True
            self._storing.trouble.begin(f"events cannot be stored: {error}")
            return _later()
        if self._is_storage_away:
            logger.info("vk.stored_again")
            self._storing.trouble.end()
        self._is_storage_away = False
        return web.Response(text="ok")


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": RETRY_SECONDS})
