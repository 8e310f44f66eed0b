"""Turn: all a skill may see and change while it answers one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actions import Action
from bot.domain.brand import Brand
from bot.domain.conversation import Conversation
from bot.domain.messages import Attached, Event, Said
from bot.domain.replies import Reply
from bot.services.ports import UnitOfWork


@dataclass(slots=True, kw_only=True)
class Turn:
    """`action` is the explicit wish in the event, if any. `conversation` is changed in place, saved by the pump.

    `is_private` is set where what was typed tells who somebody is: the log does not keep the words.
    """

    event: Event
    action: Action | None
    conversation: Conversation
    brand: Brand
    uow: UnitOfWork
    now: datetime
    is_private: bool = False

    @property
    def text(self) -> str:
        """What was typed, empty for anything but a text or a caption."""
        match self.event:
            case Said(text=text) | Attached(caption=text):
                return text
            case _:
                return ""

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.conversation.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a turn: who answered, and how it went (a short machine name)."""

    replies: Sequence[Reply]
    skill: str
    outcome: str
