"""aiogram's session, made to tell a request that may have arrived from one that has not."""

from typing import cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError, ClientTimeout

from bot.channels.telegram.errors import (
    SERVER_ERRORS,
    TOO_MANY_REQUESTS,
    network_error,
    server_error,
    throttled,
    unreadable,
)


class CarefulSession(AiohttpSession):
    """Raises our errors where aiogram's would not say what happened; the rest is translated by whoever calls."""

    def __init__(self, *, api_url: str, timeout: ClientTimeout) -> None:
        super().__init__(api=TelegramAPIServer.from_base(api_url))
        self._limits = timeout

    async def close(self) -> None:
        """Close the connections; aiogram waits for those over TLS, of which there may be none."""
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 -- aiogram's own interface
    ) -> TelegramType:
        """Send one request.

        Raises:
            ChannelError: it did not go out, or the server failed.
            UnknownOutcomeError: nobody knows.
            AiogramError: the platform refuses it.
        """
        session = await self.create_session()
        limits = self._limits if timeout is None else ClientTimeout(total=timeout, connect=self._limits.connect)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        form = self.build_form_data(bot=bot, method=method)
        try:
            async with session.post(url, data=form, timeout=limits) as response:
                content = await response.text("utf-8", "replace")
        except (ClientError, TimeoutError, OSError) as error:
            raise network_error(error) from error
        answer = self.check_response(bot=bot, method=method, status_code=response.status, content=content)
        return cast("TelegramType", answer.result)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Read an answer. A failing server's is not read: it may be a page of HTML, or JSON without a description."""
        if status_code >= SERVER_ERRORS:
            raise server_error(status_code)
        if status_code == TOO_MANY_REQUESTS and "retry_after" not in content:
            raise throttled()
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            raise unreadable(status_code) from error
