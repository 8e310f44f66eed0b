"""What is remembered, in dictionaries."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from bot.domain.conversation import Conversation
from bot.domain.feedback import Feedback
from bot.domain.ids import TranscriptId
from bot.domain.job import Job, JobId
from bot.domain.messages import Address, Event
from bot.domain.rating import Rating
from bot.domain.replies import OutgoingMessage
from bot.domain.timer import Timer
from bot.services.ports import HandledTurn
from tests.fakes.club.tables import ClubTables
from tests.fakes.desk.tables import DeskTables
from tests.fakes.members import MemberTables
from tests.fakes.purchases.tables import PurchaseTables


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundRow:
    """An event heard; `turn` is what came of it."""

    event: Event
    ready_at: datetime | None = None
    turn: HandledTurn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundRow:
    """A message said; `status` is queued, sent, failed, unknown or unreachable."""

    message: OutgoingMessage
    said_at: datetime
    status: str = "queued"
    attempts: int = 0
    retry_at: datetime | None = None
    reference: str | None = None
    error: str | None = None
    is_begun: bool = False
    was_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job and when it may be taken."""

    job: Job
    due_at: datetime
    attempts: int = 0


@dataclass(slots=True)
class FakeTables:
    """Rows are never changed in place, so that a shallow copy is a snapshot."""

    inbound: dict[TranscriptId, InboundRow] = field(default_factory=dict)
    outbound: dict[TranscriptId, OutboundRow] = field(default_factory=dict)
    seen: dict[tuple[str, str], None] = field(default_factory=dict)
    names: dict[Address, str] = field(default_factory=dict)
    unreachable: dict[Address, str] = field(default_factory=dict)
    conversations: dict[Address, Conversation] = field(default_factory=dict)
    feedback: dict[tuple[Address, str], Feedback] = field(default_factory=dict)
    ratings: dict[tuple[TranscriptId, int, Address], Rating] = field(default_factory=dict)
    ignored: dict[str, datetime] = field(default_factory=dict)
    timers: dict[tuple[Address, str], Timer] = field(default_factory=dict)
    jobs: dict[JobId, JobRow] = field(default_factory=dict)
    bookmarks: dict[str, str] = field(default_factory=dict)
    membership: MemberTables = field(default_factory=MemberTables)
    club: ClubTables = field(default_factory=ClubTables)
    purchases: PurchaseTables = field(default_factory=PurchaseTables)
    desk: DeskTables = field(default_factory=DeskTables)
    last_id: int = 0

    def copy(self) -> "FakeTables":
        """Take a snapshot."""
        taken = FakeTables(last_id=self.last_id)
        for each in fields(self):
            if each.name != "last_id":
                setattr(taken, each.name, getattr(self, each.name).copy())
        return taken

    def next_id(self) -> TranscriptId:
        """Number a row."""
        self.last_id += 1
        return TranscriptId(self.last_id)
