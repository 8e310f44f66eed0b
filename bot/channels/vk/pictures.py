"""Pictures: fetching what a message shows from where its source says, and from nowhere else."""

import ipaddress
import socket
import ssl
from types import TracebackType
from typing import Self, TypeAlias

import aiohttp

from bot.channels.vk.errors import CallError
from bot.channels.vk.options import VkOptions

_CHUNK = 65_536
_OK = 200
_MOST_REDIRECTS = 3
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_Ip: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class Pictures:
    """Fetches from the public internet over https; addresses come from feeds, and may lead anywhere.

    With `private_pictures` also from loopback and private networks, without encryption too.
    """

    def __init__(self, options: VkOptions, context: ssl.SSLContext) -> None:
        self._options = options
        self._context = context
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        guard = None if self._options.private_pictures else public_socket
        connector = aiohttp.TCPConnector(ssl=self._context, socket_factory=guard)
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(self, url: str) -> bytes:
        """Get a picture.

        Raises:
            CallError: not there, not allowed, too slow, too large.
        """
        if self._session is None:
            raise CallError("closed")
        options = self._options
        timeout = aiohttp.ClientTimeout(total=options.picture_timeout, sock_connect=options.connect_timeout)
        try:
            async with self._session.get(url, timeout=timeout, max_redirects=_MOST_REDIRECTS) as answer:
                self._demand_good(answer)
                return await _read(answer, options.picture_bytes)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise CallError(f"{type(error).__name__} for a picture") from None

    def _demand_good(self, answer: aiohttp.ClientResponse) -> None:
        if answer.status != _OK:
            raise CallError(f"HTTP {answer.status} for a picture")
        if answer.url.scheme != "https" and not self._options.private_pictures:
            raise CallError("a picture without https")


def public_socket(address: aiohttp.AddrInfoType) -> socket.socket:
    """Open a socket, only to the public internet: checked on the address itself, whatever its name was.

    Raises:
        PermissionError: it is no public address.
    """
    family, kind, protocol, _, where = address
    if not is_public(str(where[0])):
        raise PermissionError("not a public address")
    return socket.socket(family, kind, protocol)


def is_public(address: str) -> bool:
    """Whether it is in the public internet; an address that carries an IPv4 address is judged by that."""
    ip = _plain(ipaddress.ip_address(address.partition("%")[0]))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_link_local


def _plain(ip: _Ip) -> _Ip:
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


async def _read(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > most_bytes:
            raise CallError(f"a picture of more than {most_bytes} bytes")
    return bytes(content)
