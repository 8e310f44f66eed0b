"""HTTP side of the fake: routes, forms, and everything that can go wrong on the way."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.fakes.vk.api import Api
from tests.fakes.vk.bell import Bell
from tests.fakes.vk.context import Context
from tests.fakes.vk.faults import LONG_POLL, POLL_ANSWERS, TRANSPORT, UPLOAD, Fault, FaultScripts
from tests.fakes.vk.methods.media import accept_upload
from tests.fakes.vk.transcript import Call, Transcript
from tests.fakes.vk.wire import BadRequestError, JsonObject, VkError

MOST_BYTES = 64 * 1024 * 1024
HTML = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
POLL_PARAMETERS = frozenset({"act", "key", "ts", "wait"})
Perform = Callable[[], Awaitable[JsonObject]]


class Http:
    """Handlers of the three kinds of address: methods, long poll, uploads."""

    def __init__(self, api: Api, context: Context, faults: FaultScripts, transcript: Transcript, bell: Bell) -> None:
        self._api = api
        self._context = context
        self._faults = faults
        self._transcript = transcript
        self._bell = bell
        self._is_ending = False

    def make_app(self) -> web.Application:
        """Lay out the addresses."""
        self._is_ending = False
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_post("/method/{method}", self._on_method)
        app.router.add_get("/lp/{group_id}", self._on_poll)
        app.router.add_post("/upload/{kind}", self._on_upload)
        app.router.add_get("/file/{path:.*}", self._on_file)
        return app

    def release(self) -> None:
        """Let hanging requests end."""
        self._is_ending = True

    async def _on_method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params, error = await self._read(request)
        call = self._transcript.open(method, params, at=time.monotonic())
        try:
            self._api.rate.count(call.at)
        except VkError as refusal:
            error = refusal
        if error is not None:
            return _json(self._api.refuse(call, error))
        fault = self._faults.take(method)
        if fault is not None and isinstance(fault.kind, int):
            return _json(self._api.refuse(call, VkError(fault.kind)))

        async def perform() -> JsonObject:
            return self._api.answer(call, params)

        return await self._respond(request, call, fault, perform)

    async def _read(self, request: web.Request) -> tuple[dict[str, str], VkError | None]:
        params = dict(request.query)
        if request.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            if request.can_read_body:
                return params, BadRequestError(f"Content-Type {request.content_type} is not supported", 8)
            return params, None
        form = await request.post()
        for name, value in form.items():
            if not isinstance(value, str):
                return params, BadRequestError(f"{name} is a file")
            if name in params:
                return params, BadRequestError(f"{name} is given twice")
            params[name] = value
        authorization = request.headers.get("Authorization", "")
        if authorization.startswith("Bearer "):
            params["access_token"] = authorization.removeprefix("Bearer ")
        return params, None

    async def _on_poll(self, request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        call = self._transcript.open(LONG_POLL, query, at=time.monotonic())
        missing = POLL_PARAMETERS - set(query)
        if missing or query["act"] != "a_check" or not (query["ts"].isdecimal() and query["wait"].isdecimal()):
            self._transcript.blame(LONG_POLL, f"bad poll, missing {sorted(missing)}", query)
            return _json({"failed": 1, "ts": str(self._context.long_poll.ts)})
        fault = self._faults.take(LONG_POLL, kinds=TRANSPORT | POLL_ANSWERS)
        if fault is not None and fault.kind in POLL_ANSWERS:
            call.outcome = f"failed {str(fault.kind)[-1]}"
            return _json(self._fail(str(fault.kind)))

        async def perform() -> JsonObject:
            answer = await self._context.long_poll.check(query)
            call.outcome, call.performed = f"failed {answer['failed']}" if "failed" in answer else "ok", True
            call.result = answer
            return answer

        return await self._respond(request, call, fault, perform)

    def _fail(self, kind: str) -> JsonObject:
        poll = self._context.long_poll
        match kind:
            case "failed1":
                return {"failed": 1, "ts": str(poll.ts)}
            case "failed2":
                poll.expire_key()
                return {"failed": 2}
            case "failed3":
                poll.lose()
                return {"failed": 3}
            case _:
                return {"failed": 4, "min_version": 0, "max_version": 3}

    async def _on_upload(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        call = self._transcript.open(UPLOAD, {"kind": kind}, at=time.monotonic())
        form = await request.post()
        files = [value for value in form.values() if isinstance(value, web.FileField)]

        async def perform() -> JsonObject:
            if len(files) != 1:
                self._transcript.blame(UPLOAD, f"{len(files)} files", call.params)
                return {"error": "ERR_UPLOAD_FILE_NOT_UPLOADED: file not uploaded"}
            content = files[0].file.read()
            call.outcome, call.performed = "ok", True
            with self._context.world.lock:
                return accept_upload(self._context.world, kind, files[0].filename, content)

        try:
            return await self._respond(request, call, self._faults.take(UPLOAD), perform)
        finally:
            for file in files:
                file.file.close()

    async def _on_file(self, _: web.Request) -> web.Response:
        return web.Response(body=b"\xff\xd8\xff\xe0fake", content_type="image/jpeg")

    async def _respond(
        self, request: web.Request, call: Call, fault: Fault | None, perform: Perform
    ) -> web.StreamResponse:
        kind = fault.kind if fault else ""
        if fault is not None and kind in {"http502", "html", "hang", "cut", "garbage"}:
            call.outcome = f"fault {kind}"
            return await self._spoil(request, str(kind))
        if fault is not None and kind == "slow":
            await asyncio.sleep(fault.seconds)
        answer = await perform()
        if kind == "cut_after":
            call.outcome = "fault cut_after"
            return _cut(request)
        return _json(answer)

    async def _spoil(self, request: web.Request, kind: str) -> web.StreamResponse:
        match kind:
            case "http502":
                return web.Response(status=502, text=HTML, content_type="text/html")
            case "html":
                return web.Response(text=HTML, content_type="text/html")
            case "garbage":
                return web.Response(text='{"response": [{"id"', content_type="application/json")
            case "hang":
                while not self._is_ending and request.transport is not None:
                    await self._bell.wait(0.2)
        return _cut(request)


def _json(answer: JsonObject) -> web.Response:
    return web.Response(text=json.dumps(answer, ensure_ascii=False), content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    """Close the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
