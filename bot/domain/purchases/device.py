"""Device: something of the brand's with a serial number, whose it is and how long it is under warranty."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.errors import InputError
from bot.domain.loyalty.member import MemberId
from bot.domain.loyalty.period import Period
from bot.domain.replies import Phrase

DeviceId = NewType("DeviceId", int)
DisputeId = NewType("DisputeId", int)

_SERIAL = re.compile(r"[A-Z0-9][A-Z0-9/-]{3,39}", re.ASCII)
_DIGITS_NEEDED = 2
LOOKALIKES = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
"""Russian letters that look like the Latin ones that are printed on the plate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A registered device. `offer` is the product's id in the catalogue, empty where nobody knows it.

    `warranty_until` is the last day of the warranty; `source` is the purchase that proves it.
    """

    id: DeviceId
    serial: str
    member: MemberId
    offer: str
    name: str
    bought_on: date
    warranty_until: date
    source: str
    registered_at: datetime


class DisputeState(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"
    GRANTED = "granted"  # the device went to who asked for it
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A second member says that a registered device is theirs."""

    id: DisputeId
    device: DeviceId
    member: MemberId
    source: str
    bought_on: date
    state: DisputeState
    opened_at: datetime


def read_serial(text: str) -> str:
    """Read a serial number as it stands on the plate: capitals, Latin letters, no spaces.

    Raises:
        InputError: of the field ``serial``.
    """
    tidy = re.sub(r"\s+", "", text).upper().removeprefix("S/N").removeprefix("SN:").lstrip(":#№").translate(LOOKALIKES)
    is_serial = _SERIAL.fullmatch(tidy) is not None and sum(letter.isdigit() for letter in tidy) >= _DIGITS_NEEDED
    if not is_serial:
        raise InputError(Phrase("device-serial-refused"), field="serial")
    return tidy


def warranty_end(bought_on: date, warranty: Period) -> date:
    """Tell the last day of the warranty."""
    return warranty.after(bought_on)


def masked_serial(serial: str) -> str:
    """Show the end of it only."""
    shown = 4
    return f"…{serial[-shown:]}"
