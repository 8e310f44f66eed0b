"""Books: small things kept beside the log, as protocols: notes, feedback, ratings, questions to ignore."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.feedback import Feedback
from bot.domain.rating import Rating


class BookmarkBook(Protocol):
    """Small notes by key."""

    async def read(self, key: str) -> str | None:
        """Return what was noted under `key`."""
        ...

    async def write(self, key: str, value: str) -> None:
        """Note `value` in the place of what was there."""
        ...


class FeedbackBook(Protocol):
    """Ratings and comments."""

    async def add(self, feedback: Feedback) -> bool:
        """Store it; False when what this sender began at this time was stored before."""
        ...

    async def all(self) -> Sequence[Feedback]:
        """Return everything given, oldest first."""
        ...


class RatingBook(Protocol):
    """Whether answers helped."""

    async def put(self, rating: Rating) -> None:
        """Store it in the place of what the same person said of the same message."""
        ...

    async def all(self) -> Sequence[Rating]:
        """Return them all, by the message rated."""
        ...


class IgnoredBook(Protocol):
    """Questions that nobody wants an answer for, in people's own words."""

    async def add(self, texts: Sequence[str], *, at: datetime) -> None:
        """Store those that are not there yet."""
        ...

    async def all(self) -> Sequence[str]:
        """Return them all, sorted by the letter."""
        ...
