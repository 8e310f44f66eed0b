"""A real HTTP server on a loopback address, scripted by path."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias


@dataclass(slots=True)
class Answer:
    """What the server says; with `wait` the body goes byte by byte, and each is waited for.

    `length` is what the header claims, where it differs from the body.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: Callable[[], object] | None = None
    length: int | None = None


Pages: TypeAlias = dict[str, Answer]


@dataclass(slots=True)
class Shop:
    """A running server: `pages` may be changed on the way, `requests` holds the headers of each request."""

    url: str
    pages: Pages
    requests: list[Mapping[str, str]]


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), _Handler)
        self.shop = Shop(f"http://{host}:{self.server_address[1]}", {}, [])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or speaks TLS to us, is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        shop = self.server.shop
        shop.requests.append(dict(self.headers))
        answer = shop.pages.get(self.path, Answer(404))
        etag = answer.headers.get("ETag")
        if answer.status == 200 and etag and self.headers.get("If-None-Match") == etag:
            answer = Answer(304)
        try:
            self._send(answer)
        except OSError:
            return  # the client had enough

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
        self.end_headers()
        if answer.wait is None:
            self.wfile.write(answer.body)
            return
        for at in range(len(answer.body)):
            self.wfile.write(answer.body[at : at + 1])
            self.wfile.flush()
            answer.wait()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library
        """Stay silent."""


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Shop]:
    """Run a server; on leaving it is stopped and its sockets are closed."""
    server = _Server(host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.shop
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
