"""Calls of the Bot API as plain JSON: for taking updates, where a library would confirm them too early."""

import json
from collections.abc import Mapping

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.domain.errors import ChannelError

UNAUTHORIZED = {401, 404}
"""What a wrong token is answered with: 404 where it does not even look like one."""
CONFLICT = 409
_OK, _SERVER_ERRORS = 200, 500
_CHUNK = 65_536


class CallError(ChannelError):
    """A call failed. `status` is HTTP's, 0 where there was no answer; `retry_after` is in seconds, 0 where unsaid."""

    def __init__(self, status: int, description: str, *, retry_after: float = 0.0) -> None:
        super().__init__(f"{status} {description}" if status else description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


class Api:
    """One bot's methods. Descriptions of errors never hold the token: it is a part of every address."""

    def __init__(self, session: ClientSession, *, api_url: str, token: str, timeout: ClientTimeout) -> None:
        self._session = session
        self._prefix = f"{api_url.rstrip('/')}/bot{token}"
        self._files = f"{api_url.rstrip('/')}/file/bot{token}"
        self._timeout = timeout

    async def call(self, method: str, parameters: Mapping[str, object] | None = None, *, longer: float = 0.0) -> object:
        """Call `method`, and return its result; `longer` is how long it may take beyond the usual, in seconds.

        Raises:
            CallError: there is no result.
        """
        total = (self._timeout.total or 0.0) + longer
        timeout = ClientTimeout(total=total, connect=self._timeout.connect)
        try:
            async with self._session.post(
                f"{self._prefix}/{method}", json=parameters or {}, timeout=timeout
            ) as response:
                return _result(response.status, await response.read())
        except (ClientError, TimeoutError, OSError) as error:
            raise CallError(0, type(error).__name__) from error

    async def download(self, path: str, *, most_bytes: int) -> bytes | None:
        """Get the file at a path that getFile gave; None when it has more than `most_bytes`.

        Raises:
            CallError: it cannot be had.
        """
        try:
            async with self._session.get(f"{self._files}/{path}", timeout=self._timeout) as response:
                if response.status != _OK:
                    raise CallError(response.status, "no file")
                content = bytearray()
                async for chunk in response.content.iter_chunked(_CHUNK):
                    content += chunk
                    if len(content) > most_bytes:
                        return None
                return bytes(content)
        except (ClientError, TimeoutError, OSError) as error:
            raise CallError(0, type(error).__name__) from error


def _result(status: int, body: bytes) -> object:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise CallError(status, "no JSON object")
    if answer.get("ok") is True and status < _SERVER_ERRORS:
        return answer.get("result")
    parameters = answer.get("parameters")
    retry_after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    raise CallError(
        status,
        str(answer.get("description", "no description"))[:300],
        retry_after=retry_after if isinstance(retry_after, int | float) and retry_after > 0 else 0.0,
    )
