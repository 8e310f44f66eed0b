"""Skill: the protocol a new ability implements."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.dialogue.turn import Turn
from bot.domain.actions import Action
from bot.domain.replies import Reply


class Skill(Protocol):
    """One thing the bot can talk about. Holds no state of its own between turns."""

    @property
    def name(self) -> str:
        """Prefix of its actions (``name.verb``)."""
        ...

    @property
    def commands(self) -> Mapping[str, Action]:
        """What a slash command does, by the phrase key that lists its words in every language."""
        ...

    @property
    def is_urgent(self) -> bool:
        """Whether what it matches is answered at once, even in the middle of a form."""
        ...

    @property
    def is_personal(self) -> bool:
        """Whether what it does is nobody else's business, and so not done in a group."""
        ...

    def matches(self, turn: Turn) -> bool:
        """Whether it takes a free message. Fast, no I/O."""
        ...

    async def respond(self, turn: Turn) -> Sequence[Reply]:
        """Do the work and say so: `turn.action` when there is one, else the message. Never commits."""
        ...
