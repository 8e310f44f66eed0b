"""What events and messages have in common as rows: words in a column, the rest as JSON.

What is written is read for years: fields may be added with a default, never renamed.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from bot.domain.actions import Action
from bot.domain.errors import StorageError
from bot.domain.ids import ChannelName
from bot.domain.messages import Address

Value = TypeVar("Value")

write_json = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class UnreadableRowError(StorageError):
    """A row was written by other code, or by hand, and cannot be understood."""


class Content(NamedTuple):
    """What an event or a message says: words in `text`, the rest in `body` as JSON."""

    kind: str
    text: str
    body: str


def storable(text: str) -> str:
    """Replace what no database takes (NUL, lone surrogates). Channels clean texts before; this keeps a batch safe."""
    if text.isascii():
        return text.replace("\0", "\ufffd")
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def encode_address(address: Address) -> tuple[str, str, str]:
    """Write the parts of an address as the database has them."""
    return storable(address.channel), storable(address.chat_id), storable(address.user_id)


def decode_address(channel: str, chat_id: str, user_id: str) -> Address:
    """Rebuild an address from its columns."""
    return Address(ChannelName(channel), chat_id, user_id)


def write_action(action: Action) -> list[str]:
    """Write an action as a list: its name, its arguments."""
    return [action.name, *action.args]


def read_action(parts: list[str]) -> Action:
    """Rebuild an action."""
    name, *args = parts
    return Action(name, tuple(args))


def decode(content: Content, what: str, build: Callable[[dict[str, Any]], Value]) -> Value:
    """Read the body and let `build` make a value of it.

    Raises:
        UnreadableRowError: this version of the code does not understand it.
    """
    try:
        return build(_read_object(content.body))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableRowError(f"{what} of kind {content.kind!r} cannot be read: {error!r}") from error


def _read_object(body: str) -> dict[str, Any]:
    details = json.loads(body)
    if not isinstance(details, dict):
        raise TypeError("the body is not a JSON object")
    return details
