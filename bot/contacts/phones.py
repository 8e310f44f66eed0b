"""Phones: `PhoneReader` by Google's libphonenumber."""

from collections.abc import Mapping

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from bot.domain.contact_data.phone import Phone, PhoneKind
from bot.domain.errors import InputError
from bot.domain.replies import Phrase

LONGEST_TYPED = 40
"""Characters; whoever typed more has typed something else."""

_KINDS: Mapping[int, PhoneKind] = {
    PhoneNumberType.MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.FIXED_LINE: PhoneKind.LANDLINE,
    PhoneNumberType.TOLL_FREE: PhoneKind.TOLL_FREE,
}


class LibPhoneReader:
    """Reads numbers of all countries."""

    def read(self, text: str, *, region: str) -> Phone:
        """Read a typed number; `region` (ISO 3166) is meant where no country is given.

        Raises:
            InputError: of the field ``phone``: no valid number, or one with an extension.
        """
        return _phone(text, region)

    def read_shared(self, text: str) -> Phone:
        """Read a number that a platform shares: with its country, with a plus or without.

        Raises:
            InputError: as above.
        """
        return _phone("+" + text.strip().lstrip("+"), None)


def _phone(text: str, region: str | None) -> Phone:
    number = _parsed(text, region)
    if number is None or not phonenumbers.is_valid_number(number):
        raise InputError(Phrase("contact-phone-refused"), field="phone")
    if number.extension:
        raise InputError(Phrase("contact-phone-extension"), field="phone")
    return Phone(
        number=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        region=phonenumbers.region_code_for_number(number) or "",
        kind=_KINDS.get(phonenumbers.number_type(number), PhoneKind.OTHER),
    )


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    if len(text) > LONGEST_TYPED:
        return None
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None
