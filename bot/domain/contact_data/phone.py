"""Phone: a number in the world's form, and which of them can be confirmed by a code."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import InputError
from bot.domain.replies import Phrase

_SHOWN_START, _SHOWN_END = 4, 2
_STAR = "*"
_SEVEN = re.compile(r"\+7[0-9]{10}")


class PhoneKind(StrEnum):
    """What a number is for."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    TOLL_FREE = "toll-free"
    OTHER = "other"  # paid lines, pagers, voice over the internet


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A valid number: E.164 with its plus. `region` is ISO 3166 (+7 is Russia and Kazakhstan)."""

    number: str
    region: str
    kind: PhoneKind


def demand_takes_codes(phone: Phone, *, regions: Collection[str]) -> None:
    """Let pass a number that a code can be sent to; `regions` are those we send to.

    Raises:
        InputError: of the field ``phone``.
    """
    if phone.region not in regions:
        raise InputError(Phrase("contact-phone-abroad"), field="phone")
    match phone.kind:
        case PhoneKind.MOBILE:
            return
        case PhoneKind.LANDLINE:
            raise InputError(Phrase("contact-phone-landline"), field="phone")
        case PhoneKind.TOLL_FREE | PhoneKind.OTHER:
            raise InputError(Phrase("contact-phone-not-own"), field="phone")


def masked_phone(number: str) -> str:
    """Hide the middle of an E.164 number: ``+7 912 ***-**-89``; enough to know one's own by."""
    if _SEVEN.fullmatch(number):
        return f"+7 {number[2:5]} ***-**-{number[-_SHOWN_END:]}"
    hidden = len(number) - _SHOWN_START - _SHOWN_END
    if hidden < _SHOWN_END:
        return _STAR * len(number)
    return number[:_SHOWN_START] + _STAR * hidden + number[-_SHOWN_END:]
