"""LeanTelegram: the few methods of the Bot API that a load needs, as cheap as they can be.

The strict fake checks every call against the specification, which costs more than either bot does: here nothing is
checked, and all bots that are compared talk to the same server.
"""

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable
from typing import Self

TOKEN = "4242:bench"  # noqa: S105 - opens nothing
MOST_UPDATES = 100
POLL_SECONDS = 10.0
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CHAT = re.compile(rb'chat_id"?[=:] ?"?(\d+)')
_OFFSET = re.compile(rb'offset"?[=:] ?"?(\d+)')
_ME = b'{"id":4242,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
_SENT = b'{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private","first_name":"A"},"text":"%s"}'
_TEXT = "Курьер по Москве и Санкт-Петербургу стоит 390 ₽, а для заказов от 5 000 ₽ он бесплатный.".encode()


class LeanTelegram:
    """A Bot API on the loopback; `on_sent` is told the chat of each message. Within one event loop."""

    def __init__(self) -> None:
        self.on_sent: Callable[[int], None] = lambda _: None
        self.has_poller = asyncio.Event()
        self.sent = 0
        self._pending: deque[tuple[int, bytes]] = deque()
        self._poller: _Connection | None = None
        self._last_update = 0
        self._server: asyncio.Server | None = None

    @property
    def base_url(self) -> str:
        """What replaces https://api.telegram.org."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def push(self, chat: int, text: str) -> None:
        """Let a person write."""
        self._last_update += 1
        number, person = self._last_update, f'"id":{chat},"first_name":"Anna"'
        update = (
            f'{{"update_id":{number},"message":{{"message_id":{number},"date":{int(time.time())},'
            f'"from":{{{person},"is_bot":false,"language_code":"ru"}},"chat":{{{person},"type":"private"}},'
            f'"text":"{text}"}}}}'
        )
        self._pending.append((number, update.encode()))
        if self._poller is not None:
            poller, self._poller = self._poller, None
            asyncio.get_running_loop().call_soon(self._give, poller)  # with whatever else comes in this round

    def perform(self, method: bytes, body: bytes, connection: "_Connection") -> None:
        """Answer one call, `getUpdates` perhaps later."""
        if method == b"sendMessage":
            self._send(int(_found(_CHAT, body)), connection)
        elif method == b"getUpdates":
            self._poll(int(_found(_OFFSET, body)), connection)
        else:
            connection.answer(_ME if method == b"getMe" else b"true")

    def _send(self, chat: int, connection: "_Connection") -> None:
        self.sent += 1
        connection.answer(_SENT % (self.sent, int(time.time()), chat, _TEXT))
        self.on_sent(chat)

    def _poll(self, offset: int, connection: "_Connection") -> None:
        self.has_poller.set()
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        if self._pending:
            self._give(connection)
        else:
            self._poller = connection
            asyncio.get_running_loop().call_later(POLL_SECONDS, self._end_poll, connection)

    def _end_poll(self, connection: "_Connection") -> None:
        if self._poller is connection:
            self._poller = None
            connection.answer(b"[]")

    def _give(self, connection: "_Connection") -> None:
        count = min(len(self._pending), MOST_UPDATES)
        connection.answer(b"[%s]" % b",".join(self._pending[number][1] for number in range(count)))

    def forget(self, connection: "_Connection") -> None:
        """Notice that a poller left."""
        if self._poller is connection:
            self._poller = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(lambda: _Connection(self), "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()


class _Connection(asyncio.Protocol):
    """One client: as much of HTTP as both bots speak."""

    def __init__(self, server: LeanTelegram) -> None:
        self._server = server
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.forget(self)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, start = self._received[:end], end + 4
            stop = start + int(_found(_LENGTH, head))
            if len(self._received) < stop:
                return
            body, self._received = self._received[start:stop], self._received[stop:]
            self._server.perform(head.split(b" ", 2)[1].rpartition(b"/")[2], body, self)

    def answer(self, result: bytes) -> None:
        """Write a success."""
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                b'{"ok":true,"result":%s}' % (len(result) + 21, result)
            )


def _found(pattern: re.Pattern[bytes], text: bytes) -> bytes:
    match = pattern.search(text)
    return match[1] if match else b"0"
