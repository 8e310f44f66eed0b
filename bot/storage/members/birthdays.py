"""Birthdays as rows: keyed hashes of days, so that who celebrates is found and nobody else learns when."""

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, delete, exists, select, update

from bot.domain.loyalty.member import MemberId
from bot.services.club.membership import KnownBirthday
from bot.storage.members.tables import birthdays
from bot.storage.statements import insert_or_update
from bot.storage.transaction import Transaction
from bot.storage.vault.vault import Vault

_KIND = "birthday"
_PUT = insert_or_update(birthdays, unique=("member_id",), update=("day", "known_at", "changes"))
_GET = select(birthdays).where(birthdays.c.member_id == bindparam("member"))
CELEBRATING = (
    select(birthdays)
    .where(birthdays.c.day.in_(bindparam("days", expanding=True)), birthdays.c.member_id > bindparam("after"))
    .order_by(birthdays.c.member_id)
    .limit(bindparam("limit", type_=Integer))
)
_other = birthdays.alias("other")
_HAND_OVER = (
    update(birthdays)
    .where(
        birthdays.c.member_id == bindparam("source"),
        ~exists(select(_other.c.member_id).where(_other.c.member_id == bindparam("target"))),
    )
    .values(member_id=bindparam("target"))
)
_ERASE = delete(birthdays).where(birthdays.c.member_id == bindparam("member"))


class SqlBirthdayBook:
    """`BirthdayBook` in a database."""

    def __init__(self, transaction: Transaction, vault: Vault) -> None:
        self._transaction = transaction
        self._vault = vault

    async def put(self, day: str, known: KnownBirthday) -> None:
        """Note a birthday in the place of the one before."""
        await self._transaction.touch()
        row = {
            "member_id": known.member,
            "day": self._vault.lookup(day, kind=_KIND),
            "known_at": known.known_at,
            "changes": known.changes,
        }
        await self._transaction.write(_PUT, row)

    async def get(self, member: MemberId) -> KnownBirthday | None:
        """Return since when the birthday of a member is known."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_GET, {"member": member})
        return KnownBirthday(member=member, known_at=rows[0].known_at, changes=rows[0].changes) if rows else None

    async def celebrating(self, days: Sequence[str], *, after: MemberId, limit: int) -> Sequence[KnownBirthday]:
        """Return who celebrates on any of `days`, by id, those behind `after`."""
        lookups = [lookup for day in days for lookup in self._vault.lookups(day, kind=_KIND)]
        rows = await self._transaction.fetch(CELEBRATING, {"days": lookups, "after": after, "limit": limit})
        return [
            KnownBirthday(member=MemberId(row.member_id), known_at=row.known_at, changes=row.changes) for row in rows
        ]

    async def hand_over(self, source: MemberId, target: MemberId) -> None:
        """Let `target` have the birthday of `source`, unless they have one."""
        await self._transaction.touch()
        await self._transaction.write(_HAND_OVER, {"source": source, "target": target})
        await self.erase(source)

    async def erase(self, member: MemberId) -> None:
        """Forget it."""
        await self._transaction.touch()
        await self._transaction.write(_ERASE, {"member": member})
