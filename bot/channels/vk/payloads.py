"""What our buttons carry. Pure."""

import json
from collections.abc import Mapping

from bot.channels.vk.fields import Fields
from bot.domain.actions import Action, decode_action
from bot.domain.text import clean

LONGEST = 255
"""Bytes that VK takes, as written in JSON. Source: vk-io."""

_ACTION = "a"
_OLDEST_KEPT = 64


def write_payload(action: Action) -> str:
    """Write it in JSON; may turn out longer than `LONGEST`."""
    return json.dumps({_ACTION: action.encode()}, ensure_ascii=False, separators=(",", ":"))


def payload_bytes(action: Action) -> int:
    """Measure what `write_payload` gives."""
    return len(write_payload(action).encode("utf-8", "surrogatepass"))


def read_payload(value: object) -> Fields:
    """Read a payload: a message has it as a string, a press as an object; empty when there is none."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return Fields()
    return Fields.of(value)


def is_start(payload: Fields) -> bool:
    """Whether it is VK's own Start button."""
    return payload.text("command") == "start"


def read_action(payload: Fields) -> Action | None:
    """Return what one of our buttons carries; None for a payload that is not ours."""
    written = payload.text(_ACTION)
    return decode_action(written) if written else None


def foreign_action(payload: Mapping[str, object]) -> Action:
    """Name an action that nobody performs, so that the press is answered as that of an old button."""
    return Action(clean(str(payload))[:_OLDEST_KEPT] or "?")
