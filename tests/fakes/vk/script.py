"""VKScript, the part that mass sends need: ``return [API.section.method({...}), ...];``."""

import json
import re
from collections.abc import Iterator

from tests.fakes.vk.wire import BadRequestError, VkError

MOST_CALLS = 25
OPENING = re.compile(r"\s*return\s*\[\s*")
CALL = re.compile(r"\s*API\.([a-z]\w*\.[a-z]\w*)\(\s*", re.ASCII)
CLOSING = re.compile(r"\s*\]\s*;\s*")


def parse_script(code: str) -> list[tuple[str, dict[str, str]]]:
    """Read the calls of a script, in order.

    Raises:
        BadRequestError: 12, not of this form.
        VkError: 13, more than 25 calls.
    """
    opening = OPENING.match(code)
    if opening is None:
        raise BadRequestError("only `return [API.method({...}), ...];` runs in the fake", 12)
    calls = list(_calls(code, opening.end()))
    if len(calls) > MOST_CALLS:
        raise VkError(13, "too many api calls", is_violation=True)
    return calls


def _calls(code: str, place: int) -> Iterator[tuple[str, dict[str, str]]]:
    while True:
        call = CALL.match(code, place)
        if call is None:
            raise BadRequestError(f"unexpected {code[place : place + 20]!r}", 12)
        arguments, place = _arguments(code, call.end())
        yield call[1], arguments
        closing = re.compile(r"\s*\)\s*(,?)").match(code, place)
        if closing is None:
            raise BadRequestError(f"unexpected {code[place : place + 20]!r}", 12)
        place = closing.end()
        if not closing[1]:
            break
    end = CLOSING.match(code, place)
    if end is None or end.end() != len(code):
        raise BadRequestError(f"unexpected {code[place : place + 20]!r}", 12)


def _arguments(code: str, place: int) -> tuple[dict[str, str], int]:
    if code[place : place + 1] == ")":
        return {}, place
    try:
        parsed, end = json.JSONDecoder().raw_decode(code, place)
    except ValueError as error:
        raise BadRequestError(str(error), 12) from None
    if not isinstance(parsed, dict):
        raise BadRequestError("a method takes one object", 12)
    return {name: _as_form(name, value) for name, value in parsed.items() if value is not None}, end


def _as_form(name: str, value: object) -> str:
    match value:
        case bool():
            return str(int(value))
        case str() | int() | float():
            return str(value)
        case list() if all(isinstance(item, str | int) for item in value):
            return ",".join(map(str, value))
        case _:
            raise BadRequestError(f"{name} must be a JSON string, not an object")
