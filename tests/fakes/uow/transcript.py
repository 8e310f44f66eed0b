"""FakeTranscript: the log in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.errors import RejectedError
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.logged import LoggedQuestion
from bot.domain.members.erasure import SaidLine
from bot.domain.messages import Address, Event, Said, StoredEvent, reachability
from bot.domain.rating import Thumb
from bot.domain.replies import OutgoingMessage, QueuedMessage
from bot.services.ports import Backlog, DeadLetter, HandledTurn
from tests.fakes.uow.privacy import FakePrivacyBook
from tests.fakes.uow.tables import FakeTables, InboundRow, OutboundRow


class FakeTranscript:
    """`Transcript` in memory."""

    def __init__(self, tables: FakeTables, *, poison: str = "") -> None:
        self._tables = tables
        self._poison = poison

    async def accept(
        self, events: Sequence[Event], *, ready_at: Sequence[datetime | None] | None = None
    ) -> Sequence[bool]:
        """Store what is new."""
        moments = ready_at or [None] * len(events)
        return [self._accept(event, moment) for event, moment in zip(events, moments, strict=True)]

    async def find(self, channel: ChannelName, event_id: str) -> TranscriptId | None:
        """Look through everything."""
        rows = self._tables.inbound.items()
        return next((id_ for id_, row in rows if (row.event.sender.channel, row.event.id) == (channel, event_id)), None)

    async def event_id(self, event: TranscriptId) -> str | None:
        """Look the row up."""
        row = self._tables.inbound.get(event)
        return row.event.id if row else None

    async def reference(self, channel: ChannelName, event_id: str) -> str:
        """Look through everything."""
        answered = await self.find(channel, event_id)
        answers = [row for row in self._tables.outbound.values() if row.message.answers == answered]
        return max(answers, key=lambda row: row.message.number).reference or "" if answers else ""

    async def message(self, answers: TranscriptId, number: int) -> OutgoingMessage | None:
        """Look through everything."""
        messages = (row.message for row in self._tables.outbound.values())
        return next((each for each in messages if (each.answers, each.number) == (answers, number)), None)

    async def recent(self, address: Address, *, limit: int) -> Sequence[SaidLine]:
        """Gather them all."""
        return await FakePrivacyBook(self._tables).said([address], limit=limit)

    async def is_message(self, row: TranscriptId, to: Address) -> bool:
        """Look the row up."""
        found = self._tables.outbound.get(row)
        return found is not None and _chat(found.message.to) == _chat(to)

    async def waiting(
        self, limit: int, *, now: datetime | None = None, patience: timedelta = timedelta()
    ) -> Sequence[StoredEvent]:
        """Find the oldest of each sender."""
        oldest: dict[Address, tuple[TranscriptId, InboundRow]] = {}
        unready: set[Address] = set()
        for id_, row in self._tables.inbound.items():
            if row.turn is None:
                oldest.setdefault(row.event.sender, (id_, row))
                if now is not None and row.ready_at is not None and row.ready_at > now:
                    unready.add(row.event.sender)
        ready = [
            self._stored(id_, row)
            for sender, (id_, row) in oldest.items()
            if sender not in unready or _is_due(row.ready_at, now, patience)
        ]
        queued = {row.message.to for row in self._tables.outbound.values() if row.status == "queued"}
        return [
            replace(stored, is_followed=self._is_followed(stored), is_owed=stored.event.sender in queued)
            for stored in ready[:limit]
        ]

    async def following(self, events: Sequence[StoredEvent]) -> Mapping[TranscriptId, Sequence[StoredEvent]]:
        """Find the texts right behind each."""
        return {stored.id: self._followers(stored) for stored in events}

    async def record(self, turns: Sequence[HandledTurn]) -> Sequence[QueuedMessage]:
        """Keep the turns and queue their messages."""
        queued = {}
        for turn in turns:
            for id_ in (turn.event.id, *turn.merged):
                heard = self._tables.inbound[id_]
                event = heard.event
                if turn.is_private and isinstance(event, Said):
                    event = replace(event, text="")
                self._tables.inbound[id_] = replace(heard, event=event, turn=turn)
            for message in turn.messages:
                self._check(message)
                row = OutboundRow(message=message, said_at=turn.handled_at)
                queued[self._tables.next_id()] = row
        self._tables.outbound.update(queued)
        return [self._queued(id_, row) for id_, row in queued.items()]

    async def unsent(
        self,
        channels: Sequence[ChannelName],
        *,
        now: datetime,
        limit: int,
        answers: TranscriptId | None = None,
        after: int = 0,
    ) -> Sequence[QueuedMessage]:
        """Find queued messages that nothing holds back."""
        held: set[Address] = set()
        found: list[QueuedMessage] = []
        for id_, row in self._tables.outbound.items():
            if row.status != "queued" or row.message.to.channel not in channels:
                continue
            if row.retry_at is not None and row.retry_at > now:
                held.add(row.message.to)
            if row.message.to not in held and answers in {None, row.message.answers} and id_ > after:
                found.append(self._queued(id_, row))
        return found[:limit]

    async def begin(self, messages: Sequence[TranscriptId], *, at: datetime) -> None:
        """Note it."""
        for id_ in messages:
            self._tables.outbound[id_] = replace(self._tables.outbound[id_], is_begun=True)

    async def doubt_begun(self, channels: Sequence[ChannelName]) -> int:
        """Note it of each."""
        rows = self._tables.outbound.items()
        begun = {
            id_: row
            for id_, row in rows
            if row.status == "queued" and row.is_begun and row.message.to.channel in channels
        }
        for id_, row in begun.items():
            self._tables.outbound[id_] = replace(row, is_begun=False, was_unknown=True)
        return len(begun)

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note what the platform took."""
        for id_, reference in sent.items():
            self._try(id_, status="sent", reference=reference)

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool = True
    ) -> None:
        """Note a failed try."""
        status = "failed" if retry_at is None else "queued"
        self._try(message, status=status, error=error, retry_at=retry_at, tries=int(is_attempt))

    async def mark_unknown(self, message: TranscriptId, *, error: str, retry_at: datetime | None) -> None:
        """Note the doubt."""
        self._try(message, status="unknown" if retry_at is None else "queued", error=error, retry_at=retry_at)
        self._tables.outbound[message] = replace(self._tables.outbound[message], was_unknown=True)

    async def mark_unreachable(self, message: TranscriptId, *, error: str) -> None:
        """Note the refusal."""
        self._try(message, status="unreachable", error=error)

    async def give_up(self, to: Address, *, error: str) -> int:
        """Give up all that is queued."""
        rows = self._tables.outbound.items()
        queued = [id_ for id_, row in rows if row.status == "queued" and row.message.to == to]
        for id_ in queued:
            self._try(id_, status="unreachable", error=error, tries=0)
        return len(queued)

    async def questions(self, *, after: int, limit: int) -> Sequence[LoggedQuestion]:
        """Look through everything."""
        rows = ((id_, row) for id_, row in self._tables.inbound.items() if id_ > after and _is_question(row))
        return [self._logged(id_, row) for id_, row in islice(rows, limit)]

    async def backlog(self) -> Backlog:
        """Count what waits."""
        waiting = [row.event.at for row in self._tables.inbound.values() if row.turn is None]
        queued = [row.said_at for row in self._tables.outbound.values() if row.status == "queued"]
        return Backlog(
            waiting=len(waiting),
            oldest_waiting_at=min(waiting, default=None),
            queued=len(queued),
            oldest_queued_at=min(queued, default=None),
        )

    async def count_by_status(self, *, since: datetime | None = None) -> Mapping[str, int]:
        """Count rows, whenever they were said."""
        heard = ("in:waiting" if row.turn is None else "in:handled" for row in self._tables.inbound.values())
        said = (f"out:{row.status}" for row in self._tables.outbound.values())
        return Counter([*heard, *said])

    async def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Look through everything, the latest first."""
        dead = [
            DeadLetter(channel=row.message.to.channel, status=row.status, said_at=row.said_at, error=row.error or "")
            for row in reversed(self._tables.outbound.values())
            if row.was_unknown or row.status in {"failed", "unknown"}
        ]
        return dead[:limit]

    def _logged(self, id_: TranscriptId, row: InboundRow) -> LoggedQuestion:
        assert row.turn is not None
        said = [each.message for each in self._tables.outbound.values() if each.message.answers == id_]
        disliked = {key[0] for key, rating in self._tables.ratings.items() if rating.thumb is Thumb.DOWN}
        return LoggedQuestion(
            id=id_,
            event=replace(row.event, sender=self._pseudonym(row.event.sender), name=None),
            answers=tuple(message.answer for message in sorted(said, key=lambda message: message.number)),
            is_merged=row.turn.event.id != id_,
            is_disliked=id_ in disliked,
        )

    def _pseudonym(self, sender: Address) -> Address:
        senders = list(dict.fromkeys(row.event.sender for row in self._tables.inbound.values()))
        number = str(senders.index(sender) + 1)
        return Address(sender.channel, number, number)

    def _stored(self, id_: TranscriptId, row: InboundRow) -> StoredEvent:
        return StoredEvent(id=id_, event=replace(row.event, name=self._tables.names.get(row.event.sender)))

    def _is_followed(self, head: StoredEvent) -> bool:
        rows = self._tables.inbound.items()
        return any(id_ > head.id and row.turn is None and row.event.sender == head.event.sender for id_, row in rows)

    def _followers(self, head: StoredEvent) -> list[StoredEvent]:
        found: list[StoredEvent] = []
        for id_, row in self._tables.inbound.items():
            if row.turn is not None or row.event.sender != head.event.sender or id_ <= head.id:
                continue
            if row.ready_at is None:
                break
            found.append(self._stored(id_, row))
        return found

    def _queued(self, id_: TranscriptId, row: OutboundRow) -> QueuedMessage:
        return QueuedMessage(
            id=id_,
            message=row.message,
            attempts=row.attempts,
            is_unreachable=row.message.to in self._tables.unreachable,
            was_unknown=row.was_unknown,
            read_after=TranscriptId(self._tables.last_id),
        )

    def _check(self, message: OutgoingMessage) -> None:
        """Refuse what the constraints of a database refuse."""
        confidence = message.answer.confidence
        if message.answers not in self._tables.inbound or not 0 <= (confidence or 0) <= 1:
            raise RejectedError("the database refuses these values")

    def _accept(self, event: Event, ready_at: datetime | None) -> bool:
        if event.id == self._poison:
            raise RejectedError("the database refuses this event")
        self._meet(event)
        key = (event.sender.channel, event.id)
        if key in self._tables.seen:
            return False
        self._tables.seen[key] = None
        self._tables.inbound[self._tables.next_id()] = InboundRow(event=event, ready_at=ready_at)
        return True

    def _meet(self, event: Event) -> None:
        if event.name is not None:
            self._tables.names[event.sender] = event.name
        if reachability(event):
            self._tables.unreachable.pop(event.sender, None)
        elif reachability(event) is False:
            self._tables.unreachable[event.sender] = "blocked"

    def _try(
        self,
        id_: TranscriptId,
        *,
        status: str,
        reference: str | None = None,
        error: str | None = None,
        retry_at: datetime | None = None,
        tries: int = 1,
    ) -> None:
        row = self._tables.outbound[id_]
        if row.status == "queued":
            self._tables.outbound[id_] = replace(
                row,
                message=_without_words(row.message) if status != "queued" and row.message.is_private else row.message,
                status=status,
                attempts=row.attempts + tries,
                retry_at=retry_at,
                reference=reference,
                error=error,
                is_begun=False,
            )


def _is_question(row: InboundRow) -> bool:
    turn = row.turn
    return turn is not None and (turn.skill == "ask" or (turn.skill, turn.outcome) == ("help", "unknown"))


def _is_due(ready_at: datetime | None, now: datetime | None, patience: timedelta) -> bool:
    """Whether the oldest event of a conversation waits no longer, whatever came after it."""
    return ready_at is None or now is None or ready_at <= now - patience


def _without_words(message: OutgoingMessage) -> OutgoingMessage:
    return replace(message, text="", buttons=(), marks=(), attachments=(), is_private=False)


def _chat(address: Address) -> tuple[str, str]:
    return address.channel, address.chat_id
