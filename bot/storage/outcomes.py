"""What became of messages: on their way, sent, tried again, given up, or nobody knows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Text, and_, bindparam, case, null, or_, select, update

from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address
from bot.services.ports import DeadLetter
from bot.storage.codec import storable
from bot.storage.contacts import Contacts
from bot.storage.event_codec import NO_BODY
from bot.storage.message_codec import PRIVATE_MARK
from bot.storage.tables import is_queued, transcript
from bot.storage.transaction import Transaction

UNKNOWN, UNREACHABLE = "unknown", "unreachable"
_is_private = transcript.c.body.like(f"%{PRIVATE_MARK}%")
_is_over_private = and_(_is_private, bindparam("becomes", type_=Text) != "queued")


def _kept(is_gone: ColumnElement[bool]) -> dict[str, ColumnElement[str]]:
    """What becomes of the words of a message; `is_gone` where nothing is kept of them."""
    return {
        "text": case((is_gone, ""), else_=transcript.c.text),
        "body": case((is_gone, NO_BODY), else_=transcript.c.body),
    }


_SENT = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status="sent",
        sent_at=bindparam("at"),
        platform_ref=bindparam("reference"),
        attempts=transcript.c.attempts + 1,
        begun_at=null(),
        retry_at=null(),
        error=null(),
        **_kept(_is_private),
    )
)
_BEGIN = update(transcript).where(transcript.c.id == bindparam("message_id")).values(begun_at=bindparam("at"))
_DOUBT = (
    update(transcript)
    .where(
        is_queued(transcript),
        transcript.c.begun_at.is_not(None),
        transcript.c.channel.in_(bindparam("channels", expanding=True)),
    )
    .values(outcome=UNKNOWN, begun_at=null(), error="it was on its way when the program ended")
    .returning(transcript.c.id)
)
_UNKNOWN = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status=bindparam("becomes"),
        outcome=UNKNOWN,
        error=bindparam("why"),
        retry_at=bindparam("again_at"),
        begun_at=null(),
        attempts=transcript.c.attempts + 1,
        **_kept(_is_over_private),
    )
)
_GIVE_UP = (
    update(transcript)
    .where(transcript.c.contact_id == bindparam("contact"), is_queued(transcript))
    .values(status=UNREACHABLE, error=bindparam("why"), retry_at=null(), begun_at=null(), **_kept(_is_private))
    .returning(transcript.c.id)
)
_DEAD = (
    select(transcript.c.channel, transcript.c.status, transcript.c.occurred_at, transcript.c.error)
    .where(
        transcript.c.direction == "out",
        or_(transcript.c.status.in_(("failed", UNKNOWN)), transcript.c.outcome == UNKNOWN),
    )
    .order_by(transcript.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
FAILED = (
    update(transcript)
    .where(transcript.c.id == bindparam("message_id"), is_queued(transcript))
    .values(
        status=bindparam("becomes"),
        error=bindparam("why"),
        retry_at=bindparam("again_at"),
        begun_at=null(),
        attempts=transcript.c.attempts + bindparam("tries", type_=Integer),
        **_kept(_is_over_private),
    )
)


class Outcomes:
    """Fates of messages, as columns of the transcript."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def begin(self, messages: Sequence[TranscriptId], *, at: datetime) -> None:
        """Note that messages are on their way."""
        await self._transaction.write(_BEGIN, [{"message_id": message, "at": at} for message in messages])

    async def doubt_begun(self, channels: Sequence[ChannelName]) -> int:
        """Note of all messages that were on their way that they may have arrived; they stay queued."""
        return len(await self._transaction.fetch(_DOUBT, {"channels": list(channels)})) if channels else 0

    async def mark_unknown(self, message: TranscriptId, *, error: str, retry_at: datetime | None) -> None:
        """Note that a message may have arrived; without `retry_at` that was its last try."""
        becomes = UNKNOWN if retry_at is None else "queued"
        values = {"message_id": message, "becomes": becomes, "why": storable(error), "again_at": retry_at}
        await self._transaction.write(_UNKNOWN, [values])

    async def mark_unreachable(self, message: TranscriptId, *, error: str) -> None:
        """Note a try that its person did not let through."""
        values = {"message_id": message, "becomes": UNREACHABLE, "why": storable(error), "again_at": None, "tries": 1}
        await self._transaction.write(FAILED, [values])

    async def give_up(self, to: Address, *, error: str) -> int:
        """Give up everything queued to `to`, who cannot be reached."""
        await self._contacts.find([to])
        contact = self._contacts.known.get(to)
        if contact is None:
            return 0
        return len(await self._transaction.fetch(_GIVE_UP, {"contact": contact, "why": storable(error)}))

    async def mark_sent(self, sent: Mapping[TranscriptId, str], *, at: datetime) -> None:
        """Note the platform's reference of each message."""
        rows = [{"message_id": id_, "reference": storable(reference), "at": at} for id_, reference in sent.items()]
        await self._transaction.write(_SENT, rows)

    async def mark_failed(
        self, message: TranscriptId, *, error: str, retry_at: datetime | None, is_attempt: bool
    ) -> None:
        """Note a failed try; without `retry_at` it was the last."""
        await self._transaction.write(FAILED, [failure(message, error, retry_at, tries=int(is_attempt))])

    async def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Return what was given up or may not have arrived, the latest first; not what people did not want."""
        return [
            DeadLetter(
                channel=ChannelName(row.channel), status=row.status, said_at=row.occurred_at, error=row.error or ""
            )
            for row in await self._transaction.fetch(_DEAD, {"limit": limit})
        ]


def failure(message: int, error: str, retry_at: datetime | None, *, tries: int) -> dict[str, object]:
    """Values of `FAILED`."""
    becomes = "failed" if retry_at is None else "queued"
    return {"message_id": message, "becomes": becomes, "why": storable(error), "again_at": retry_at, "tries": tries}
