"""From an HTTP request to typed parameters: urlencoded, multipart, JSON and query string, as the real server."""

import json
from collections.abc import Mapping

from aiohttp import web

from tests.fakes.telegram.shapes import Json, Upload
from tests.fakes.telegram.specification import Specification

FALLBACK_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("chat_id", "from_chat_id"), "Integer or String"),
    **dict.fromkeys(("offset", "limit", "timeout", "message_id", "message_thread_id", "user_id"), "Integer"),
    **dict.fromkeys(("cache_time", "max_connections", "icon_color"), "Integer"),
    **dict.fromkeys(("show_alert", "is_big", "drop_pending_updates", "disable_notification"), "Boolean"),
    **dict.fromkeys(("protect_content", "show_caption_above_media", "has_spoiler", "return_bots"), "Boolean"),
    **dict.fromkeys(("disable_content_type_detection", "allow_paid_broadcast"), "Boolean"),
    **dict.fromkeys(("reply_markup", "reply_parameters", "link_preview_options", "scope"), "Object"),
    **dict.fromkeys(("entities", "caption_entities", "media", "commands", "allowed_updates", "reaction"), "Array of"),
}
"""Types of the parameters that the fake uses, for a place without the specification."""


async def read_parameters(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """Take parameters as the texts that were sent, and files."""
    texts = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = await request.json()
        texts.update({name: _as_text(value) for name, value in body.items() if value is not None})
        return texts, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(name=value.filename, content=value.file.read(), content_type=value.content_type)
        else:
            texts[name] = value if isinstance(value, str) else bytes(value).decode()
    return texts, files


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def decode_parameters(method: str, texts: Mapping[str, str], specification: Specification | None) -> Json:
    """Give each parameter its type; what does not fit its type stays a text."""
    types = FALLBACK_TYPES if specification is None else specification.parameters.get(method.lower(), {})
    return {name: decode_value(text, types.get(name, "String")) for name, text in texts.items()}


def decode_value(text: str, kind: str) -> object:
    """Read one value: "Integer or String" is a number where it looks like one."""
    if kind in {"String", "InputFile", "InputFile or String"}:
        return text
    if kind in {"Boolean", "True"}:
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    if kind == "Integer or String":
        return value if isinstance(value, int) and not isinstance(value, bool) else text
    return value
