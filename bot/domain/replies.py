"""Reply out: what a skill wants said, and the message that a channel sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain.actions import Action
from bot.domain.answer import AnswerKind, AnswerMeta
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address, AttachmentKind


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence by key; the translator fills it in the reader's language."""

    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """The brand's own words, from its pack: shown as they are."""

    value: str


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


@dataclass(frozen=True, slots=True)
class Button:
    """`target` is what a press does."""

    label: Line
    target: Action | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a reply; `source` is a path or a URL."""

    kind: AttachmentKind
    name: str
    source: str


NOTICE = AnswerMeta(kind=AnswerKind.NOTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One message a skill wants said. Buttons run in rows, left to right; `answer` says what kind of reply it is."""

    text: Phrase | Text | Card
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    answer: AnswerMeta = NOTICE


@dataclass(frozen=True, slots=True)
class OutgoingButton:
    """A button with its label in the reader's language."""

    label: str
    target: Action | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A reply in the reader's language, addressed. `number` counts the messages that answer one event, from 0.

    `answers` is the event it answers; with `number` it names the message, so that it can be sent once only.
    """

    to: Address
    answers: TranscriptId
    number: int
    text: str
    buttons: tuple[tuple[OutgoingButton, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    answer: AnswerMeta = NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMessage:
    """A committed message that waits to be sent; `attempts` were made before."""

    id: TranscriptId
    message: OutgoingMessage
    attempts: int = 0


def rows(buttons: Sequence[Button], *, width: int = 1) -> tuple[tuple[Button, ...], ...]:
    """Lay `buttons` out in rows of at most `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
