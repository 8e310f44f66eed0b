"""SqlMembershipBooks: what people told, what they agreed to, what is kept of them, in one transaction."""

from bot.domain.messages import Address
from bot.storage.codec import encode_address
from bot.storage.contacts import Contacts
from bot.storage.members.audit import SqlAuditBook
from bot.storage.members.birthdays import SqlBirthdayBook
from bot.storage.members.codes import SqlCodeBook
from bot.storage.members.consents import SqlConsentBook
from bot.storage.members.invitations import SqlInvitationBook
from bot.storage.members.links import SqlLinkBook
from bot.storage.members.notices import SqlNoticeBook
from bot.storage.members.privacy import SqlPrivacyBook
from bot.storage.members.profiles import SqlProfileBook
from bot.storage.transaction import Transaction
from bot.storage.vault.vault import Vault

_ANYWHERE = "draft"


class SqlMembershipBooks:
    """`MembershipBooks` of one unit of work."""

    def __init__(self, transaction: Transaction, contacts: Contacts, vault: Vault) -> None:
        self.profiles = SqlProfileBook(transaction, vault)
        self.consents = SqlConsentBook(transaction, contacts)
        self.codes = SqlCodeBook(transaction, contacts, vault)
        self.privacy = SqlPrivacyBook(transaction, contacts)
        self.links = SqlLinkBook(transaction, contacts, vault)
        self.birthdays = SqlBirthdayBook(transaction, vault)
        self.notices = SqlNoticeBook(transaction)
        self.invitations = SqlInvitationBook(transaction, contacts)
        self.audit = SqlAuditBook(transaction, contacts)
        self._vault = vault

    def pseudonym(self, address: Address) -> str:
        """Return a keyed hash that names whoever writes from `address`, in letters, digits, dots, ``-`` and ``_``."""
        return self._vault.lookup("\n".join(encode_address(address)), kind="address")

    def witness(self, event_id: str) -> str:
        """Return a keyed hash of an event's id."""
        return self._vault.lookup(event_id, kind="event")

    def seal(self, value: str) -> str:
        """Return `value` as it may be stored anywhere."""
        return self._vault.seal(value, place=_ANYWHERE)

    def unseal(self, sealed: str) -> str:
        """Return what was sealed.

        Raises:
            UnsealError: its key is not given any more.
        """
        return self._vault.unseal(sealed, place=_ANYWHERE)
