"""Codes that link accounts as rows."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Executable, Row, bindparam, delete, func, insert, select, update

from bot.domain.loyalty.member import MemberId
from bot.domain.loyalty.tiers import Standing
from bot.domain.members.linking import Brought, LinkClaim
from bot.domain.members.profile import ProfileField
from bot.domain.messages import Address
from bot.storage.codec import decode_address
from bot.storage.contacts import Contacts
from bot.storage.members.tables import link_codes
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction
from bot.storage.vault.vault import Vault

_ADD = insert(link_codes)
_VOID = delete(link_codes).where(link_codes.c.member_id == bindparam("member"), link_codes.c.confirmed_at.is_(None))
_CLAIMS = (
    select(
        link_codes.c.id,
        link_codes.c.member_id,
        link_codes.c.made_at,
        link_codes.c.confirmed_at,
        link_codes.c.undone_at,
        link_codes.c.took_in_id,
        link_codes.c.brought,
        contacts.c.channel,
        contacts.c.chat_id,
        contacts.c.user_id,
    )
    .join(contacts, contacts.c.id == link_codes.c.claimed_by_id, isouter=True)
    .with_for_update(of=link_codes)
)
_BY_CODE = _CLAIMS.where(link_codes.c.digest.in_(bindparam("digests", expanding=True)))
_BY_ID = _CLAIMS.where(link_codes.c.id == bindparam("claim"))
_CLAIM = update(link_codes).where(link_codes.c.id == bindparam("claim")).values(claimed_by_id=bindparam("contact"))
_CONFIRM = (
    update(link_codes)
    .where(link_codes.c.id == bindparam("claim"))
    .values(confirmed_at=bindparam("at"), took_in_id=bindparam("member"), brought=bindparam("things"))
)
_UNDO = update(link_codes).where(link_codes.c.id == bindparam("claim")).values(undone_at=bindparam("at"))
_MERGED_AT = select(func.max(link_codes.c.confirmed_at).label("at")).where(
    link_codes.c.member_id == bindparam("member"),
    link_codes.c.took_in_id.is_not(None),
    link_codes.c.undone_at.is_(None),
)


class SqlLinkBook:
    """`LinkBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts, vault: Vault) -> None:
        self._transaction = transaction
        self._contacts = contacts
        self._vault = vault

    async def begin(self, member: MemberId, code: str, *, at: datetime) -> None:
        """Note a code; earlier ones of the member are void."""
        await self._transaction.touch()
        await self._transaction.write(_VOID, {"member": member})
        digest = self._vault.lookup(code, kind="link")
        await self._transaction.write(_ADD, {"member_id": member, "digest": digest, "made_at": at})

    async def claim(self, code: str, by: Address) -> LinkClaim | None:
        """Return the claim of a code, made by `by` if nobody had claimed it; None for a code that is not known."""
        await self._transaction.touch()
        digests = list(self._vault.lookups(code, kind="link"))
        found = await self._one(_BY_CODE, {"digests": digests})
        if found is None or found.by is not None:
            return found
        await self._contacts.ensure([by])
        await self._transaction.write(_CLAIM, {"claim": found.id, "contact": self._contacts.known[by]})
        return await self.get(found.id)

    async def get(self, claim: int) -> LinkClaim | None:
        """Return a claim."""
        return await self._one(_BY_ID, {"claim": claim})

    async def confirm(self, claim: int, *, at: datetime, brought: Brought | None = None) -> None:
        """Note that the member confirmed it, and what came with it."""
        await self._transaction.touch()
        values = {"claim": claim, "at": at, "member": brought.member if brought else None, "things": _written(brought)}
        await self._transaction.write(_CONFIRM, values)

    async def undo(self, claim: int, *, at: datetime) -> None:
        """Note that the member undid it."""
        await self._transaction.touch()
        await self._transaction.write(_UNDO, {"claim": claim, "at": at})

    async def merged_at(self, member: MemberId) -> datetime | None:
        """Return when `member` took another one in last, unless that was undone."""
        await self._transaction.touch()
        rows = await self._transaction.fetch(_MERGED_AT, {"member": member})
        found: datetime | None = rows[0].at
        return found

    async def _one(self, statement: Executable, values: dict[str, object]) -> LinkClaim | None:
        rows = await self._transaction.fetch(statement, values)
        if not rows:
            return None
        (row,) = rows
        return LinkClaim(
            id=row.id,
            member=MemberId(row.member_id),
            by=None if row.channel is None else decode_address(row.channel, row.chat_id, row.user_id),
            made_at=row.made_at,
            confirmed_at=row.confirmed_at,
            undone_at=row.undone_at,
            brought=_read(row),
        )


def _written(brought: Brought | None) -> str:
    if brought is None:
        return ""
    things: dict[str, object] = {"fields": sorted(brought.fields), "belongings": dict(brought.belongings)}
    if brought.standing is not None:
        before = brought.standing
        things["standing"] = [before.tier, before.since.isoformat(), before.until.isoformat()]
    return json.dumps(things)


def _read(row: Row[Any]) -> Brought | None:
    if row.took_in_id is None:
        return None
    things = json.loads(row.brought)
    tier, since, until = things.get("standing") or ("", "", "")
    standing = Standing(tier=tier, since=date.fromisoformat(since), until=date.fromisoformat(until)) if tier else None
    return Brought(
        member=MemberId(row.took_in_id),
        fields=frozenset(ProfileField(field) for field in things["fields"]),
        belongings={name: tuple(numbers) for name, numbers in things["belongings"].items()},
        standing=standing,
    )
