"""E-mails: `EmailReader` by email-validator."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from bot.domain.contact_data.email import Email
from bot.domain.errors import InputError
from bot.domain.replies import Phrase

LONGEST_ADDRESS = 254
"""Characters: RFC 5321, 4.5.3.1.3, without the brackets."""


class SyntaxEmailReader:
    """Reads addresses by their form, Cyrillic ones too; asks no name server, so that nobody waits."""

    def read(self, text: str) -> Email:
        """Read a typed address.

        Raises:
            InputError: of the field ``email``.
        """
        typed = text.strip()
        try:
            if len(typed) > LONGEST_ADDRESS:
                raise EmailNotValidError("too long")  # noqa: TRY301 - one refusal for all
            address = validate_email(typed, check_deliverability=False, strict=True).normalized
        except EmailNotValidError:
            raise InputError(Phrase("contact-email-refused"), field="email") from None
        return Email(address=address, key=unicodedata.normalize("NFC", address.casefold()))
