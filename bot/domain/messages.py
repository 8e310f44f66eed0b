"""Event in: what anybody can do in any chat, in no platform's dialect."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.actions import Action
from bot.domain.ids import ChannelName, TranscriptId


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a person is reached: a user in a chat of one channel. The key of a conversation."""

    channel: ChannelName
    chat_id: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What every event carries.

    `id` is unique within its channel; `at` is UTC. `name` and `language` are what the platform tells about the
    sender, not to be relied on.
    """

    id: str
    sender: Address
    at: datetime
    name: str | None = None
    language: str | None = None
    is_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Incoming):
    """A text, possibly empty."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Incoming):
    """A button, perhaps of a message sent long ago."""

    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Incoming):
    """The first contact, or a deep link followed; `payload` is what the link carried."""

    payload: str = ""


class AttachmentKind(StrEnum):
    """What a message may carry besides text."""

    PHOTO = "photo"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached(Incoming):
    """A picture or a file; `reference` finds it again in its channel (a path, a file id)."""

    kind: AttachmentKind
    reference: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactShared(Incoming):
    """A phone number sent by the platform's own button, as the platform wrote it."""

    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Woke(Incoming):
    """A timer that fell due: the action it was set for."""

    action: Action


Event: TypeAlias = Said | Pressed | Started | Attached | ContactShared | Woke


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event in the log that waits for its turn."""

    id: TranscriptId
    event: Event
