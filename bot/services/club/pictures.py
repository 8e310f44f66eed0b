"""Pictures: what the club reads from them, and what it draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.domain.loyalty.card import CardNumber, grouped
from bot.domain.receipts.receipt import Receipt
from bot.domain.replies import Phrase


class PictureFault(StrEnum):
    """Why a picture gave no receipt."""

    NO_CODE = "no-code"
    UNCLEAR = "unclear"  # blurred, dark, too small
    FOREIGN_CODE = "foreign-code"  # a code, but no receipt's
    SEVERAL = "several"  # more than one receipt
    NOT_A_PICTURE = "not-a-picture"
    TOO_BIG = "too-big"
    FAILED = "failed"  # it took too long, or broke what looked at it


@dataclass(frozen=True, slots=True)
class CodeRead:
    """The one receipt in a picture; `text` is its code as printed."""

    text: str
    receipt: Receipt


Reading: TypeAlias = CodeRead | PictureFault


class ReceiptPictures(Protocol):
    """Reads receipts from pictures that anybody may have sent."""

    async def read(self, picture: bytes) -> Reading:
        """Find the receipt's code, within seconds. Never raises on what is in `picture`."""
        ...


_NEXT_STEPS: Mapping[PictureFault, Phrase] = {
    PictureFault.NO_CODE: Phrase("receipt-picture-no-code"),
    PictureFault.UNCLEAR: Phrase("receipt-picture-unclear"),
    PictureFault.FOREIGN_CODE: Phrase("receipt-code-foreign"),
    PictureFault.SEVERAL: Phrase("receipt-picture-several"),
    PictureFault.NOT_A_PICTURE: Phrase("receipt-picture-not-one"),
    PictureFault.TOO_BIG: Phrase("receipt-picture-too-big"),
    PictureFault.FAILED: Phrase("receipt-picture-failed"),
}


def next_step(fault: PictureFault) -> Phrase:
    """Say what to do about a picture that gave no receipt."""
    return _NEXT_STEPS[fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """What is drawn on a member's card. `accent` is the colour of the brand, ``#rrggbb``."""

    club: str
    name: str
    tier: str
    number: CardNumber
    accent: str = "#1f3a5f"


class CardPictures(Protocol):
    """Draws cards; each is drawn once."""

    async def picture(self, face: CardFace) -> str | None:
        """Return the path of a PNG file of the card; None where it cannot be drawn now, and words must do."""
        ...

    async def forget(self, number: CardNumber) -> None:
        """Remove every picture of a card, if there are any: the person is to be erased.

        Raises:
            OSError: one is there and stays.
        """
        ...


def described(face: CardFace) -> Phrase:
    """Say what is on a card, for those who cannot see it."""
    values = {"club": face.club, "name": face.name, "number": grouped(face.number)}
    return Phrase("card-described", {**values, "tier": face.tier}) if face.tier else Phrase("card-plain", values)
