"""HTTP: `CodeSender` over any gateway that takes a request for a message."""

import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from bot.domain.errors import ChannelError, ConfigurationError, RefusedError, ThrottledError, UnknownOutcomeError
from bot.gateways.session import open_session, read_answer
from bot.gateways.templates import demand_places, fill, in_address, in_body

logger = logging.getLogger(__name__)

_ANSWER_BYTES = 65_536
_FORM = "application/x-www-form-urlencoded"
_PAUSE_SECONDS = 30.0  # where a gateway does not say how long to wait
_OK, _REDIRECT, _CLIENT, _SERVER, _TOO_MANY = 200, 300, 400, 500, 429


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpGateway:
    """How to ask a gateway. Templates have ``{phone}``, ``{digits}`` and ``{text}``, quoted for where they stand: by
    the ``Content-Type`` of the headers in the body, a form's where there is none. `success` is a regular expression
    that the answer to a message that was taken has somewhere; empty where the status tells.
    """

    url: str = field(repr=False)
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: str = field(default="", repr=False)
    success: str = field(default="", repr=False)
    timeout_seconds: float = 10.0


class HttpCodeSender:
    """Sends codes by one request each, never twice. Make it with `open_http_sender`."""

    def __init__(self, gateway: HttpGateway, session: aiohttp.ClientSession) -> None:
        self._gateway = gateway
        self._session = session
        self._success = re.compile(gateway.success)
        self._type = next((value for name, value in gateway.headers.items() if name.lower() == "content-type"), _FORM)

    async def send(self, phone: str, text: str) -> None:
        """Send `text` to `phone` (E.164).

        Raises:
            ThrottledError, RefusedError, UnknownOutcomeError, ChannelError: see `CodeSender`.
        """
        try:
            status, retry_after, answer = await self._ask(phone, text)
        except aiohttp.ClientConnectorError as error:
            raise ChannelError(f"the gateway cannot be reached: {type(error).__name__}") from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise UnknownOutcomeError(f"no whole answer of the gateway: {type(error).__name__}") from None
        self._judge(status, retry_after, answer)

    async def _ask(self, phone: str, text: str) -> tuple[int, str, str]:
        gateway = self._gateway
        values = {"phone": phone, "digits": phone.lstrip("+"), "text": text}
        headers = {name: fill(value, values, in_address) for name, value in gateway.headers.items()}
        body = fill(gateway.body, values, in_body(self._type)).encode()
        if body and "content-type" not in {name.lower() for name in headers}:
            headers["Content-Type"] = self._type
        request = self._session.request(
            gateway.method,
            fill(gateway.url, values, in_address),
            headers=headers,
            data=body or None,
            allow_redirects=False,  # to nowhere else with what the headers have in them
            timeout=aiohttp.ClientTimeout(total=gateway.timeout_seconds),
        )
        async with request as response:
            content = await read_answer(response, most=_ANSWER_BYTES)
            return response.status, response.headers.get("Retry-After", ""), content.decode(errors="replace")

    def _judge(self, status: int, retry_after: str, answer: str) -> None:
        if status == _TOO_MANY:
            seconds = float(retry_after) if retry_after.isascii() and retry_after.isdigit() else _PAUSE_SECONDS
            raise ThrottledError(seconds)
        if status >= _SERVER:
            raise ChannelError(f"the gateway answers HTTP {status}")
        if not _OK <= status < _REDIRECT:
            raise RefusedError(f"the gateway answers HTTP {status}")
        if self._success.search(answer) is None:
            raise RefusedError("the gateway's answer does not say that it took the message")


@asynccontextmanager
async def open_http_sender(gateway: HttpGateway) -> AsyncIterator[HttpCodeSender]:
    """Have a sender while the block lasts.

    Raises:
        ConfigurationError: the gateway's settings cannot be; the message names the setting, never shows it.
    """
    demand_gateway(gateway)
    async with open_session() as session:
        yield HttpCodeSender(gateway, session)


def demand_gateway(gateway: HttpGateway) -> None:
    """Check a gateway before anybody waits for a code.

    Raises:
        ConfigurationError: as above.
    """
    headers = {f"KLUBOK_CODES__HEADERS ({name})": value for name, value in gateway.headers.items()}
    demand_places({"KLUBOK_CODES__URL": gateway.url, "KLUBOK_CODES__BODY": gateway.body, **headers})
    if not gateway.url.startswith(("https://", "http://")):
        raise ConfigurationError("KLUBOK_CODES__URL: expected a web address")
    try:
        re.compile(gateway.success)
    except re.error as error:
        raise ConfigurationError(f"KLUBOK_CODES__SUCCESS: no regular expression: {error.msg}") from None
