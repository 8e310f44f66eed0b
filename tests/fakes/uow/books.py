"""Everything but the log, in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import Conversation
from bot.domain.desk.ticket import same_account
from bot.domain.errors import RejectedError
from bot.domain.feedback import BEST_RATING, Feedback
from bot.domain.ids import TranscriptId
from bot.domain.job import Job, JobId, TakenJob
from bot.domain.messages import Address, Started, reachability
from bot.domain.rating import Rating, Thumb
from bot.domain.timer import Timer
from tests.fakes.uow.tables import FakeTables, JobRow


class FakeConversations:
    """`Conversations` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def load(self, addresses: Sequence[Address], *, language: str) -> Mapping[Address, Conversation]:
        """Copy what is stored: a turn changes conversations in place."""
        loaded = {}
        for address in addresses:
            known = self._tables.conversations.get(address) or Conversation(address=address, language=language)
            loaded[address] = replace(
                known,
                has_ticket=self._has_ticket(address),
                is_staff=self._is_staff(address),
                is_blocked=address in self._tables.desk.blocks,
            )
        return loaded

    def _has_ticket(self, address: Address) -> bool:
        return any(each.customer == address and each.is_open for each in self._tables.desk.tickets.values())

    def _is_staff(self, address: Address) -> bool:
        return any(same_account(whose, address) for whose, _ in self._tables.purchases.staff)

    async def save(self, conversations: Iterable[Conversation]) -> None:
        """Keep copies."""
        for conversation in conversations:
            self._tables.conversations[conversation.address] = replace(conversation)


class FakeFeedbackBook:
    """`FeedbackBook` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def add(self, feedback: Feedback) -> bool:
        """Keep it once."""
        if not 1 <= feedback.rating <= BEST_RATING:
            raise RejectedError("the database refuses these values")
        return self._tables.feedback.setdefault((feedback.sender, feedback.begun_by), feedback) is feedback

    async def all(self) -> Sequence[Feedback]:
        """Sort by time."""
        return sorted(self._tables.feedback.values(), key=lambda given: given.given_at)

    async def of(self, sender: Address) -> Sequence[Feedback]:
        """Look at all."""
        return [given for given in await self.all() if given.sender == sender]


class FakeRatingBook:
    """`RatingBook` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def put(self, rating: Rating) -> None:
        """Keep the last one; refuse what a database refuses."""
        said = ((row.message.answers, row.message.number) for row in self._tables.outbound.values())
        if (rating.answers, rating.number) not in said or (rating.fault and rating.thumb is Thumb.UP):
            raise RejectedError("the database refuses these values")
        self._tables.ratings[rating.answers, rating.number, rating.sender] = rating

    async def all(self) -> Sequence[Rating]:
        """Sort by message."""
        return sorted(self._tables.ratings.values(), key=lambda rating: (rating.answers, rating.number, rating.sender))


class FakeIgnoredBook:
    """`IgnoredBook` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def add(self, texts: Sequence[str], *, at: datetime) -> None:
        """Keep the first time of each."""
        for text in texts:
            self._tables.ignored.setdefault(text, at)

    async def all(self) -> Sequence[str]:
        """Sort them."""
        return sorted(self._tables.ignored)


class FakeTimers:
    """`Timers` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def set(self, timer: Timer) -> None:
        """Add or move it."""
        self._tables.timers[timer.address, timer.key] = timer

    async def cancel(self, address: Address, key: str) -> None:
        """Forget it."""
        self._tables.timers.pop((address, key), None)

    async def take_due(self, now: datetime, *, limit: int) -> Sequence[Timer]:
        """Take the earliest."""
        due = sorted((timer for timer in self._tables.timers.values() if timer.due_at <= now), key=_by_time)[:limit]
        for timer in due:
            del self._tables.timers[timer.address, timer.key]
        return due

    async def next_due_at(self) -> datetime | None:
        """Find the earliest."""
        return min((timer.due_at for timer in self._tables.timers.values()), default=None)


class FakePeople:
    """`People` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def mark_unreachable(
        self, address: Address, *, reason: str, at: datetime, unless_after: TranscriptId
    ) -> bool:
        """Note it, unless a later event speaks against it."""
        later = (row.event for id_, row in self._tables.inbound.items() if id_ > unless_after)
        if any(event.sender == address and reachability(event) for event in later):
            return False
        self._tables.unreachable[address] = reason
        return True

    async def name(self, address: Address) -> str:
        """Look at what they said."""
        names = [row.event.name for row in self._tables.inbound.values() if row.event.sender == address]
        return next((name for name in reversed(names) if name), "")

    async def came_by(self, address: Address) -> str:
        """Look at the links that they followed."""
        events = [row.event for row in self._tables.inbound.values() if row.event.sender == address]
        payloads = [event.payload for event in events if isinstance(event, Started) and event.payload]
        return payloads[-1] if payloads else ""

    async def is_reachable(self, address: Address) -> bool:
        """Look it up."""
        return address not in self._tables.unreachable


class FakeBookmarkBook:
    """`BookmarkBook` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def read(self, key: str) -> str | None:
        """Look it up."""
        return self._tables.bookmarks.get(key)

    async def write(self, key: str, value: str) -> None:
        """Note it."""
        self._tables.bookmarks[key] = value


class FakeJobBook:
    """`JobBook` in memory."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    async def add(self, job: Job, *, at: datetime) -> None:
        """Queue it."""
        self._tables.jobs[JobId(self._tables.next_id())] = JobRow(job=job, due_at=at)

    async def take(self, now: datetime, *, until: datetime, limit: int) -> Sequence[TakenJob]:
        """Take the oldest."""
        due = sorted((row.due_at, id_) for id_, row in self._tables.jobs.items() if row.due_at <= now)
        return [self._take(id_, until) for _, id_ in due[:limit]]

    async def put_off(self, job: TakenJob, *, until: datetime) -> None:
        """Move it."""
        if self._is_theirs(job):
            self._tables.jobs[job.id] = replace(self._tables.jobs[job.id], due_at=until)

    async def end(self, job: TakenJob) -> bool:
        """Forget it."""
        return self._is_theirs(job) and self._tables.jobs.pop(job.id) is not None

    def _take(self, id_: JobId, until: datetime) -> TakenJob:
        row = self._tables.jobs[id_]
        self._tables.jobs[id_] = replace(row, due_at=until, attempts=row.attempts + 1)
        return TakenJob(id=id_, job=row.job, attempts=row.attempts + 1)

    def _is_theirs(self, job: TakenJob) -> bool:
        row = self._tables.jobs.get(job.id)
        return row is not None and row.attempts == job.attempts


def _by_time(timer: Timer) -> datetime:
    return timer.due_at
