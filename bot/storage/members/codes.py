"""One-time codes as rows: of a phone and of a code only keyed hashes."""

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from bot.domain.codes import SentBefore, SentCode
from bot.domain.ids import ContactId
from bot.domain.messages import Address
from bot.storage.contacts import Contacts
from bot.storage.members.tables import phone_codes
from bot.storage.transaction import Transaction
from bot.storage.vault.vault import Vault

_ADD = insert(phone_codes)
_SINCE = phone_codes.c.sent_at > bindparam("since")
_BY = phone_codes.c.contact_id == bindparam("contact")
_TO = phone_codes.c.phone.in_(bindparam("phones", expanding=True))
_TO_PHONE = select(phone_codes.c.sent_at).where(_TO, _SINCE).order_by(phone_codes.c.sent_at)
_BY_ACCOUNT = select(phone_codes.c.sent_at).where(_BY, _SINCE).order_by(phone_codes.c.sent_at)
_ALL = select(func.count().label("codes")).where(_SINCE)
_LATEST = (
    select(
        phone_codes.c.id,
        phone_codes.c.digest,
        phone_codes.c.sent_at,
        phone_codes.c.failures,
        phone_codes.c.is_used,
    )
    .where(_TO, _BY)
    .order_by(phone_codes.c.id.desc())
    .limit(1)
    .with_for_update()
)
_KEEP = (
    update(phone_codes)
    .where(phone_codes.c.id == bindparam("code"))
    .values(failures=bindparam("tries"), is_used=bindparam("used"))
)


class SqlCodeBook:
    """`CodeBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts, vault: Vault) -> None:
        self._transaction = transaction
        self._contacts = contacts
        self._vault = vault

    async def sent_before(self, phone: str, by: Address, *, since: datetime) -> SentBefore:
        """Tell what was sent since then: to the phone, for the address, and at all."""
        contact = await self._contact(by)
        to_phone = await self._transaction.fetch(_TO_PHONE, {"phones": self._phones(phone), "since": since})
        by_account = await self._transaction.fetch(_BY_ACCOUNT, {"contact": contact, "since": since})
        (everybody,) = await self._transaction.fetch(_ALL, {"since": since})
        return SentBefore(
            to_phone=[row.sent_at for row in to_phone],
            by_account=[row.sent_at for row in by_account],
            by_programme=everybody.codes,
        )

    async def add(self, phone: str, code: str, by: Address, *, at: datetime) -> None:
        """Note a code that is being sent."""
        await self._transaction.touch()
        row = {
            "contact_id": await self._contact(by),
            "phone": self._vault.lookup(phone, kind="phone"),
            "digest": self.digest(phone, code),
            "sent_at": at,
        }
        await self._transaction.write(_ADD, row)

    async def latest(self, phone: str, by: Address) -> SentCode | None:
        """Return the code sent last to `phone` for `by`."""
        row = await self._latest(phone, by)
        if row is None:
            return None
        _, sent = row
        return sent

    async def keep(self, phone: str, by: Address, sent: SentCode) -> None:
        """Keep what became of the latest one."""
        await self._transaction.touch()
        row = await self._latest(phone, by)
        if row is not None:
            await self._transaction.write(_KEEP, {"code": row[0], "tries": sent.failures, "used": sent.is_used})

    def digest(self, phone: str, code: str) -> str:
        """Return the keyed hash that a code is known by."""
        return self._vault.lookup(f"{phone}:{code}", kind="code")

    async def _latest(self, phone: str, by: Address) -> tuple[int, SentCode] | None:
        values = {"phones": self._phones(phone), "contact": await self._contact(by)}
        rows = await self._transaction.fetch(_LATEST, values)
        if not rows:
            return None
        (row,) = rows
        return row.id, SentCode(digest=row.digest, sent_at=row.sent_at, failures=row.failures, is_used=row.is_used)

    async def _contact(self, address: Address) -> ContactId:
        await self._contacts.ensure([address])
        return self._contacts.known[address]

    def _phones(self, phone: str) -> list[str]:
        return list(self._vault.lookups(phone, kind="phone"))
