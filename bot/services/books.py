"""Books: what is kept beside the log, as protocols: people, timers, jobs, notes, feedback, ratings and the like."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.feedback import Feedback
from bot.domain.ids import TranscriptId
from bot.domain.job import Job, TakenJob
from bot.domain.messages import Address
from bot.domain.rating import Rating
from bot.domain.timer import Timer


class People(Protocol):
    """Who can be written to. Who writes to us can, until told otherwise."""

    async def mark_unreachable(
        self, address: Address, *, reason: str, at: datetime, unless_after: TranscriptId
    ) -> bool:
        """Note that a platform does not let us write to `address` any more; tell whether that holds.

        It does not when something newer than the row `unless_after` says that we can: a refusal is older news.
        """
        ...

    async def name(self, address: Address) -> str:
        """Return what the platform calls somebody, as it said last; empty where it never did."""
        ...

    async def came_by(self, address: Address) -> str:
        """Return what the last link that somebody followed carried; empty where they followed none."""
        ...

    async def is_reachable(self, address: Address) -> bool:
        """Whether nothing speaks against writing to `address`."""
        ...


class Timers(Protocol):
    """Actions to be performed later."""

    async def set(self, timer: Timer) -> None:
        """Add it, or move the one of the same key and address."""
        ...

    async def cancel(self, address: Address, key: str) -> None:
        """Remove it if it is there."""
        ...

    async def take_due(self, now: datetime, *, limit: int) -> Sequence[Timer]:
        """Remove and return the timers due at `now`, earliest first."""
        ...

    async def next_due_at(self) -> datetime | None:
        """Tell when the earliest timer is due."""
        ...


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

    async def of(self, sender: Address) -> Sequence[Feedback]:
        """Return what somebody gave, oldest first."""
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


class JobBook(Protocol):
    """Work to be done outside of turns. Whoever takes a job has it for a while; then somebody else may."""

    async def add(self, job: Job, *, at: datetime) -> None:
        """Queue it."""
        ...

    async def take(self, now: datetime, *, until: datetime, limit: int) -> Sequence[TakenJob]:
        """Return jobs that nobody has at `now`, oldest first, and keep them from others `until` then."""
        ...

    async def put_off(self, job: TakenJob, *, until: datetime) -> None:
        """Let a job that was taken wait for its next try."""
        ...

    async def end(self, job: TakenJob) -> bool:
        """Remove it; False when somebody else has ended it, or has it now."""
        ...
