"""What the staff looked at and did, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, insert, select, update

from bot.domain.audit import AdjustmentId, AskedAdjustment, AuditAction, AuditLine
from bot.domain.loyalty.member import MemberId
from bot.domain.messages import Address
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.members.tables import asked_adjustments, audit_log
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_ADD = insert(audit_log)
_LINES = (
    select(audit_log, contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
    .join(contacts, contacts.c.id == audit_log.c.by_id)
    .order_by(audit_log.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_LINES_OF = _LINES.where(audit_log.c.member_id == bindparam("member"))
_ASK = insert(asked_adjustments).returning(asked_adjustments.c.id)
_by, _decider = contacts.alias("by"), contacts.alias("decider")
_ASKED = (
    select(
        asked_adjustments,
        *(
            side.c[part].label(f"{side.name}_{part}")
            for side in (_by, _decider)
            for part in ("channel", "chat_id", "user_id")
        ),
    )
    .join(_by, _by.c.id == asked_adjustments.c.asked_by)
    .outerjoin(_decider, _decider.c.id == asked_adjustments.c.decided_by)
    .where(asked_adjustments.c.id == bindparam("adjustment"))
    .with_for_update(of=asked_adjustments)
)
_DECIDE = (
    update(asked_adjustments)
    .where(asked_adjustments.c.id == bindparam("adjustment"), asked_adjustments.c.decided_by.is_(None))
    .values(decided_by=bindparam("who"), decided_at=bindparam("when"))
    .returning(asked_adjustments.c.id)
)


class SqlAuditBook:
    """`AuditBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, line: AuditLine) -> None:
        """Write a line."""
        row = {
            "at": line.at,
            "by_id": await self._contact(line.by),
            "action": str(line.action),
            "member_id": line.member,
            "note": storable(line.note),
        }
        await self._transaction.write(_ADD, [row])

    async def lines(self, *, member: MemberId | None = None, limit: int) -> Sequence[AuditLine]:
        """Return the latest lines, oldest first."""
        statement = _LINES if member is None else _LINES_OF
        rows = await self._transaction.fetch(statement, {"member": member, "limit": limit})
        return [_line(row) for row in reversed(rows)]

    async def ask(self, adjustment: AskedAdjustment) -> AdjustmentId:
        """Keep what waits for a second person."""
        row = {
            "member_id": adjustment.member,
            "points": adjustment.points,
            "reason": storable(adjustment.reason),
            "asked_by": await self._contact(adjustment.asked_by),
            "asked_at": adjustment.asked_at,
        }
        return AdjustmentId((await self._transaction.fetch(_ASK, [row]))[0].id)

    async def asked(self, adjustment: AdjustmentId) -> AskedAdjustment | None:
        """Return one, locked until the commit."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_ASKED, {"adjustment": adjustment})
        return _asked(rows[0]) if rows else None

    async def decide(self, adjustment: AdjustmentId, *, by: Address, at: datetime) -> bool:
        """Note who decided; False when somebody had."""
        values = {"adjustment": adjustment, "who": await self._contact(by), "when": at}
        return bool(await self._transaction.fetch(_DECIDE, values))

    async def _contact(self, address: Address) -> int:
        await self._transaction.touch()
        await self._contacts.ensure([address])
        return self._contacts.known[address]


def _line(row: Any) -> AuditLine:
    return AuditLine(
        at=row.at,
        by=decode_address(row.channel, row.chat_id, row.user_id),
        action=AuditAction(row.action),
        member=None if row.member_id is None else MemberId(row.member_id),
        note=row.note,
    )


def _asked(row: Any) -> AskedAdjustment:
    is_decided = row.decided_by is not None
    return AskedAdjustment(
        id=AdjustmentId(row.id),
        member=MemberId(row.member_id),
        points=row.points,
        reason=row.reason,
        asked_by=decode_address(row.by_channel, row.by_chat_id, row.by_user_id),
        asked_at=row.asked_at,
        decided_by=decode_address(row.decider_channel, row.decider_chat_id, row.decider_user_id)
        if is_decided
        else None,
    )
