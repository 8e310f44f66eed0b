"""The consent log as rows."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select

from bot.domain.members.consent import ConsentChange, ConsentEvent, ConsentText
from bot.domain.messages import Address
from bot.storage.codec import decode_address, storable
from bot.storage.contacts import Contacts
from bot.storage.members.tables import consent_events, consent_texts
from bot.storage.statements import insert_new
from bot.storage.tables import contacts
from bot.storage.transaction import Transaction

_KEEP = insert_new(consent_texts, unique=("digest",), returning=(consent_texts.c.digest,))
_ADD = insert(consent_events)
_OF = (
    select(consent_events, contacts.c.channel, contacts.c.chat_id, contacts.c.user_id)
    .join(contacts, contacts.c.id == consent_events.c.contact_id)
    .where(consent_events.c.contact_id.in_(bindparam("contacts", expanding=True)))
    .order_by(consent_events.c.id)
)


class SqlConsentBook:
    """`ConsentBook` in a database."""

    def __init__(self, transaction: Transaction, contacts: Contacts) -> None:
        self._transaction = transaction
        self._contacts = contacts

    async def keep_text(self, document: str, version: str, language: str, text: ConsentText) -> None:
        """Keep the words that are being shown, so that it can be told later what was agreed to."""
        await self._transaction.touch()
        row = {
            "digest": text.digest,
            "document": document,
            "version": version,
            "language": language,
            "title": storable(text.title),
            "text": storable(text.text),
        }
        await self._transaction.fetch(_KEEP, [row])

    async def add(self, event: ConsentEvent) -> None:
        """Write a line."""
        await self._transaction.touch()
        await self._contacts.ensure([event.by])
        row = {
            "contact_id": self._contacts.known[event.by],
            "document": event.document,
            "version": event.version,
            "digest": event.digest,
            "language": event.language,
            "change": str(event.change),
            "shown_ref": storable(event.shown_ref),
            "event_id": storable(event.event_id),
            "at": event.at,
        }
        await self._transaction.write(_ADD, row)

    async def of(self, addresses: Sequence[Address]) -> Sequence[ConsentEvent]:
        """Return the lines of somebody, oldest first."""
        await self._contacts.find(addresses)
        known = [self._contacts.known[address] for address in addresses if address in self._contacts.known]
        rows = await self._transaction.fetch(_OF, {"contacts": known}) if known else []
        return [
            ConsentEvent(
                document=row.document,
                version=row.version,
                digest=row.digest,
                language=row.language,
                change=ConsentChange(row.change),
                by=decode_address(row.channel, row.chat_id, row.user_id),
                shown_ref=row.shown_ref,
                event_id=row.event_id,
                at=row.at,
            )
            for row in rows
        ]
