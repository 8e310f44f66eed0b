"""Timers as rows."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, func, select

from bot.domain.actions import Action
from bot.domain.messages import Address
from bot.domain.timer import Timer
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.statements import insert_or_update
from bot.storage.tables import contacts, timers
from bot.storage.transaction import Transaction

_SET = insert_or_update(timers, unique=("contact_id", "key"), update=("due_at", "action", "args"))
_DELETE = delete(timers).where(timers.c.contact_id == bindparam("contact"), timers.c.key == bindparam("timer_key"))
DUE = (
    select(
        timers.c.contact_id,
        timers.c.key,
        timers.c.due_at,
        timers.c.action,
        timers.c.args,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
    )
    .join(contacts, contacts.c.id == timers.c.contact_id)
    .where(timers.c.due_at <= bindparam("now"))
    .order_by(timers.c.due_at, timers.c.contact_id, timers.c.key)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(of=timers, skip_locked=True)
)
_NEXT = select(func.min(timers.c.due_at).label("due_at"))


class SqlTimers:
    """`Timers` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def set(self, timer: Timer) -> None:
        """Add it, or move the one of the same key and address."""
        await self._transaction.touch()
        await self._contacts.ensure([timer.address])
        row = {
            "contact_id": self._contacts.known[timer.address],
            "key": storable(timer.key),
            "due_at": timer.due_at,
            "action": storable(timer.action.name),
            "args": json.dumps(timer.action.args),
        }
        await self._transaction.write(_SET, row)

    async def cancel(self, address: Address, key: str) -> None:
        """Remove it if it is there."""
        await self._transaction.touch()
        await self._contacts.find([address])
        contact = self._contacts.known.get(address)
        if contact is not None:
            await self._transaction.write(_DELETE, {"contact": contact, "timer_key": storable(key)})

    async def take_due(self, now: datetime, *, limit: int) -> Sequence[Timer]:
        """Remove and return the timers due at `now`, earliest first."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(DUE, {"now": now, "limit": limit})
        await self._transaction.write(_DELETE, [{"contact": row.contact_id, "timer_key": row.key} for row in rows])
        return [
            Timer(
                key=row.key,
                address=decode_address(row.channel, row.chat_id, row.user_id),
                due_at=row.due_at,
                action=Action(row.action, tuple(json.loads(row.args))),
            )
            for row in rows
        ]

    async def next_due_at(self) -> datetime | None:
        """Tell when the earliest timer is due."""
        await self._transaction.touch()
        due_at: datetime | None = (await self._transaction.fetch(_NEXT, {}))[0].due_at
        return due_at
