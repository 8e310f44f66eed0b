"""People: who can be written to."""

import json
from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.domain.ids import TranscriptId
from bot.domain.messages import Address
from bot.storage.codec import storable
from bot.storage.columns import RowId
from bot.storage.contacts import Contacts
from bot.storage.event_codec import tells_reachable
from bot.storage.tables import contacts, transcript
from bot.storage.transaction import Transaction

_MARK = (
    update(contacts)
    .where(contacts.c.id == bindparam("contact"))
    .values(unreachable_at=bindparam("since"), unreachable_reason=bindparam("why"))
)
_LOCK = select(contacts.c.id).where(contacts.c.id == bindparam("contact")).with_for_update(key_share=True)
HEARD = select(transcript.c.kind, transcript.c.body).where(
    transcript.c.id > bindparam("after", type_=RowId),
    transcript.c.contact_id == bindparam("contact"),
    transcript.c.direction == "in",
)
_FIND = select(contacts.c.unreachable_at).where(contacts.c.id == bindparam("contact"))

_LINKS = (
    select(transcript.c.body)
    .where(
        transcript.c.contact_id == bindparam("contact"),
        transcript.c.direction == "in",
        transcript.c.kind == "started",
    )
    .order_by(transcript.c.id.desc())
    .limit(5)
)
_NAME = select(contacts.c.display_name).where(contacts.c.id == bindparam("contact"))


class SqlPeople:
    """`People` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def mark_unreachable(
        self, address: Address, *, reason: str, at: datetime, unless_after: TranscriptId
    ) -> bool:
        """Note that a platform does not let us write to `address` any more, unless we know better by now."""
        await self._transaction.touch()
        await self._contacts.ensure([address])
        contact = self._contacts.known[address]
        await self._transaction.fetch(_LOCK, {"contact": contact})  # whoever stores an event of theirs now comes first
        heard = await self._transaction.fetch(HEARD, {"contact": contact, "after": unless_after})
        if any(tells_reachable(row.kind, row.body) for row in heard):
            return False
        await self._transaction.write(_MARK, {"contact": contact, "since": at, "why": storable(reason)})
        return True

    async def name(self, address: Address) -> str:
        """Return what the platform calls somebody, as it said last."""
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        rows = await self._transaction.fetch(_NAME, {"contact": contact}) if contact is not None else []
        return (self._contacts.names.read(rows[0].display_name) or "") if rows else ""

    async def came_by(self, address: Address) -> str:
        """Return what the last link that somebody followed carried; empty where they followed none."""
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        rows = await self._transaction.fetch(_LINKS, {"contact": contact}) if contact is not None else []
        payloads = (json.loads(row.body).get("payload", "") for row in rows)
        return next((payload for payload in payloads if payload), "")

    async def is_reachable(self, address: Address) -> bool:
        """Whether nothing speaks against writing to `address`."""
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        rows = await self._transaction.fetch(_FIND, {"contact": contact}) if contact is not None else []
        return not rows or rows[0].unreachable_at is None
