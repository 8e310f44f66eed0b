"""Answers on the wire, whole and broken."""

import asyncio
import json
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from tests.fakes.telegram.shapes import ApiError

PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
HALF = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"ok":true,"result":{"mess'


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: `cut` ends the connection before it or in its middle."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    cut: Literal["", "before", "middle"] = ""
    description: str = ""


def result_reply(result: object) -> Reply:
    """Answer with a result."""
    return Reply(body=json.dumps({"ok": True, "result": result}).encode())


def error_reply(error: ApiError) -> Reply:
    """Answer with a refusal."""
    body = json.dumps(error.body(), ensure_ascii=False).encode()
    return Reply(status=error.status, body=body, description=error.description)


def html_reply() -> Reply:
    """Answer with a proxy's page."""
    return Reply(status=502, body=PAGE, content_type="text/html", description="Bad Gateway")


def garbage_reply() -> Reply:
    """Answer with half a JSON."""
    return Reply(body=b'{"ok":true,"result":{"message_id":1', description="garbage")


def write_reply(request: web.Request, reply: Reply) -> web.Response:
    """Put an answer on the wire."""
    transport = request.transport
    if reply.cut and isinstance(transport, asyncio.Transport):
        if reply.cut == "before":
            transport.abort()
        else:
            transport.write(HALF)
            transport.close()
    return web.Response(status=reply.status, body=reply.body, content_type=reply.content_type)
