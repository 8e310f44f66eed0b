"""Contact data: what reads the phones and e-mails that people type."""

from typing import Protocol

from bot.domain.contact_data.email import Email
from bot.domain.contact_data.phone import Phone


class PhoneReader(Protocol):
    """Knows how phones are written in the countries of the world."""

    def read(self, text: str, *, region: str) -> Phone:
        """Read a typed number; `region` (ISO 3166) is meant where no country is given.

        Raises:
            InputError: of the field ``phone``: no valid number, or one with an extension.
        """
        ...

    def read_shared(self, text: str) -> Phone:
        """Read a number that a platform shares: with its country, with a plus or without.

        Raises:
            InputError: as above.
        """
        ...


class EmailReader(Protocol):
    """Knows what an e-mail address may be."""

    def read(self, text: str) -> Email:
        """Read a typed address. Says nothing about whether there is such a box: only a letter does.

        Raises:
            InputError: of the field ``email``.
        """
        ...
