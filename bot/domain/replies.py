"""Reply out: what a skill wants said, and the message that a channel sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import TranscriptId
from bot.domain.links import host_of
from bot.domain.messages import Address, AttachmentKind

_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence by key; the translator fills it in the reader's language."""

    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class MarkKind(StrEnum):
    """How a stretch of a text is shown."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a text: `start` and `length` count characters (code points). `url` is set for a link only."""

    start: int
    length: int
    kind: MarkKind
    url: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """The brand's own words, from its pack: shown as they are, with `marks` where the platform can."""

    value: str
    marks: tuple[Mark, ...] = ()


Line: TypeAlias = Phrase | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Something to look at: a product. Lines follow the title in order; `picture` is a URL."""

    title: Line
    lines: tuple[Line, ...] = ()
    link: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page instead of telling us."""

    url: str

    @property
    def is_page(self) -> bool:
        """Whether it is an address on the web: platforms refuse a whole message for a button that leads elsewhere.

        Telegram takes no name without a dot, such as ``localhost``.
        """
        host = host_of(self.url)
        return self.url.startswith(_WEB) and ("." in host or ":" in host)


@dataclass(frozen=True, slots=True)
class Private:
    """A button that goes on in our private chat, by a deep link with `payload`."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class ShareContact:
    """A button that sends us the person's own phone number, where the platform has one; elsewhere it is not shown."""


Target: TypeAlias = Action | Link | Private | ShareContact


@dataclass(frozen=True, slots=True)
class Button:
    """`target` is what a press does."""

    label: Line
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfItem:
    """One of several things shown side by side, with a button each."""

    title: Line
    text: Line
    button: Button
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a reply; `source` is a path or a URL, or what the channel knows it by."""

    kind: AttachmentKind
    name: str
    source: str


_NO_ROW = TranscriptId(0)
NOTICE = AnswerMeta(kind=AnswerKind.NOTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One message a skill wants said. Buttons run in rows, left to right; `answer` says what kind of reply it is.

    `shelf` shows several things side by side where the person's app can; `text` says the same by itself. A reply that
    `replaces` takes the place of the message whose button was pressed, where the platform can. `to` is somebody else
    than whom the turn belongs to, who reads `language`; `edits` is the platform's reference of the message there whose
    place it takes; with `takes_back` nothing of that is to stay, no file either. One that `is_private` tells who
    somebody is: the log keeps its words until it was sent, no longer.
    """

    text: Phrase | Text | Card
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    answer: AnswerMeta = NOTICE
    shelf: tuple[ShelfItem, ...] = ()
    page: int = 0
    replaces: bool = False
    to: Address | None = None
    language: str = ""
    edits: str = ""
    takes_back: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingButton:
    """A button with its label in the reader's language."""

    label: str
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingItem:
    """One of several things shown side by side, in the reader's language."""

    title: str
    text: str
    button: OutgoingButton
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A reply in the reader's language, addressed. `number` counts the messages that answer one event, from 0.

    `answers` is the event it answers; with `number` it names the message, so that it can be sent once only.
    `page` is which part of the buttons is shown where they are too many for one message, from 0. `replaces` is the
    platform's reference of the message whose place it takes; empty for a new one; with `takes_back` nothing of that
    is to stay. `client` is that of the event. The words of one that `is_private` are kept until it was sent, or given
    up.
    """

    to: Address
    answers: TranscriptId
    number: int
    text: str
    marks: tuple[Mark, ...] = ()
    buttons: tuple[tuple[OutgoingButton, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    answer: AnswerMeta = NOTICE
    shelf: tuple[OutgoingItem, ...] = ()
    page: int = 0
    replaces: str = ""
    takes_back: bool = False
    client: tuple[str, ...] = ()
    is_group: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMessage:
    """A committed message that waits to be sent; `attempts` were made before.

    `is_unreachable`: the person blocked us and has not written since. `was_unknown`: an earlier try may have arrived.
    `read_after` is the newest row of the log when it was read: what is heard later has a higher number. `behind` are
    those that go with it, in one message.
    """

    id: TranscriptId
    message: OutgoingMessage
    attempts: int = 0
    is_unreachable: bool = False
    was_unknown: bool = False
    read_after: TranscriptId = _NO_ROW
    behind: tuple[TranscriptId, ...] = ()

    @property
    def ids(self) -> tuple[TranscriptId, ...]:
        """All that it is, in order."""
        return (self.id, *self.behind)


def rows(buttons: Sequence[Button], *, width: int = 1) -> tuple[tuple[Button, ...], ...]:
    """Lay `buttons` out in rows of at most `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
