"""Allowed peers: which addresses a download may talk to, checked on the connection itself, before a byte is sent."""

import ipaddress
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeAlias

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from bot.domain.errors import ConfigurationError

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
PeerRule: TypeAlias = Callable[[str, str], bool]
"""Given the address of the peer and the scheme, "http" or "https", tells whether to go on."""


class PeerRefusedError(ConfigurationError):
    """The address behind a URL is not one to be talked to."""


def public_only(address: str, scheme: str) -> bool:
    """Allow encrypted connections to the public internet."""
    return scheme == "https" and _is_public(_parse(address))


def public_and_private(address: str, scheme: str) -> bool:
    """Allow also loopback and private networks, there without encryption too; link-local never (cloud metadata)."""
    ip = _parse(address)
    is_near = (
        not ip.is_link_local and not ip.is_multicast and not ip.is_unspecified and (ip.is_private or ip.is_loopback)
    )
    return is_near or (scheme == "https" and _is_public(ip))


def _parse(address: str) -> _Address:
    """Read an address; one that carries an IPv4 address inside is judged by that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _is_public(ip: _Address) -> bool:
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_link_local


class Watchdog:
    """Ends every connection it was shown once `seconds` are over, however slowly the other side trickles."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self.has_expired = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()
        for connection in self._sockets:
            connection.close()

    def watch(self, connection: socket.socket) -> None:
        """Keep an eye on `connection`; a copy of it is held, since encryption takes the original over."""
        with self._lock:
            self._sockets.append(connection.dup())
        if self.has_expired:
            self._expire()

    def _expire(self) -> None:
        self.has_expired = True
        with self._lock:
            for connection in self._sockets:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # closed by the other side already


class GuardedAdapter(HTTPAdapter):
    """Sends requests only to peers that `rule` allows, whatever name or redirect led to them."""

    def __init__(self, rule: PeerRule, watchdog: Watchdog) -> None:
        self._rule = rule
        self._watchdog = watchdog
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        """Make pools whose connections are checked once they are made."""
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = _guarded_pools(self._admit)

    def _admit(self, connection: socket.socket, scheme: str) -> socket.socket:
        address = str(connection.getpeername()[0])
        if not self._rule(address, scheme):
            connection.close()
            raise PeerRefusedError("the address is private or the connection is not encrypted")
        self._watchdog.watch(connection)
        return connection


def _guarded_pools(admit: Callable[[socket.socket, str], socket.socket]) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return admit(super()._new_conn(), "http")

    class Encrypted(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return admit(super()._new_conn(), "https")

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}
