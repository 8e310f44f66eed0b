"""Consents: documents that people agree to one by one, and the record that proves it.

Federal Law 152-FZ, article 9: a consent stands by itself, apart from every other document, and the operator has to
prove that it was given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.messages import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText:
    """A document in one language, as it is shown."""

    title: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of title and text, hexadecimal: tells which words exactly were agreed to."""
        return sha256(f"{self.title}\n\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDocument:
    """One consent of the brand. `texts` by language, the brand's first language among them.

    A new text has a new `version`, and people are asked again.
    """

    id: str
    version: str
    is_required: bool
    texts: Mapping[str, ConsentText]

    def text(self, language: str) -> tuple[str, ConsentText]:
        """Return the document and the language it is in: that asked for, else the brand's first."""
        if language in self.texts:
            return language, self.texts[language]
        return next(iter(self.texts.items()))

    def language_of(self, digits: str) -> str | None:
        """Return the language whose words begin their SHA-256 with `digits`; None where none does, any more."""
        found = (language for language, text in self.texts.items() if text.digest.startswith(digits))
        return next(found, None) if digits else None


class ConsentChange(StrEnum):
    """What somebody did with a consent."""

    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent:
    """A line of the consent log, never changed. `digest` and `language` tell which words were on the screen.

    `shown_ref` is the platform's reference of the message with the text, empty where it has none; `event_id` is a
    keyed hash of the id, in its channel, of the press or of the words.
    """

    document: str
    version: str
    digest: str
    language: str
    change: ConsentChange
    by: Address
    shown_ref: str
    event_id: str
    at: datetime


def standing(events: Iterable[ConsentEvent]) -> Mapping[tuple[str, str], ConsentEvent]:
    """Return the last event of each document in each channel, by (document, channel)."""
    return {(event.document, event.by.channel): event for event in sorted(events, key=lambda event: event.at)}


class Standing(StrEnum):
    """How somebody stands to a document on one channel."""

    NONE = "none"
    GIVEN = "given"
    OLD = "old"  # given to words that are not in force any more


def stands(events: Sequence[ConsentEvent], document: ConsentDocument, *, channel: str) -> Standing:
    """Tell whether somebody agrees to a document on one channel, and whether to its words of now.

    A consent without which nobody can be in the club counts from every channel.
    """
    versions = {
        event.version
        for (name, where), event in standing(events).items()
        if name == document.id and event.change is ConsentChange.GIVEN and (document.is_required or where == channel)
    }
    if document.version in versions:
        return Standing.GIVEN
    return Standing.OLD if versions else Standing.NONE


def is_given_anywhere(events: Sequence[ConsentEvent], document: str) -> bool:
    """Whether somebody agrees to a document in any words and on any channel: then it can be taken back."""
    return any(
        name == document and event.change is ConsentChange.GIVEN for (name, _), event in standing(events).items()
    )


def is_given(events: Sequence[ConsentEvent], document: ConsentDocument) -> bool:
    """Whether the person agrees to the document as it reads now, on any channel."""
    return any(
        event.change is ConsentChange.GIVEN and event.version == document.version
        for (name, _), event in standing(events).items()
        if name == document.id
    )


def is_given_on(events: Sequence[ConsentEvent], document: str, *, version: str, channel: str) -> bool:
    """Whether the person agrees on one channel to the document in this version."""
    event = standing(events).get((document, channel))
    return event is not None and event.change is ConsentChange.GIVEN and event.version == version
