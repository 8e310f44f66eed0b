"""Transfer: one file taken over HTTPS, bounded in size, time and in whom it talks to."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from bot.domain.errors import ConfigurationError
from bot.knowledge.feed.allowed_peers import GuardedAdapter, PeerRefusedError, PeerRule, Watchdog
from bot.knowledge.progress import Progress

_CHUNK = 1 << 16
_MOST_REDIRECTS = 5
_PROGRESS_EVERY = 1 << 20
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PACKED = (".gz", ".zip")


class TransferError(ConfigurationError):
    """A file was not taken; `kind` is the machine name of the problem. Nothing secret is in the message."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRules:
    """Bounds of a transfer: `timeout` for silence and `deadline` for all of it, in seconds; `max_bytes` as sent."""

    timeout: float
    deadline: float
    max_bytes: int
    schemes: frozenset[str]
    peers: PeerRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What the server said about the file: its validators for the next time, empty where there are none."""

    etag: str = ""
    last_modified: str = ""


NOTHING_KNOWN = Received()


def transfer(
    url: str, target: IO[bytes], rules: TransferRules, *, known: Received, progress: Progress
) -> Received | None:
    """Write the file at `url` to `target` as it was sent (gzip stays gzip); None where `known` is still current.

    Raises:
        TransferError: refused, failed, too slow or too large; `target` may hold a part.
    """
    with Watchdog(rules.deadline) as watchdog, requests.Session() as session:
        session.trust_env = False
        adapter = GuardedAdapter(rules.peers, watchdog)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        try:
            return _follow(session, url, target, rules, known=known, progress=progress)
        except PeerRefusedError as fault:
            raise TransferError("forbidden-url", str(fault)) from fault
        except (requests.RequestException, HTTPError, OSError, ValueError) as fault:
            reason = "took too long" if watchdog.has_expired else _reason(fault)
            raise TransferError("download-failed", reason) from fault


def _follow(
    session: requests.Session,
    url: str,
    target: IO[bytes],
    rules: TransferRules,
    *,
    known: Received,
    progress: Progress,
) -> Received | None:
    for _ in range(_MOST_REDIRECTS + 1):
        _check_scheme(url, rules)
        headers = _headers(url, known)
        with session.get(
            url, headers=headers, stream=True, timeout=(rules.timeout, rules.timeout), allow_redirects=False
        ) as response:
            if response.status_code in _REDIRECTS and "Location" in response.headers:
                url = urljoin(url, response.headers["Location"])
                continue
            if response.status_code == HTTPStatus.NOT_MODIFIED and (known.etag or known.last_modified):
                return None
            if response.status_code != HTTPStatus.OK:
                raise TransferError("download-failed", f"the server answered {response.status_code}")
            _save(response, target, rules.max_bytes, progress)
            return Received(
                etag=response.headers.get("ETag", ""), last_modified=response.headers.get("Last-Modified", "")
            )
    raise TransferError("download-failed", f"more than {_MOST_REDIRECTS} redirects")


def _check_scheme(url: str, rules: TransferRules) -> None:
    parts = urlsplit(url)
    if parts.scheme.lower() not in rules.schemes or not parts.hostname:
        raise TransferError("forbidden-url", "only https addresses are read")


def _headers(url: str, known: Received) -> Mapping[str, str]:
    is_packed = urlsplit(url).path.lower().endswith(_PACKED)
    headers = {"Accept-Encoding": "identity" if is_packed else "gzip", "User-Agent": "klubok"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _save(response: requests.Response, target: IO[bytes], max_bytes: int, progress: Progress) -> None:
    if response.headers.get("Content-Encoding", "identity").lower() not in {"identity", "gzip", "x-gzip"}:
        raise TransferError("download-failed", "the server packs the file in an unknown way")
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isascii() and length.isdigit() else None
    done = 0
    while total is None or total <= max_bytes:
        piece: bytes = response.raw.read(_CHUNK, decode_content=False)
        if not piece:
            return
        done += len(piece)
        if done > max_bytes:
            break
        target.write(piece)
        if done % _PROGRESS_EVERY < len(piece):
            progress("download", done, total)
    raise TransferError("too-large", f"larger than {max_bytes} bytes")


def _reason(fault: BaseException) -> str:
    """Say what went wrong without the words of the library: those quote the URL with its secrets."""
    match fault:
        case requests.exceptions.SSLError():
            return "the certificate or the encryption is not right"
        case requests.Timeout():
            return "the server is silent"
        case requests.ConnectionError():
            return "no connection"
        case requests.exceptions.InvalidURL() | requests.exceptions.MissingSchema() | ValueError():
            return "the address is not a URL"
        case _:
            return "the connection broke off"
