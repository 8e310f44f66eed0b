"""Jobs as rows."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, insert, select, update

from bot.domain.actions import Action
from bot.domain.job import Job, JobId, TakenJob
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.tables import contacts, jobs
from bot.storage.transaction import Transaction

_ADD = insert(jobs)
WAITING = (
    select(
        jobs.c.id,
        jobs.c.kind,
        jobs.c.args,
        jobs.c.then_action,
        jobs.c.then_args,
        jobs.c.attempts,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
    )
    .join(contacts, contacts.c.id == jobs.c.contact_id)
    .where(jobs.c.due_at <= bindparam("now"))
    .order_by(jobs.c.due_at, jobs.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(of=jobs, skip_locked=True)
)
_OURS = (jobs.c.id == bindparam("job"), jobs.c.attempts == bindparam("attempt"))
_TAKE = (
    update(jobs).where(jobs.c.id == bindparam("job")).values(due_at=bindparam("until"), attempts=jobs.c.attempts + 1)
)
_PUT_OFF = update(jobs).where(*_OURS).values(due_at=bindparam("until"))
_END = delete(jobs).where(*_OURS).returning(jobs.c.id)


class SqlJobBook:
    """`JobBook` in a database. The number of tries tells who has a job: it grows whenever somebody takes it."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def add(self, job: Job, *, at: datetime) -> None:
        """Queue it."""
        await self._transaction.touch()
        await self._contacts.ensure([job.address])
        row = {
            "contact_id": self._contacts.known[job.address],
            "kind": job.kind,
            "args": storable(json.dumps(job.args)),
            "then_action": storable(job.then.name) if job.then else "",
            "then_args": storable(json.dumps(job.then.args if job.then else ())),
            "due_at": at,
        }
        await self._transaction.write(_ADD, row)

    async def take(self, now: datetime, *, until: datetime, limit: int) -> Sequence[TakenJob]:
        """Return jobs that nobody has at `now`, oldest first, and keep them from others `until` then."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(WAITING, {"now": now, "limit": limit})
        await self._transaction.write(_TAKE, [{"job": row.id, "until": until} for row in rows])
        return [
            TakenJob(
                id=JobId(row.id),
                attempts=row.attempts + 1,
                job=Job(
                    kind=row.kind,
                    address=decode_address(row.channel, row.chat_id, row.user_id),
                    then=Action(row.then_action, tuple(json.loads(row.then_args))) if row.then_action else None,
                    args=tuple(json.loads(row.args)),
                ),
            )
            for row in rows
        ]

    async def put_off(self, job: TakenJob, *, until: datetime) -> None:
        """Let a job that was taken wait for its next try."""
        await self._transaction.touch()
        await self._transaction.write(_PUT_OFF, {"job": job.id, "attempt": job.attempts, "until": until})

    async def end(self, job: TakenJob) -> bool:
        """Remove it; False when somebody else has ended it, or has it now."""
        await self._transaction.touch()
        return bool(await self._transaction.fetch(_END, {"job": job.id, "attempt": job.attempts}))
