"""Carrying: files from one platform to another, outside of turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.job import Job
from bot.services.purchases.reading import PictureGoneError, PictureSource

CARRY = "desk.carry"
"""The job that brings a file over: its arguments are the reference in its channel and the name that it is to have. The
result is the path of the file, or nothing where it cannot be had."""


class Shelf(Protocol):
    """Where files lie on their way."""

    async def put(self, name: str, content: bytes) -> str:
        """Store a file; return its path. What lay there for days is thrown away."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """Does the job."""

    source: PictureSource
    shelf: Shelf

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return the path.

        Raises:
            TryLaterError: the platform does not answer now.
        """
        reference, name = job.args
        try:
            content = await self.source.fetch(job.address.channel, reference)
        except PictureGoneError:
            return ()
        return [await self.shelf.put(name, content)]
