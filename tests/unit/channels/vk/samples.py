"""Recorded events of VK, and small ones made to measure."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.channels.vk.parse import Parsed, parse
from bot.domain.messages import Event

GROUP = 1
NOW = datetime(2027, 1, 1, tzinfo=UTC)
RECORDED: list[dict[str, Any]] = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))


def read(raw: object) -> Parsed:
    return parse(raw, group_id=GROUP, at=NOW)


def message(text: str = "", *, client_info: object = None, peer: int = 7, number: int = 5, **more: object) -> Any:
    """Form a message_new."""
    body = {"peer_id": peer, "from_id": 7, "conversation_message_id": number, "date": 1790000000, "text": text}
    return {"type": "message_new", "group_id": GROUP, "object": {"message": body | more, "client_info": client_info}}


def only(raw: object) -> Event:
    [event] = read(raw).events
    return event


def recorded(type_: str, number: int = 0) -> Event:
    return only([raw for raw in RECORDED if raw["type"] == type_][number])
