"""What is kept of people, to show it to them and to forget it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Text,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from bot.domain.ids import ContactId
from bot.domain.members.erasure import ErasureAct, SaidLine
from bot.domain.messages import Address
from bot.services.club.keeping import Aged
from bot.storage.codec import storable
from bot.storage.contacts import Contacts
from bot.storage.members.tables import erasure_acts, invitees, phone_codes
from bot.storage.tables import contacts, conversations, feedback, jobs, timers, transcript
from bot.storage.transaction import Transaction

ERASED = "erased"
_KEPT = "privacy.forget"
"""The job that is at work."""
_OF: BindParameter[Any] = bindparam("contacts", expanding=True)
_SAID = (
    select(transcript.c.occurred_at, transcript.c.direction, transcript.c.text)
    .where(transcript.c.contact_id.in_(_OF), transcript.c.text != "")
    .order_by(transcript.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_UNSENT = select(func.count().label("rows")).where(
    transcript.c.contact_id.in_(_OF), transcript.c.status.in_(("queued", "waiting"))
)
_BLANK = (
    update(transcript)
    .where(transcript.c.contact_id.in_(_OF))
    .values(
        text="",
        body="{}",
        error=None,
        platform_ref=None,
        update_id=case(
            (transcript.c.update_id.is_(None), None), else_=literal(f"{ERASED}:") + cast(transcript.c.id, Text)
        ),
    )
    .returning(transcript.c.id)
)
PAGE = (
    select(
        transcript.c.id,
        transcript.c.occurred_at,
        transcript.c.status.not_in(("queued", "waiting")).label("is_over"),
        (transcript.c.text != "").label("has_text"),
    )
    .where(transcript.c.id > bindparam("after"))
    .order_by(transcript.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_BLANK_ROWS = update(transcript).where(transcript.c.id == bindparam("row")).values(text="", body="{}")
_REMOVALS = {
    "conversations": delete(conversations).where(conversations.c.contact_id.in_(_OF)),
    "timers": delete(timers).where(timers.c.contact_id.in_(_OF)),
    "jobs": delete(jobs).where(jobs.c.contact_id.in_(_OF), jobs.c.kind != bindparam("kept")),
    "invitations": delete(invitees).where(invitees.c.contact_id.in_(_OF)),
    "codes": delete(phone_codes).where(phone_codes.c.contact_id.in_(_OF)),
}
_COMMENTS = update(feedback).where(feedback.c.contact_id.in_(_OF), feedback.c.comment != "").values(comment="")
_UNKNOWN = (
    update(contacts)
    .where(contacts.c.id.in_(_OF))
    .values(
        chat_id=literal(f"{ERASED}:") + cast(contacts.c.id, Text),
        user_id=literal(f"{ERASED}:") + cast(contacts.c.id, Text),
        display_name=None,
        unreachable_reason=None,
    )
    .returning(contacts.c.id)
)
_ADD_ACT = insert(erasure_acts)
_ACTS = select(erasure_acts).order_by(erasure_acts.c.id)


class SqlPrivacyBook:
    """`PrivacyBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def said(self, addresses: Sequence[Address], *, limit: int) -> Sequence[SaidLine]:
        """Return the latest lines, oldest first."""
        known = await self._ids(addresses)
        rows = await self._transaction.fetch(_SAID, {"contacts": known, "limit": limit}) if known else []
        return [SaidLine(at=row.occurred_at, is_ours=row.direction == "out", text=row.text) for row in reversed(rows)]

    async def is_quiet(self, addresses: Sequence[Address]) -> bool:
        """Whether nothing waits for an answer and nothing is on its way."""
        known = await self._ids(addresses)
        return not known or not (await self._transaction.fetch(_UNSENT, {"contacts": known}))[0].rows

    async def forget(self, addresses: Sequence[Address]) -> Mapping[str, int]:
        """Blank what was said, remove what is remembered, make the addresses nobody's; count the rows."""
        await self._transaction.touch()
        known = await self._ids(addresses)
        if not known:
            return {}
        values: dict[str, object] = {"contacts": known}
        erased = {"messages": len(await self._transaction.fetch(_BLANK, values))}
        for name, statement in _REMOVALS.items():
            await self._transaction.write(statement, {**values, "kept": _KEPT} if name == "jobs" else values)
        await self._transaction.write(_COMMENTS, values)
        erased["addresses"] = len(await self._transaction.fetch(_UNKNOWN, values))
        for address in addresses:
            self._contacts.known.pop(address, None)
        return erased

    async def age(self, before: datetime, *, after: int, limit: int) -> Aged:
        """Blank what was said before then among the `limit` lines behind the row `after`."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(PAGE, {"after": after, "limit": limit})
        old = [row for row in rows if row.occurred_at < before]
        blanked = [{"row": row.id} for row in old if row.is_over and row.has_text]
        await self._transaction.write(_BLANK_ROWS, blanked)
        return Aged(lines=len(blanked), last=rows[-1].id if len(old) == limit else None)

    async def add_act(self, act: ErasureAct) -> None:
        """Write an act down."""
        await self._transaction.touch()
        row = {
            "subject": act.subject,
            "operator": storable(act.operator),
            "reason": storable(act.reason),
            "erased": json.dumps(dict(act.erased)),
            "at": act.at,
            "system": act.system,
            "method": act.method,
            "responsible": act.responsible,
        }
        await self._transaction.write(_ADD_ACT, row)

    async def acts(self) -> Sequence[ErasureAct]:
        """Return all acts, oldest first."""
        return [
            ErasureAct(
                subject=row.subject,
                operator=row.operator,
                reason=row.reason,
                erased=json.loads(row.erased),
                at=row.at,
                system=row.system,
                method=row.method,
                responsible=row.responsible,
            )
            for row in await self._transaction.fetch(_ACTS, {})
        ]

    async def _ids(self, addresses: Sequence[Address]) -> list[ContactId]:
        await self._contacts.find(addresses)
        return [self._contacts.known[address] for address in addresses if address in self._contacts.known]
