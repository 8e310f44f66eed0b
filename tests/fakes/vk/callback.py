"""Callback API: VK as the client that brings events to the bot's address."""

import asyncio
import time
from dataclasses import dataclass, field

import aiohttp

from tests.fakes.vk.bell import Bell
from tests.fakes.vk.events import TYPES, EventSettings
from tests.fakes.vk.faults import CALLBACK, FaultScripts
from tests.fakes.vk.wire import JsonObject, VkError

MOST_SERVERS = 10
LONGEST_PAUSE = 3 * 3600.0
PAUSING = frozenset({410, 429, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One attempt to bring an event. `status` 0 when nobody answered; `at` is monotonic seconds."""

    server_id: int
    event: JsonObject
    attempt: int
    status: int
    answer: str
    at: float


@dataclass(slots=True, kw_only=True)
class CallbackServer:
    """An address of the bot's with settings of its own, everything off at first."""

    id: int
    url: str
    title: str
    secret_key: str
    status: str = "wait"
    settings: EventSettings = field(default_factory=lambda: EventSettings(events=dict.fromkeys(TYPES, False)))
    queue: list[JsonObject] = field(default_factory=list)
    attempt: int = 0
    is_started: bool = False

    def wire(self) -> JsonObject:
        """Form the object of groups.getCallbackServers."""
        names = ("id", "title", "url", "secret_key", "status")
        return {name: getattr(self, name) for name in names} | {"creator_id": 1}


class Callback:
    """Brings events in order, one at a time a server; repeats until a plain `ok`."""

    def __init__(self, faults: FaultScripts, bell: Bell, group_id: int) -> None:
        self.servers: dict[int, CallbackServer] = {}
        self.deliveries: list[Delivery] = []
        self.timeout = 10.0
        self.pause = 0.05  # between attempts; the real platform waits minutes
        self.second = 1.0  # how long a second of Retry-After takes here
        self.most_attempts = 100
        self.code = "c0de0001"
        self._faults = faults
        self._bell = bell
        self._group_id = group_id

    def add(self, *, url: str, title: str, secret_key: str) -> CallbackServer:
        """Add a server and ask it for confirmation.

        Raises:
            VkError: 2000, ten servers already.
        """
        if len(self.servers) >= MOST_SERVERS:
            raise VkError(2000)
        number = max(self.servers, default=0) + 1
        server = CallbackServer(id=number, url=url, title=title, secret_key=secret_key)
        self.servers[number] = server
        self.ask(server)
        return server

    def ask(self, server: CallbackServer) -> None:
        """Ask for confirmation anew, with a new code: the code changes when servers do."""
        self.code = f"c0de{int(self.code[4:], 16) + 1:04x}"
        server.status, server.attempt = "wait", 0
        confirmation: JsonObject = {"type": "confirmation", "group_id": self._group_id, "event_id": "0" * 40}
        server.queue.insert(0, confirmation | {"v": server.settings.api_version})
        self._bell.ring()

    def listen(self, event: JsonObject) -> None:
        """Take an event that happened, for every confirmed server that wants it."""
        for server in self.servers.values():
            dressed = server.settings.dress(event)
            if dressed is not None and server.status == "ok":
                server.queue.append(dressed)
        self._bell.ring()

    async def run(self) -> None:
        """Serve until cancelled."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            while True:
                for server in list(self.servers.values()):
                    if not server.is_started:
                        server.is_started = True
                        group.create_task(self._serve(session, server))
                await self._bell.wait(60)

    async def _serve(self, session: aiohttp.ClientSession, server: CallbackServer) -> None:
        try:
            while self.servers.get(server.id) is server:
                if not server.queue or server.status == "failed":
                    await self._bell.wait(60)
                    continue
                pause = await self._attempt(session, server)
                if pause:
                    await asyncio.sleep(pause)
        finally:
            server.is_started = False

    async def _attempt(self, session: aiohttp.ClientSession, server: CallbackServer) -> float:
        """Bring the first event of the queue once; returns how long to wait before the next attempt."""
        if len(server.queue) > 1 and self._faults.take(CALLBACK, kinds=frozenset({"reorder"})):
            server.queue[0], server.queue[1] = server.queue[1], server.queue[0]
        event = server.queue[0]
        status, answer, retry_after = await self._post(session, server, event)
        self.deliveries.append(
            Delivery(server_id=server.id, event=event, attempt=server.attempt, status=status, answer=answer,
                     at=time.monotonic())
        )  # fmt: skip
        is_question = event["type"] == "confirmation"
        if status == 200 and answer == (self.code if is_question else "ok"):
            return self._succeed(server, event)
        server.attempt += 1
        if is_question or server.attempt >= self.most_attempts:
            server.status = "failed"
            server.queue = [] if is_question else server.queue
        is_asked = status in PAUSING and retry_after is not None
        return min(retry_after or 0.0, LONGEST_PAUSE) * self.second if is_asked else self.pause

    def _succeed(self, server: CallbackServer, event: JsonObject) -> float:
        server.attempt = 0
        if event["type"] == "confirmation":
            server.status = "ok"
        elif self._faults.take(CALLBACK, kinds=frozenset({"duplicate"})):
            return 0.0
        server.queue.remove(event)
        return 0.0

    async def _post(
        self, session: aiohttp.ClientSession, server: CallbackServer, event: JsonObject
    ) -> tuple[int, str, float | None]:
        body = event | ({"secret": server.secret_key} if server.secret_key else {})
        headers = {"X-Retry-Counter": str(server.attempt)} if server.attempt else {}
        timeout = aiohttp.ClientTimeout(total=self.timeout)
        try:
            async with session.post(
                server.url, json=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                text = await answer.text(errors="replace")
                asked = answer.headers.get("Retry-After", "")
                return answer.status, text, float(asked) if asked.isdecimal() else None
        except (aiohttp.ClientError, TimeoutError):
            return 0, "", None
