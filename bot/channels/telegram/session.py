"""aiogram's session, made to tell a request that may have arrived from one that has not, and to cost less.

A call without files goes out as JSON, and of a success only the numbers of the messages are read: to write a form of
Russian text and to check the whole message that comes back costs more than all the rest of sending.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from aiohttp import ClientError, ClientTimeout, FormData

from bot.channels.telegram.errors import (
    CLIENT_ERRORS,
    SERVER_ERRORS,
    TOO_MANY_REQUESTS,
    network_error,
    server_error,
    throttled,
    unreadable,
)
from bot.channels.telegram.library import (
    AiohttpSession,
    Bot,
    ClientDecodeError,
    Close,
    InputFile,
    MessageId,
    Response,
    TelegramAPIServer,
    TelegramMethod,
    TelegramType,
)

_JSON = {"Content-Type": "application/json"}

Reference: TypeAlias = MessageId | list[MessageId] | bool
"""What is read of a success: the message, the messages of an album, or that it is one."""


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
        body, headers = self._body(bot, method)
        try:
            async with session.post(url, data=body, headers=headers, timeout=limits) as response:
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
        reference = _read_success(content) if status_code < CLIENT_ERRORS else None
        if reference is not None:
            return Response.model_construct(ok=True, result=cast("TelegramType", reference))
        try:
            # as if of a call that gives nothing: to read a whole message, its type and a hundred others would be built
            return cast("Response[TelegramType]", super().check_response(bot, Close(), status_code, content))
        except ClientDecodeError as error:
            raise unreadable(status_code) from error

    def _body(self, bot: Bot, method: TelegramMethod[Any]) -> tuple[bytes | FormData, Mapping[str, str] | None]:
        """Write a call as JSON; as a form where a file goes with it."""
        files: dict[str, InputFile] = {}
        given = method.model_dump(warnings=False, exclude_none=True)
        values = {key: self.prepare_value(value, bot, files, _dumps_json=False) for key, value in given.items()}
        if files:
            return self.build_form_data(bot=bot, method=method), None
        written = {key: value for key, value in values.items() if value is not None and value != ""}
        return json.dumps(written).encode(), _JSON


def _read_success(content: str) -> Reference | None:
    """Read the numbers of what was sent; None where that is not what stands there."""
    try:
        answer = json.loads(content)
        if answer["ok"] is not True:
            return None
        result = answer["result"]
        if isinstance(result, list):
            return [MessageId(message_id=message["message_id"]) for message in result]
        return True if result is True else MessageId(message_id=result["message_id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
