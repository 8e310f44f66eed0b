"""Conversation: what we remember between two messages of one person in one chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.messages import Address
from bot.domain.wishes import Shown

REMEMBERED_FOR = timedelta(hours=1)
"""How long "it" and "cheaper" still mean the goods that were shown; people come back after a meal, not after a day."""


class LanguageOrigin(StrEnum):
    """How we came to the language; a later origin in this order is not overruled by an earlier one."""

    DEFAULT = "default"
    PLATFORM = "platform"
    DETECTED = "detected"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowState:
    """A form being filled in: `answers` by step name, `failures` in a row at `step`.

    `opened_by` is the id of the event that opened it and names this filling-in, so that what belongs to an earlier one
    is told apart. `aside` is a text that was taken for a question and may be meant as the answer. `wording` is that in
    which `step` was shown last, by the answer to the event `shown_by`.
    """

    flow: str
    step: str
    opened_by: str
    touched_at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    failures: int = 0
    aside: str = ""
    wording: str = ""
    shown_by: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The goods that were shown last, and when."""

    shown: Shown
    at: datetime


@dataclass(slots=True, kw_only=True)
class Conversation:
    """Changed by a turn, saved with it.

    `has_ticket`, `is_staff` and `is_blocked` are read along and never saved: whether the person had an open ticket when
    it was loaded, whether they work for the brand, and whether somebody blocked them, be it over by now.
    """

    address: Address
    language: str
    language_origin: LanguageOrigin = LanguageOrigin.DEFAULT
    flow: FlowState | None = None
    remembered: Remembered | None = None
    has_ticket: bool = False
    is_staff: bool = False
    is_blocked: bool = False

    def shown(self, now: datetime) -> Shown | None:
        """Return the goods that a question may still refer to."""
        if self.remembered is None or now - self.remembered.at > REMEMBERED_FOR:
            return None
        return self.remembered.shown

    def remember(self, shown: Shown | None, now: datetime) -> None:
        """Keep what was shown, or forget it."""
        self.remembered = Remembered(shown, now) if shown is not None else None
