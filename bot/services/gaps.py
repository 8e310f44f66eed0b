"""Look through the log for what the bot could not answer, and keep what is not worth it from coming back."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import lru_cache

from bot.domain.gaps import Gap, gather, misses_of, without_ignored, without_learned
from bot.domain.knowledge import Lesson
from bot.domain.likeness import Shape, shape_of
from bot.domain.logged import LoggedQuestion
from bot.services.ports import UnitOfWork

CHUNK = 2_000
MOST_WORDINGS = 50
"""Wordings of one gap that are kept: what is like them is like the gap."""

Told = Callable[[int], None]
"""Is told how many rows were read so far."""


async def logged_questions(
    uow: UnitOfWork, *, after: int = 0, tell: Told = lambda _: None
) -> AsyncIterator[LoggedQuestion]:
    """Yield every question of the log behind the row `after`, in its order. Reads little by little."""
    count = 0
    while chunk := await uow.transcript.questions(after=after, limit=CHUNK):
        for question in chunk:
            yield question
        after, count = chunk[-1].id, count + len(chunk)
        tell(count)


class GapsService:
    """Gaps of one log. `words_of` makes lemmas of a text, without function words. Never commits."""

    def __init__(self, words_of: Callable[[str], Sequence[str]]) -> None:
        self._words_of = words_of
        self._shape = lru_cache(maxsize=50_000)(self._shape_of)

    async def find(
        self, uow: UnitOfWork, *, lessons: Sequence[Lesson], since: datetime | None = None, tell: Told = lambda _: None
    ) -> list[Gap]:
        """Return what is neither ignored nor learned, the most frequent first."""
        logged = [question async for question in logged_questions(uow, tell=tell)]
        return await self.among(uow, logged, lessons=lessons, since=since)

    async def among(
        self,
        uow: UnitOfWork,
        logged: Sequence[LoggedQuestion],
        *,
        lessons: Sequence[Lesson],
        since: datetime | None = None,
    ) -> list[Gap]:
        """Return the same of questions that were read."""
        misses = without_learned(misses_of(logged), lessons, self._shape)
        gaps = gather(misses, self._shape, since=since)
        return without_ignored(gaps, await uow.ignored.all(), self._shape)

    async def ignore(self, uow: UnitOfWork, gap: Gap, *, now: datetime) -> None:
        """Leave the gap, and what is like it, out of every later list."""
        await uow.ignored.add(gap.wordings[:MOST_WORDINGS], at=now)

    def _shape_of(self, text: str) -> Shape:
        return shape_of(self._words_of(text))
