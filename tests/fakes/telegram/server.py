"""FakeTelegram: the server itself, in a test's loop or in a thread of its own."""

import asyncio
import inspect
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Self, TypeAlias

from aiohttp import web

from tests.fakes.telegram import asking, changing, sending
from tests.fakes.telegram.calls import Call, Violation, moment
from tests.fakes.telegram.chats import Message
from tests.fakes.telegram.decoding import decode_parameters, read_parameters
from tests.fakes.telegram.faults import Faults, suffer
from tests.fakes.telegram.people import HasChat
from tests.fakes.telegram.population import Population
from tests.fakes.telegram.rates import Limits
from tests.fakes.telegram.receiving import Receiver
from tests.fakes.telegram.replies import Reply, error_reply, result_reply, write_reply
from tests.fakes.telegram.shapes import ApiError, Json, Request, Upload
from tests.fakes.telegram.specification import FILE, load_specification
from tests.fakes.telegram.threads import LoopThread
from tests.fakes.telegram.world import Settings, World

TOKEN = "4242:FAKE-klubok-token-for-the-loopback"  # noqa: S105 -- opens nothing but the fake
BODY_LIMIT = 60 * 2**20

Outcome: TypeAlias = object | Awaitable[object]
Handlers: TypeAlias = Mapping[str, Callable[[Request], Outcome]]


class FakeTelegram(Population):
    """A Telegram Bot API of one bot on the loopback.

    `async with FakeTelegram()` runs in the loop of the test; `with FakeTelegram()` in a thread, for a bot in another
    process. Nobody needs to have come yet for people to act: updates wait.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        limits: Limits | None = None,
        settings: Settings | None = None,
        is_checked: bool = True,
        conflict_pause: float = 3.0,
        webhook_pause: float = 0.1,
    ) -> None:
        self.token = token
        specification = load_specification() if is_checked else None
        super().__init__(World(settings=settings or Settings(), limits=limits or Limits(), specification=specification))
        absent = f"skipped: no {FILE.name}" if is_checked else "skipped: switched off"
        self.spec_checks = "on" if specification is not None else absent
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self.missing: Counter[str] = Counter()
        """Methods that were called though the fake does not know them."""
        self.faults = Faults()
        self._pauses = (conflict_pause, webhook_pause)
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._delivery: asyncio.Task[None] | None = None
        self._thread: LoopThread | None = None
        self._handlers: dict[str, tuple[str, Callable[[Request], Outcome]]] = {}

    @property
    def base_url(self) -> str:
        """Name the address of the API: what replaces https://api.telegram.org."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen: on a random port at first, on the same one after a stop."""
        self._receive()
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = int(self._runner.addresses[0][1])

    def _receive(self) -> None:
        receiver = Receiver(self.world, self.faults, conflict_pause=self._pauses[0], retry_pause=self._pauses[1])
        self.world.wakers = [receiver.wake]
        self._delivery = asyncio.get_running_loop().create_task(receiver.deliver())
        world_methods = {**sending.METHODS, **changing.METHODS, **asking.METHODS}
        known: dict[str, Callable[[Request], Outcome]] = {
            name: _bound(handler, self.world) for name, handler in world_methods.items()
        }
        known.update(getUpdates=receiver.poll, setWebhook=receiver.set_webhook)
        known.update(deleteWebhook=receiver.delete_webhook, getWebhookInfo=receiver.webhook_info)
        self._handlers = {name.lower(): (name, handler) for name, handler in known.items()}

    async def stop(self) -> None:
        """Stop listening and drop connections; the world stays as it is."""
        self.world.wakers = []
        if self._delivery is not None:
            self._delivery.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivery
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = self._delivery = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    def __enter__(self) -> Self:
        self._thread = LoopThread()
        self._thread.run(self.start())
        return self

    def __exit__(self, *_error: object) -> None:
        if self._thread is not None:
            self._thread.run(self.stop())
            self._thread.end()
        self._thread = None

    def go_down(self) -> None:
        """Stop listening, when in a thread of its own."""
        if self._thread is not None:
            self._thread.run(self.stop())

    def come_back(self) -> None:
        """Listen on the same port again, when in a thread of its own."""
        if self._thread is not None:
            self._thread.run(self.start())

    def messages(self, chat: HasChat) -> list[Message]:
        """List what is on the screen in a chat, oldest first: edits applied, deleted messages gone."""
        with self.world.lock:
            return list(chat.chat.messages.values())

    def calls_of(self, method: str) -> list[Call]:
        """List calls of one method, oldest first."""
        with self.world.lock:
            return [call for call in self.calls if call.method == method]

    def wait_until(self, is_so: Callable[[], object], *, seconds: float = 5.0) -> None:
        """Wait for a change of the world; not in the loop of the fake.

        Raises: TimeoutError
        """
        with self.world.changed:
            if not self.world.changed.wait_for(is_so, seconds):
                raise TimeoutError(f"not so after {seconds} s; last calls: {self._last_calls()}")

    async def eventually(self, is_so: Callable[[], object], *, seconds: float = 5.0) -> None:
        """Wait for a change of the world, in a loop.

        Raises: TimeoutError
        """
        await asyncio.to_thread(self.wait_until, is_so, seconds=seconds)

    def _last_calls(self) -> Sequence[str]:
        return [f"{call.method}: {call.outcome}" for call in self.calls[-5:]]

    async def _download(self, request: web.Request) -> web.Response:
        stored = self.world.files.at(request.match_info["path"])
        if request.match_info["token"] != self.token or stored is None:
            return write_reply(request, error_reply(ApiError(404, "Not Found")))
        return web.Response(body=stored.content)

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        method = self._handlers[method.lower()][0] if method.lower() in self._handlers else method
        try:
            texts, files = await read_parameters(request)
            parameters = decode_parameters(method, texts, self.world.specification)
        except (ValueError, AttributeError):
            return write_reply(request, error_reply(ApiError(400, "Bad Request: can't parse the body")))
        call = Call(method=method, parameters=parameters, files=files, at=moment(self.world.settings.clock()))
        with self.world.lock:
            self.calls.append(call)
            self.world.changed.notify_all()
        if request.match_info["token"] != self.token:
            return write_reply(request, self._note(call, error_reply(ApiError(401, "Unauthorized"))))
        return write_reply(request, self._note(call, await self._answer(call)))

    async def _answer(self, call: Call) -> Reply:
        with self.world.lock:
            fault = self.faults.take(call.method, call.parameters)
        if fault is None:
            return await self._perform(call)
        call.outcome = type(fault.kind).__name__
        return await suffer(fault, lambda: self._perform(call))

    def _note(self, call: Call, reply: Reply) -> Reply:
        with self.world.lock:
            call.status = reply.status if not reply.cut else 0
            if call.outcome == "pending":
                call.outcome = reply.description or "ok"
            self.world.changed.notify_all()
        return reply

    async def _perform(self, call: Call) -> Reply:
        try:
            request = self._admitted(call)
            with self.world.lock:
                result = self._handlers[call.method.lower()][1](request)
                if not inspect.isawaitable(result):
                    call.performed = True
                    return result_reply(result)
            awaited = await result
        except ApiError as error:
            if error.is_violation:
                self._accuse(call, [error.description])
            return error_reply(error)
        call.performed = True
        return result_reply(awaited)

    def _admitted(self, call: Call) -> Request:
        """Check a call against the specification.

        Raises: ApiError
        """
        specification, method = self.world.specification, call.method.lower()
        if self.world.bot.is_logged_out:
            raise ApiError(400, "Logged out")
        if method not in self._handlers:
            self.missing[call.method] += 1
            is_known = specification is None or method in specification.names
            raise ApiError(*((400, "Bad Request: not implemented in the fake") if is_known else (404, "Not Found")))
        parameters = _with_files(call)
        problems = specification.check_call(method, parameters) if specification is not None else []
        problems += [f"the file {name} is not used" for name in _unused(call.files, parameters)]
        if problems:
            self._accuse(call, problems)
            raise ApiError(400, f"Bad Request: {'; '.join(problems)}")
        return Request(method=call.method, parameters=parameters, files=call.files)

    def _accuse(self, call: Call, problems: Sequence[str]) -> None:
        self.violations.append(Violation(method=call.method, problems=tuple(problems), parameters=call.parameters))


def _bound(handler: sending.Handler, world: World) -> Callable[[Request], Outcome]:
    return lambda request: handler(world, request)


def _with_files(call: Call) -> Json:
    """A file field named as a parameter is the parameter's value."""
    named = {name: f"attach://{name}" for name in call.files if name in {"photo", "document", "certificate"}}
    return {**named, **call.parameters}


def _unused(files: Mapping[str, Upload], parameters: Json) -> list[str]:
    sent = json.dumps(parameters, ensure_ascii=False)
    return [name for name in files if f'"attach://{name}"' not in sent]
