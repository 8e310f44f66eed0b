"""FakeVk: the HTTP server of the fake and the handles tests hold it by."""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.fakes.vk.api import Api
from tests.fakes.vk.bell import Bell
from tests.fakes.vk.callback import Callback, CallbackServer
from tests.fakes.vk.context import Context
from tests.fakes.vk.conversations import CHATS_FROM, Message
from tests.fakes.vk.events import TYPES
from tests.fakes.vk.faults import FaultScripts
from tests.fakes.vk.http import Http
from tests.fakes.vk.longpoll import LongPoll
from tests.fakes.vk.people import Chat, Person
from tests.fakes.vk.spec import shared_spec
from tests.fakes.vk.transcript import Call, Transcript, Violation
from tests.fakes.vk.wire import JsonObject
from tests.fakes.vk.world import ChatRoom, Profile, World

START_SECONDS = 10.0
TOKEN = "vk1.a.fake"  # noqa: S105


class FakeVk:
    """A strict VK on loopback.

    `async with FakeVk()` serves in the running loop; `with FakeVk()` serves in a thread of its own, so that blocking
    clients and other processes can talk to it. What a test calls here may come from any thread.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        group_id: int = 1,
        group_name: str = "Клубок",
        port: int = 0,
    ) -> None:
        self.token = token
        self.group_id = group_id
        self.world = World(group_id=group_id, group_name=group_name)
        self.faults = FaultScripts()
        self.spec = shared_spec()
        self.spec_checks = self.spec.status
        self._bell = Bell()
        self._transcript = Transcript()
        self.long_poll = LongPoll(self.faults, self._bell)
        self.callback = Callback(self.faults, self._bell, group_id)
        self.world.events.listeners += [self.long_poll.listen, self.callback.listen]
        context = Context(world=self.world, long_poll=self.long_poll, callback=self.callback)
        self.api = Api(context, self.spec, self.faults, self._transcript, token=token)
        self._http = Http(self.api, context, self.faults, self._transcript, self._bell)
        self._port = port
        self._stop: Callable[[], object] | None = None
        self._serving: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None

    @property
    def base_url(self) -> str:
        """What stands for https://api.vk.ru/ (ends with a slash)."""
        return f"{self.world.base_url}/"

    @property
    def calls(self) -> list[Call]:
        """Every call so far, in order of arrival."""
        return self._transcript.calls

    @property
    def violations(self) -> list[Violation]:
        """Every request outside the contract."""
        return self._transcript.violations

    @property
    def requests_per_second(self) -> int | None:
        """How many requests VK takes in any one second before error 6; None for any number."""
        return self.api.rate.most

    @requests_per_second.setter
    def requests_per_second(self, most: int | None) -> None:
        self.api.rate.most = most

    def calls_of(self, method: str) -> list[Call]:
        """Every call of one method."""
        return [call for call in self.calls if call.method == method]

    def person(self, id_: int, first_name: str = "Анна", last_name: str = "Иванова") -> Person:
        """Meet a person; the same number is the same person."""
        with self.world.lock:
            profile = self.world.profiles.get(id_)
            if profile is None:
                profile = self.world.profiles[id_] = Profile(id=id_, first_name=first_name, last_name=last_name)
            return Person(world=self.world, profile=profile)

    def chat(self, number: int, members: Sequence[Person], *, title: str = "Вяжем", sees_all: bool = True) -> Chat:
        """Open a chat with the community inside; `sees_all` False brings only mentions, commands and replies."""
        with self.world.lock:
            ids = {member.id for member in members}
            room = ChatRoom(peer_id=CHATS_FROM + number, title=title, members=ids, sees_all=sees_all)
            self.world.chats[room.peer_id] = room
            return Chat(world=self.world, room=room)

    def messages(self, peer: int | Person | Chat) -> list[Message]:
        """List what the community said to a peer, oldest first, as people see it now."""
        peer_id = peer if isinstance(peer, int) else peer.room.peer_id if isinstance(peer, Chat) else peer.id
        with self.world.lock:
            return [each for each in self.world.conversations.of(peer_id).visible if each.is_out]

    def admin_replies(self, peer: int | Person, text: str, *, admin_id: int = 100) -> Message:
        """Let a human answer from VK's own inbox."""
        peer_id = peer if isinstance(peer, int) else peer.id
        with self.world.lock:
            message = self.world.add(peer_id, -self.group_id, text=text, admin_author_id=admin_id)
            self.world.publish_out(message)
            return message

    def publish(self, type_: str, value: JsonObject) -> JsonObject:
        """Let any event happen, also of a type nobody knows."""
        with self.world.lock:
            return self.world.events.publish(type_, value)

    def add_callback_server(self, url: str, *, secret: str = "", events: Sequence[str] = TYPES) -> CallbackServer:
        """Add a callback server the way a person does in the community's settings."""
        with self.world.lock:
            server = self.callback.add(url=url, title="test", secret_key=secret)
            server.settings.events |= dict.fromkeys(events, True)
            return server

    def advance(self, seconds: float) -> None:
        """Move the fake's clock: presses and messages grow old."""
        self.world.advance(seconds)

    async def until(self, condition: Callable[[], object], *, seconds: float = 5.0) -> None:
        """Wait in the loop until the condition holds.

        Raises:
            TimeoutError: it did not in time.
        """
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110  it may come from another process
                await asyncio.sleep(0.005)

    def wait_until(self, condition: Callable[[], object], *, seconds: float = 5.0) -> None:
        """Wait in this thread until the condition holds.

        Raises:
            TimeoutError: it did not in time.
        """
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {seconds} s; last calls: {self.calls[-5:]}")
            time.sleep(0.005)

    async def start(self) -> Self:
        """Serve in the running loop until `stop`."""
        is_ready = asyncio.Event()
        # a TaskGroup would have to end in the task it began in, and fixtures begin and end in different ones
        self._serving = asyncio.get_running_loop().create_task(self._serve(is_ready.set))
        waiting = asyncio.ensure_future(is_ready.wait())
        await asyncio.wait({self._serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._serving.done():
            self._serving.result()
        return self

    async def stop(self) -> None:
        """End serving; waiting polls are cut."""
        if self._stop is not None:
            self._stop()
        if self._serving is not None:
            await self._serving
            self._serving = None

    def start_thread(self) -> Self:
        """Serve in a thread of its own until `stop_thread`."""
        is_ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(is_ready.set)), name="fake-vk")
        self._thread.daemon = True
        self._thread.start()
        if not is_ready.wait(START_SECONDS):
            raise TimeoutError("the fake did not start")
        return self

    def stop_thread(self) -> None:
        """End serving and wait for the thread."""
        if self._stop is not None:
            self._stop()
        if self._thread is not None:
            self._thread.join(START_SECONDS)
            self._thread = None

    async def _serve(self, tell_ready: Callable[[], None]) -> None:
        loop, ending = asyncio.get_running_loop(), asyncio.Event()
        self._stop = lambda: loop.call_soon_threadsafe(ending.set)
        self._bell.attach()
        runner = web.AppRunner(self._http.make_app(), shutdown_timeout=0.05, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self._port)
            await site.start()
            self._port = runner.addresses[0][1]  # a second start is on the same address
            self.world.base_url = f"http://127.0.0.1:{self._port}"
            async with asyncio.TaskGroup() as group:
                delivering = group.create_task(self.callback.run())
                tell_ready()
                await ending.wait()
                delivering.cancel()
        finally:
            self._stop = None
            self._bell.detach()
            self._http.release()
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def __enter__(self) -> Self:
        return self.start_thread()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop_thread()
