"""Getting updates: long polling with one poller at a time, and the webhook."""

import asyncio
import time
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.fakes.telegram.faults import CONFLICT, Duplicates, Faults, UnknownKind, spoil
from tests.fakes.telegram.shapes import ApiError, Json, Request, violation
from tests.fakes.telegram.world import Webhook, World

ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
REPLACED = "Conflict: terminated by setWebhook request"
PORTS = {443, 80, 88, 8443}
LONGEST_POLL = 50
"""Seconds; the server holds no request longer (LONG_POLL_MAX_TIMEOUT of telegram-bot-api)."""


class Receiver:
    """Hands updates to the bot. Lives in the server's loop; `wake` is called from any thread."""

    def __init__(self, world: World, faults: Faults, *, conflict_pause: float, retry_pause: float) -> None:
        self._world = world
        self._faults = faults
        self._conflict_pause = conflict_pause
        self._retry_pause = retry_pause
        self._next_conflict_at = 0.0
        self._waiting: asyncio.Future[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Tell that there is something new; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        self._woken.set()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def poll(self, request: Request) -> list[Json]:
        """Perform getUpdates.

        Raises: ApiError 409 when a webhook is set, or as soon as another poller comes.
        """
        with self._world.lock:
            if self._world.bot.webhook.url:
                raise ApiError(409, ACTIVE)
            self._accept(request)
            limit, seconds = request.integer("limit", 100), request.integer("timeout", 0)
            batch = self._batch(limit)
        if batch or not seconds:
            return batch
        await self._wait(min(seconds, LONGEST_POLL))
        with self._world.lock:
            return self._batch(limit)

    def _accept(self, request: Request) -> None:
        updates = self._world.updates
        if "allowed_updates" in request.parameters:
            updates.allowed = [str(kind) for kind in request.items("allowed_updates")]
        if offset := request.integer("offset", 0):
            updates.confirm(offset)

    def _batch(self, limit: int) -> list[Json]:
        updates, size = self._world.updates, max(1, min(limit, 100))
        kind = self._faults.take_batch("getUpdates") if updates.pending() else None
        if isinstance(kind, UnknownKind):
            updates.push_raw({"telepathy": {"from": {"id": 1, "is_bot": False}, "thought": "..."}})
        batch = updates.pending(size)
        return list(batch) if kind is None else spoil(kind, batch, updates.confirmed)

    async def _wait(self, seconds: float) -> None:
        self.abort(CONFLICT)
        mine = self._waiting = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return
        except ApiError:
            await self._cool_down()
            raise
        finally:
            if self._waiting is mine:
                self._waiting = None

    def abort(self, description: str) -> None:
        """End the request that waits, with 409."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ApiError(409, description))

    async def _cool_down(self) -> None:
        """Delay repeated conflicts, as the real server does."""
        now = time.monotonic()
        if now < self._next_conflict_at:
            await asyncio.sleep(self._conflict_pause)
        else:
            self._next_conflict_at = now + self._conflict_pause

    async def deliver(self) -> None:
        """Send updates to the webhook for ever, in order, again until it answers 2xx."""
        self._loop = asyncio.get_running_loop()
        self._woken.set()
        async with ClientSession(timeout=ClientTimeout(total=60)) as session:
            while True:
                await self._woken.wait()
                self._woken.clear()
                while (update := self._next_for_webhook()) is not None:
                    if not await self._send(session, update):
                        await asyncio.sleep(self._retry_pause)

    def _next_for_webhook(self) -> Json | None:
        with self._world.lock:
            return self._world.updates.first() if self._world.bot.webhook.url else None

    async def _send(self, session: ClientSession, update: Json) -> bool:
        webhook = self._world.bot.webhook
        times = 2 if isinstance(self._faults.take_batch("webhook"), Duplicates) else 1
        problems = [await self._post(session, webhook, update) for _ in range(times)]
        with self._world.lock:
            if problems[-1]:
                webhook.last_error, webhook.last_error_at = problems[-1], self._world.now()
            elif webhook is self._world.bot.webhook:
                self._world.updates.confirm(update["update_id"] + 1)
            self._world.changed.notify_all()
        return not problems[-1]

    @staticmethod
    async def _post(session: ClientSession, webhook: Webhook, update: Json) -> str:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as response:
                if response.ok:
                    return ""
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"

    def set_webhook(self, request: Request) -> bool:
        """Perform setWebhook; beyond the real one, http is let through on the loopback.

        Raises: ApiError
        """
        url = request.text("url")
        if url:
            _check_url(url)
            self.abort(REPLACED)
        self._change(request, Webhook(url=url, secret=request.text("secret_token")))
        self._world.bot.webhook.max_connections = request.integer("max_connections", 40)
        return True

    def delete_webhook(self, request: Request) -> bool:
        """Perform deleteWebhook."""
        self._change(request, Webhook())
        return True

    def _change(self, request: Request, webhook: Webhook) -> None:
        if "allowed_updates" in request.parameters:
            self._world.updates.allowed = [str(kind) for kind in request.items("allowed_updates")]
        if request.flag("drop_pending_updates"):
            self._world.updates.clear()
        self._world.bot.webhook = webhook
        self.wake()

    def webhook_info(self, _request: Request) -> Json:
        """Perform getWebhookInfo."""
        webhook, updates = self._world.bot.webhook, self._world.updates
        info: Json = {"url": webhook.url, "has_custom_certificate": False}
        info["pending_update_count"] = len(updates.pending())
        if webhook.url:
            info["max_connections"] = webhook.max_connections
        if webhook.last_error:
            info.update(last_error_date=webhook.last_error_at, last_error_message=webhook.last_error)
        return {**info, "allowed_updates": updates.allowed} if updates.allowed else info


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    is_loopback = parts.hostname in {"127.0.0.1", "localhost"}
    if parts.scheme != "https" and not is_loopback:
        raise violation("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback and (parts.port or 443) not in PORTS:
        raise violation("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
