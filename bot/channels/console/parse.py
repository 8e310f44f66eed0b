"""From a line of JSON to an event. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, TypedDict

from bot.domain.actions import decode_action
from bot.domain.errors import BotError
from bot.domain.ids import ChannelName
from bot.domain.messages import (
    Address,
    Attached,
    AttachmentKind,
    ContactShared,
    Event,
    Pressed,
    Said,
    Started,
)
from bot.domain.text import clean

CONSOLE = ChannelName("console")
LONGEST_ID = 200
_WHAT = ("text", "action", "contact", "photo", "file", "start")
_PERIOD = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?",
    re.ASCII,
)


class LineError(BotError):
    """A line that is no event; the message says what to write instead. `chat` and `id` as far as they were read."""

    def __init__(self, message: str, *, chat: str | None = None, line_id: str | None = None) -> None:
        super().__init__(message)
        self.chat = chat
        self.id = line_id


@dataclass(frozen=True, slots=True)
class Advance:
    """Move the clock; `id` is the line's own, if it has one."""

    by: timedelta
    id: str | None = None


class _Sender(TypedDict):
    id: str
    sender: Address
    at: datetime
    name: str | None
    language: str | None
    is_group: bool
    ref: str
    reply_to: str


Fields: TypeAlias = Mapping[str, object]


def parse_line(line: str, *, at: datetime, new_id: Callable[[], str]) -> Event | Advance:
    """Read one line.

    Raises:
        LineError: it is no JSON object, or lacks what an event needs.
    """
    fields = _object(line)
    if "advance" in fields:
        return Advance(parse_period(_text(fields, "advance") or ""), _identifier(fields, "id"))
    chat = _identifier(fields, "chat")
    line_id = None
    try:
        line_id = _identifier(fields, "id")
        return _event(fields, chat=chat, line_id=line_id or new_id(), at=at)
    except LineError as error:
        raise LineError(str(error), chat=chat, line_id=line_id) from error


def parse_period(text: str) -> timedelta:
    """Read an ISO 8601 duration of weeks, days, hours, minutes and seconds: ``PT3H``, ``P1DT30M``.

    Raises:
        LineError: it is none.
    """
    match = _PERIOD.fullmatch(text)
    parts = {unit: int(number) for unit, number in match.groupdict().items() if number} if match else {}
    if not parts:
        raise LineError(f'"advance" takes a period such as "PT3H" or "P1D", not {text[:40]!r}')
    return timedelta(**parts)


def _object(line: str) -> Fields:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise LineError(f"this line is not JSON: {reason}") from error
    if not isinstance(fields, dict):
        raise LineError('a line is a JSON object: {"chat": "c1", "user": "u1", "text": "hello"}')
    return fields


def _event(fields: Fields, *, chat: str | None, line_id: str, at: datetime) -> Event:
    if chat is None:
        raise LineError('"chat" is missing: {"chat": "c1", "user": "u1", "text": "hello"}')
    given = [name for name in _WHAT if fields.get(name) is not None]
    if not given:
        raise LineError(f"nothing happened in this line: give one of {', '.join(_WHAT)}")
    if len(given) > 1 and not (given[0] == "text" and given[1:] in (["photo"], ["file"])):
        raise LineError(f"one line is one event: {' and '.join(given)} cannot stand together")
    user = _identifier(fields, "user") or chat
    common = _Sender(
        id=line_id,
        sender=Address(CONSOLE, chat, user),
        at=at,
        name=_text(fields, "name"),
        language=_text(fields, "lang"),
        is_group=fields.get("group") is True,
        ref=line_id,
        reply_to=_identifier(fields, "reply_to") or "",
    )
    attached = next((name for name in ("photo", "file") if name in given), None)
    if attached is not None:
        caption = _text(fields, "text") or ""
        reference = _text(fields, attached) or ""
        return Attached(**common, kind=AttachmentKind(attached), reference=reference, caption=caption)
    return _plain(given[0], _text(fields, given[0]) or "", common)


def _plain(what: str, value: str, common: _Sender) -> Event:
    match what:
        case "action":
            return Pressed(**common, action=decode_action(value))
        case "contact":
            return ContactShared(**common, phone=value)
        case "start":
            return Started(**common, payload=value)
        case _:
            return Said(**common, text=value)


def _text(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise LineError(f'"{name}" must be a string, not {json.dumps(value)[:40]}')
    return clean(value)


def _identifier(fields: Fields, name: str) -> str | None:
    """Ids may be numbers as well, as platforms have them; an empty one is none."""
    value = fields.get(name)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    identifier = str(value) if is_number else _text(fields, name) or None
    if identifier is not None and len(identifier) > LONGEST_ID:
        raise LineError(f'"{name}" is longer than {LONGEST_ID} characters')
    return identifier
