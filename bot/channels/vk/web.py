"""Web: what is asked and brought besides methods: long polls and uploads."""

import io
import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import aiohttp

from bot.channels.vk.errors import CallError
from bot.channels.vk.fields import Fields

_OK = 200


class Web:
    """One pool of connections. Whatever goes wrong is a CallError; addresses, which have keys in them, are not told."""

    def __init__(self, context: ssl.SSLContext, *, connect_timeout: float) -> None:
        self._context = context
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(ssl=self._context)
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def ask(self, url: str, query: Mapping[str, str], *, seconds: float) -> Fields:
        """Get a JSON object.

        Raises:
            CallError: not answered, or not by one.
        """
        return await self._read_json("GET", url, seconds=seconds, params=dict(query))

    async def upload(self, url: str, *, field: str, name: str, content: bytes, seconds: float) -> Fields:
        """Bring a file; return the JSON object that VK gives for it.

        Raises:
            CallError: not answered, or not by one.
        """
        form = aiohttp.FormData()
        form.add_field(field, io.BytesIO(content), filename=name, content_type="application/octet-stream")
        return await self._read_json("POST", url, seconds=seconds, data=form)

    async def _read_json(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        params: Mapping[str, str] | None = None,
        data: aiohttp.FormData | None = None,
    ) -> Fields:
        timeout = self._timeout(seconds)
        try:
            async with self._open().request(method, url, params=params, data=data, timeout=timeout) as answer:
                if answer.status != _OK:
                    raise CallError(f"HTTP {answer.status}")
                fields = Fields.of(await answer.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise CallError(type(error).__name__) from None
        if not fields:
            raise CallError("not a JSON object")
        return fields

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise CallError("closed")
        return self._session

    def _timeout(self, seconds: float) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=seconds, sock_connect=self._connect_timeout)
