"""Event in: what anybody can do in any chat, in no platform's dialect."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.actions import Action
from bot.domain.ids import ChannelName, TranscriptId


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a person is reached: a user in a chat of one channel. The key of a conversation.

    A topic within a chat is written ``chat/topic``.
    """

    channel: ChannelName
    chat_id: str
    user_id: str

    @property
    def room(self) -> str:
        """The chat, whichever of its topics it is."""
        return self.chat_id.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What every event carries.

    `id` is unique within its channel; `at` is UTC. `name` and `language` are what the platform tells about the
    sender, not to be relied on. `is_addressed` is whether it is meant for us: always in private; in a group only when
    we are named, replied to, commanded or pressed. `ref` is the platform's reference of the message it is, or is about
    (the one whose button was pressed, that was edited); `reply_to` that of the message it replies to. `client` are
    abilities of the sender's app that a channel wants to know when it answers.
    """

    id: str
    sender: Address
    at: datetime
    name: str | None = None
    language: str | None = None
    is_group: bool = False
    is_addressed: bool = True
    ref: str = ""
    reply_to: str = ""
    client: tuple[str, ...] = ()


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
    """The first contact, or a deep link followed; `payload` is what the link carried.

    `source` is where the link stood, on platforms that tell it apart.
    """

    payload: str = ""
    source: str = ""


class AttachmentKind(StrEnum):
    """What a message may carry besides text."""

    PHOTO = "photo"
    FILE = "file"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    STICKER = "sticker"
    LOCATION = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached(Incoming):
    """A picture, a file and the like; `reference` finds it again in its channel (a path, a file id).

    A location's reference is ``latitude,longitude`` in degrees. Pictures of one album come singly and share `album`.
    """

    kind: AttachmentKind
    reference: str
    caption: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactShared(Incoming):
    """A phone number sent by the platform's own button, as the platform wrote it.

    Somebody else's number is no business of ours: then `is_own` is False and `phone` is empty.
    """

    phone: str
    is_own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Woke(Incoming):
    """A timer that fell due: the action it was set for."""

    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Incoming):
    """The message `ref` was changed by its author; `text` is all of it as it reads now."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(Incoming):
    """Reactions to the message `ref` as they are now: emoji, or the platform's names; empty when taken back."""

    reactions: tuple[str, ...]


class Standing(StrEnum):
    """How somebody, or a group, stands to us."""

    ALLOWED = "allowed"
    BLOCKED = "blocked"
    JOINED = "joined"
    LEFT = "left"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChanged(Incoming):
    """A person let us write or blocked us, joined or left the community; a group took us in or put us out, or became
    another one, whose chat `ref` names."""

    standing: Standing


class Place(StrEnum):
    """Where in a community people comment."""

    WALL = "wall"
    PHOTO = "photo"
    VIDEO = "video"
    MARKET = "market"
    BOARD = "board"


class CommentChange(StrEnum):
    """What became of a comment."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented(Incoming):
    """A comment in public, under `subject` (the platform's reference of the post, the photo, the item)."""

    place: Place
    subject: str
    text: str
    change: CommentChange = CommentChange.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanReplied(Incoming):
    """A person of the brand (`author`, an id) wrote to `sender` by the platform's own inbox, past us."""

    text: str
    author: str = ""


Event: TypeAlias = (
    Said
    | Pressed
    | Started
    | Attached
    | ContactShared
    | Woke
    | Edited
    | Reacted
    | StandingChanged
    | Commented
    | HumanReplied
)


def may_go_on(event: Event) -> bool:
    """Whether more of it may follow at once: a text that is no command, a picture of an album."""
    match event:
        case Said(text=text):
            return not text.startswith("/")
        case Attached(album=album):
            return bool(album)
        case _:
            return False


def goes_on(first: Event, event: Event) -> bool:
    """Whether `event` goes on with what `first` began: the next line, the next picture of the album."""
    match first, event:
        case Said(), Said():
            return True
        case Attached(album=begun), Attached(album=album):
            return album == begun
        case _:
            return False


def is_overheard(event: Event) -> bool:
    """Whether `event` is noted and not answered: said to others in a group, or only a sign of what people do."""
    match event:
        case Edited() | Reacted() | StandingChanged() | Commented() | HumanReplied():
            return True
        case _:
            return not event.is_addressed


def reachability(event: Event) -> bool | None:
    """Tell what `event` says about whether its sender can be written to: yes, no, or nothing."""
    match event:
        case StandingChanged(standing=Standing.BLOCKED | Standing.REMOVED):
            return False
        case StandingChanged(standing=Standing.ALLOWED | Standing.ADDED):
            return True
        case Said() | Pressed() | Started() | Attached() | ContactShared():
            return True
        case _:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event in the log that waits for its turn.

    `is_followed`: more of its sender waits behind it. `is_owed`: messages to its sender wait to be sent.
    """

    id: TranscriptId
    event: Event
    is_followed: bool = False
    is_owed: bool = False
