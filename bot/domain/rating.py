"""Rating: whether an answer helped, in the eyes of who read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.actions import Action
from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.domain.replies import Target

RATE = "rate"
"""Name of the skill that takes ratings, and so the beginning of their actions."""


class Thumb(StrEnum):
    """Up: it helped."""

    UP = "up"
    DOWN = "down"


class Fault(StrEnum):
    """What was wrong with an answer that did not help."""

    TOPIC = "topic"
    WRONG = "wrong"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What `sender` thinks of the message that `answers` and `number` name. A later one takes the place of it."""

    sender: Address
    answers: TranscriptId
    number: int
    thumb: Thumb
    given_at: datetime
    fault: Fault | None = None


def is_rating(target: Target) -> bool:
    """Whether a button rates the message that it stands under: it goes first where there is no room."""
    return isinstance(target, Action) and target.skill == RATE
