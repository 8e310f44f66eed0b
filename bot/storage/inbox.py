"""The inbound half of the transcript: events that wait for their turn, and the turns taken."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, case, exists, or_, select, update

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Event, StoredEvent
from bot.services.ports import HandledTurn
from bot.storage.codec import Content, UnreadableRowError, decode_address, storable
from bot.storage.columns import Instant
from bot.storage.contacts import Contacts
from bot.storage.event_codec import NO_BODY, PRIVATE_KIND, Origin, decode_event, encode_event
from bot.storage.statements import insert_new
from bot.storage.tables import contacts, is_queued, is_waiting, transcript
from bot.storage.transaction import Transaction

END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)

_older = transcript.alias("older")
_unready = transcript.alias("unready")
_newer = transcript.alias("newer")
_owed = transcript.alias("owed")
_INSERT = insert_new(
    transcript,
    unique=("update_id", "channel"),
    returning=(transcript.c.channel, transcript.c.update_id),
)
WAITING = (
    select(
        transcript.c.id,
        transcript.c.contact_id,
        transcript.c.update_id,
        transcript.c.kind,
        transcript.c.text,
        transcript.c.body,
        transcript.c.occurred_at,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
        contacts.c.display_name,
        exists()
        .where(_newer.c.contact_id == transcript.c.contact_id, _newer.c.id > transcript.c.id, is_waiting(_newer))
        .label("is_followed"),
        exists().where(_owed.c.contact_id == transcript.c.contact_id, is_queued(_owed)).label("is_owed"),
    )
    .join(contacts, contacts.c.id == transcript.c.contact_id)
    .where(
        is_waiting(transcript),
        ~exists().where(
            _older.c.contact_id == transcript.c.contact_id,
            _older.c.id < transcript.c.id,
            is_waiting(_older),
        ),
        or_(
            transcript.c.ready_at.is_(None),
            transcript.c.ready_at <= bindparam("overdue", type_=Instant),
            ~exists().where(
                _unready.c.contact_id == transcript.c.contact_id,
                is_waiting(_unready),
                _unready.c.ready_at > bindparam("now", type_=Instant),
            ),
        ),
    )
    .order_by(transcript.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(of=transcript, skip_locked=True)
)
"""On PostgreSQL the rows stay locked until the end, and other processes look past them."""
FOLLOWING = (
    select(
        transcript.c.id,
        transcript.c.contact_id,
        transcript.c.update_id,
        transcript.c.kind,
        transcript.c.text,
        transcript.c.body,
        transcript.c.occurred_at,
        transcript.c.ready_at,
    )
    .where(is_waiting(transcript), transcript.c.contact_id.in_(bindparam("contacts", expanding=True)))
    .order_by(transcript.c.contact_id, transcript.c.id)
)
_FIND = select(transcript.c.id).where(
    transcript.c.update_id == bindparam("event_id"), transcript.c.channel == bindparam("of_channel")
)
_EVENT_ID = select(transcript.c.update_id).where(transcript.c.id == bindparam("row_id"))
_KEPT_BODY = case((transcript.c.kind == PRIVATE_KIND, NO_BODY), else_=transcript.c.body)
_HANDLE = (
    update(transcript)
    .where(transcript.c.id == bindparam("event_id"))
    .values(
        status="handled",
        skill=bindparam("by_skill"),
        outcome=bindparam("with_outcome"),
        took_ms=bindparam("in_ms"),
        handled_at=bindparam("at"),
        body=_KEPT_BODY,
    )
)
_MERGE = (
    update(transcript)
    .where(transcript.c.id == bindparam("event_id"))
    .values(status="handled", skill=bindparam("by_skill"), outcome="merged", took_ms=0, handled_at=bindparam("at"))
)
_BLANK = update(transcript).where(transcript.c.id == bindparam("event_id")).values(text="")
_FAIL = (
    update(transcript)
    .where(transcript.c.id == bindparam("row_id"))
    .values(status="failed", error=bindparam("why"), body=_KEPT_BODY)
)


class Inbox:
    """Events as rows of the transcript."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def accept(self, events: Sequence[Event], ready_at: Sequence[datetime | None]) -> Sequence[bool]:
        """Store events as waiting, in order; False for each that was stored before, here or earlier."""
        first: dict[tuple[str, str], int] = {}
        for position, event in enumerate(events):
            first.setdefault(_key(event), position)
        chosen = [events[position] for position in first.values()]
        await self._contacts.meet(chosen)
        chosen_rows = [self._row(events[position], ready_at[position]) for position in first.values()]
        rows = await self._transaction.fetch(_INSERT, chosen_rows)
        new = {(row.channel, row.update_id) for row in rows}
        return [_key(event) in new and first[_key(event)] == position for position, event in enumerate(events)]

    async def find(self, channel: ChannelName, event_id: str) -> TranscriptId | None:
        """Return the row of an event; None when it was never stored."""
        rows = await self._transaction.fetch(_FIND, {"of_channel": channel, "event_id": storable(event_id)})
        return TranscriptId(rows[0].id) if rows else None

    async def event_id(self, event: TranscriptId) -> str | None:
        """Return the id by which its channel knows an event; None when the row is no event."""
        rows = await self._transaction.fetch(_EVENT_ID, {"row_id": event})
        return rows[0].update_id if rows else None

    async def waiting(self, limit: int, *, now: datetime | None, patience: timedelta) -> Sequence[StoredEvent]:
        """Return the oldest waiting event of each contact, oldest first; with `now` only those that are ready.

        A row that cannot be read is marked failed, private parts gone, and the next one of its contact takes its place.
        """
        moment = END_OF_TIME if now is None else now
        values = {"limit": limit, "now": moment, "overdue": moment - patience}
        while True:
            rows = await self._transaction.fetch(WAITING, values)
            events, failures = self._decode(rows)
            if not failures:
                return events
            await self._transaction.write(_FAIL, failures)

    async def following(self, events: Sequence[StoredEvent]) -> Mapping[TranscriptId, Sequence[StoredEvent]]:
        """Return the texts waiting right behind each of `events` that were stored to wait for more."""
        known = self._contacts.known
        heads = {known[stored.event.sender]: stored for stored in events}
        if not heads:
            return {}
        rows = await self._transaction.fetch(FOLLOWING, {"contacts": list(heads)})
        found: dict[TranscriptId, list[StoredEvent]] = {stored.id: [] for stored in events}
        ended: set[int] = set()
        for row in rows:
            head = heads[row.contact_id]
            if row.id <= head.id or row.contact_id in ended:
                continue
            follower = self._follower(row, head) if row.ready_at is not None else None
            if follower is None:
                ended.add(row.contact_id)
            else:
                found[head.id].append(follower)
        return found

    async def handle(self, turns: Sequence[HandledTurn]) -> None:
        """Mark the events of `turns` as handled; what is private in them is gone."""
        await self._transaction.write(
            _HANDLE,
            [
                {
                    "event_id": turn.event.id,
                    "by_skill": turn.skill,
                    "with_outcome": turn.outcome,
                    "in_ms": turn.took_ms,
                    "at": turn.handled_at,
                }
                for turn in turns
            ],
        )
        merged = [
            {"event_id": event, "by_skill": turn.skill, "at": turn.handled_at}
            for turn in turns
            for event in turn.merged
        ]
        await self._transaction.write(_MERGE, merged)
        private = [{"event_id": event} for turn in turns if turn.is_private for event in (turn.event.id, *turn.merged)]
        await self._transaction.write(_BLANK, private)

    def _follower(self, row: Any, head: StoredEvent) -> StoredEvent | None:
        origin = Origin(row.update_id, head.event.sender, row.occurred_at, head.event.name)
        try:
            return StoredEvent(
                id=TranscriptId(row.id), event=decode_event(origin, Content(row.kind, row.text, row.body))
            )
        except UnreadableRowError:
            return None  # it is given up when its own turn comes

    def _decode(self, rows: Sequence[Any]) -> tuple[list[StoredEvent], list[dict[str, object]]]:
        events: list[StoredEvent] = []
        failures: list[dict[str, object]] = []
        for row in rows:
            sender = decode_address(row.channel, row.chat_id, row.user_id)
            self._contacts.learn(sender, row.contact_id)
            origin = Origin(row.update_id, sender, row.occurred_at, self._contacts.names.read(row.display_name))
            try:
                event = decode_event(origin, Content(row.kind, row.text, row.body))
            except UnreadableRowError as error:
                failures.append({"row_id": row.id, "why": str(error)})
            else:
                stored = StoredEvent(
                    id=TranscriptId(row.id),
                    event=event,
                    is_followed=bool(row.is_followed),
                    is_owed=bool(row.is_owed),
                )
                events.append(stored)
        return events, failures

    def _row(self, event: Event, ready_at: datetime | None) -> dict[str, object]:
        content = encode_event(event)
        channel, update_id = _key(event)
        return {
            "contact_id": self._contacts.known[event.sender],
            "channel": channel,
            "direction": "in",
            "status": "waiting",
            "update_id": update_id,
            "kind": content.kind,
            "text": content.text,
            "body": content.body,
            "occurred_at": event.at,
            "ready_at": ready_at,
        }


def _key(event: Event) -> tuple[str, str]:
    return storable(event.sender.channel), storable(event.id)
