"""The identity vault as rows: every value sealed, bound to its place, and looked up by a keyed hash."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from bot.domain.loyalty.member import MemberId
from bot.domain.members.profile import UNIQUE_FIELDS, Profile, ProfileField
from bot.storage.codec import storable
from bot.storage.members.tables import profiles
from bot.storage.statements import insert_or_update
from bot.storage.transaction import Transaction
from bot.storage.vault.vault import Vault

_PUT = insert_or_update(profiles, unique=("member_id", "field"), update=("sealed", "lookup"))
_ALL = select(profiles.c.field, profiles.c.sealed).where(profiles.c.member_id == bindparam("member"))
_WHOSE = select(profiles.c.member_id).where(profiles.c.lookup.in_(bindparam("lookups", expanding=True)))
_REMOVE = delete(profiles).where(profiles.c.member_id == bindparam("member"), profiles.c.field == bindparam("name"))
_ERASE = delete(profiles).where(profiles.c.member_id == bindparam("member"))


class SqlProfileBook:
    """`ProfileBook` in a database."""

    def __init__(self, transaction: Transaction, vault: Vault) -> None:
        self._transaction = transaction
        self._vault = vault

    async def put(self, member: MemberId, values: Mapping[ProfileField, str]) -> None:
        """Keep values in the place of those before; an empty one is removed.

        Raises:
            ConflictError: another member has a value that is unique.
        """
        await self._transaction.touch()
        emptied = [{"member": member, "name": str(field)} for field, value in values.items() if not value]
        await self._transaction.write(_REMOVE, emptied)
        kept = [self._row(member, field, value) for field, value in values.items() if value]
        await self._transaction.write(_PUT, kept)

    async def get(self, member: MemberId) -> Profile:
        """Return what is known."""
        rows = await self._transaction.fetch(_ALL, {"member": member})
        return Profile(**{row.field: self._unseal(member, row) for row in rows})

    async def whose(self, field: ProfileField, value: str) -> MemberId | None:
        """Return who has a value of a unique field."""
        lookups = list(self._vault.lookups(_key(field, value), kind=field))
        rows = await self._transaction.fetch(_WHOSE, {"lookups": lookups})
        return MemberId(rows[0].member_id) if rows else None

    async def erase(self, member: MemberId) -> None:
        """Forget everything."""
        await self._transaction.touch()
        await self._transaction.write(_ERASE, {"member": member})

    def _row(self, member: MemberId, field: ProfileField, value: str) -> dict[str, object]:
        is_unique = field in UNIQUE_FIELDS
        return {
            "member_id": member,
            "field": str(field),
            "sealed": self._vault.seal(storable(value), place=_place(member, field)),
            "lookup": self._vault.lookup(_key(field, value), kind=field) if is_unique else None,
        }

    def _unseal(self, member: MemberId, row: Row[Any]) -> str:
        return self._vault.unseal(row.sealed, place=_place(member, ProfileField(row.field)))


def _place(member: MemberId, field: ProfileField) -> str:
    return f"profiles.{member}.{field}"


def _key(field: ProfileField, value: str) -> str:
    """What equal values have in common: e-mail addresses are the same however they are capitalised."""
    return storable(value).casefold() if field is ProfileField.EMAIL else storable(value)
