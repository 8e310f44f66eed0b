"""Contacts: pseudonymous ids of addresses. The identity vault."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from bot.domain.ids import ContactId
from bot.domain.messages import Address, Event, reachability
from bot.storage.codec import decode_address, encode_address, storable
from bot.storage.statements import PerDialect, insert_new
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction
from bot.storage.vault.names import Names


def _find() -> tuple[PerDialect, PerDialect]:
    """Look many addresses up by one parameter: SQLite uses no index for a list of row values.

    The second way lets nobody else change them until the end. In one order, so that two do not wait for each other.
    """
    columns = (
        contacts.c.id,
        *_KEY,
        contacts.c.display_name,
        contacts.c.first_seen_at,
        contacts.c.unreachable_at,
        contacts.c.unreachable_reason,
    )
    for_sqlite = func.json_each(bindparam("addresses", type_=Text)).table_valued("value", joins_implicitly=True)
    parts = [func.json_extract(for_sqlite.c.value, f"$[{number}]") for number in range(3)]
    for_postgresql = func.jsonb_array_elements(cast(bindparam("addresses", type_=Text), JSONB)).table_valued(
        "value", joins_implicitly=True
    )
    texts = [for_postgresql.c.value.op("->>")(number) for number in range(3)]
    sqlite = select(*columns).where(*(column == part for column, part in zip(_KEY, parts, strict=True)))
    postgresql = select(*columns).where(*(column == text for column, text in zip(_KEY, texts, strict=True)))
    locking = postgresql.order_by(contacts.c.id).with_for_update(of=contacts, key_share=True)
    return {"sqlite": sqlite, "postgresql": postgresql}, {"sqlite": sqlite, "postgresql": locking}


_KEY = (contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
FIND, _FIND_AND_LOCK = _find()
_INSERT = insert_new(contacts, unique=("channel", "chat_id", "user_id"), returning=(contacts.c.id, *_KEY))
_UPDATE = update(contacts).where(contacts.c.id == bindparam("contact_id"))


BLOCKED = "blocked"


class Contacts:
    """Ids of the addresses that one unit of work deals with. `known` are the ids it learned so far.

    `names` reads and writes what platforms call people.
    """

    def __init__(self, transaction: Transaction, names: Names) -> None:
        self._transaction = transaction
        self.names = names
        self.known: dict[Address, ContactId] = {}

    def learn(self, address: Address, contact: int) -> None:
        """Note an id that another query brought along."""
        self.known[address] = ContactId(contact)

    async def find(self, addresses: Iterable[Address]) -> None:
        """Learn the ids of those of `addresses` that are stored."""
        await self._fetch([address for address in addresses if address not in self.known])

    async def ensure(self, addresses: Iterable[Address]) -> None:
        """Learn the ids of all `addresses`; those not stored are stored first."""
        unknown = [address for address in dict.fromkeys(addresses) if address not in self.known]
        await self._fetch(unknown)
        await self._insert([_row(address) for address in unknown if address not in self.known])
        await self._fetch([address for address in unknown if address not in self.known])

    async def meet(self, events: Sequence[Event]) -> None:
        """Learn the ids of all who sent `events`; keep their latest names, first times, and who blocked us."""
        met: dict[Address, dict[str, object]] = {}
        told: set[Address] = set()
        for event in events:
            row = met.setdefault(event.sender, _row(event.sender, seen_at=event.at))
            if event.name is not None:
                row["display_name"] = storable(event.name)
            if reachability(event) is not None:
                told.add(event.sender)
                row.update(_standing(event))
        stored = await self._fetch(list(met), by=_FIND_AND_LOCK)
        await self._insert([self._written(row) for address, row in met.items() if address not in self.known])
        await self._fetch([address for address in met if address not in self.known])
        await self._transaction.write(_UPDATE, self._changes(met, stored, told))

    async def _fetch(self, addresses: Sequence[Address], *, by: PerDialect = FIND) -> Mapping[Address, Any]:
        if not addresses:
            return {}
        keys = {address: encode_address(address) for address in addresses}
        rows = await self._transaction.fetch(by, {"addresses": json.dumps(list(set(keys.values())))})
        by_key = {(row.channel, row.chat_id, row.user_id): row for row in rows}
        found = {address: by_key[key] for address, key in keys.items() if key in by_key}
        for address, row in found.items():
            self.learn(address, row.id)
        return found

    async def _insert(self, rows: Sequence[dict[str, object]]) -> None:
        for row in await self._transaction.fetch(_INSERT, rows):
            self.learn(decode_address(row.channel, row.chat_id, row.user_id), row.id)

    def _written(self, row: Mapping[str, object]) -> dict[str, object]:
        name = row["display_name"]
        return {**row, "display_name": self.names.write(name) if isinstance(name, str) and name else None}

    def _changes(
        self, met: Mapping[Address, dict[str, object]], stored: Mapping[Address, Any], told: Collection[Address]
    ) -> list[dict[str, object]]:
        """Pick what is news of those stored before: a name that changed, a first message, blocked or back again.

        A name that is not sealed as it would be now is news as well.
        """
        changes: list[dict[str, object]] = []
        for address, row in stored.items():
            new = met[address]
            standing = new if address in told else row._mapping  # noqa: SLF001 - that is how SQLAlchemy names it
            old = {
                "display_name": self.names.read(row.display_name),
                "first_seen_at": row.first_seen_at,
                "unreachable_at": row.unreachable_at,
                "unreachable_reason": row.unreachable_reason,
            }
            news = {
                "display_name": new["display_name"] or old["display_name"],
                "first_seen_at": row.first_seen_at or new["first_seen_at"],
                "unreachable_at": standing["unreachable_at"],
                "unreachable_reason": standing["unreachable_reason"],
            }
            name = news["display_name"]
            if news != old or (name and not self.names.is_current(row.display_name)):
                kept = {} if name else {"display_name": row.display_name}  # one that cannot be read may be, by its key
                changes.append({"contact_id": row.id, **self._written(news), **kept})
        return changes


def _row(address: Address, *, seen_at: datetime | None = None) -> dict[str, object]:
    channel, chat_id, user_id = encode_address(address)
    return {
        "channel": channel,
        "chat_id": chat_id,
        "user_id": user_id,
        "display_name": None,
        "first_seen_at": seen_at,
        "unreachable_at": None,
        "unreachable_reason": None,
    }


def _standing(event: Event) -> dict[str, object]:
    if reachability(event):
        return {"unreachable_at": None, "unreachable_reason": None}
    return {"unreachable_at": event.at, "unreachable_reason": BLOCKED}
