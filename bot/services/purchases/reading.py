"""Reading: a picture is fetched from its platform and its code read, outside of turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import ChannelName
from bot.domain.job import Job
from bot.domain.purchases.claim import ClaimId, ClaimState, begun
from bot.services.club.pictures import CodeRead, PictureFault, ReceiptPictures
from bot.services.ports import UnitOfWorkFactory

READ = "receipts.read"
"""The job that reads a picture; its results are ``code`` and the code's text, or ``fault`` and a `PictureFault`."""
CODE, FAULT = "code", "fault"


class PictureGoneError(Exception):
    """What was attached cannot be had: it is gone, too big, or it is nothing that can be fetched."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class PictureSource(Protocol):
    """Fetches what people attached."""

    async def fetch(self, channel: ChannelName, reference: str) -> bytes:
        """Return the bytes.

        Raises:
            PictureGoneError: they cannot be had.
            TryLaterError: the platform does not answer now.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReceipt:
    """Does the job: the arguments are the claim and the picture's reference in its channel."""

    uow: UnitOfWorkFactory
    source: PictureSource
    pictures: ReceiptPictures

    async def __call__(self, job: Job) -> Sequence[str]:
        """Return what was read.

        Raises:
            TryLaterError: the platform does not answer now.
        """
        number, reference = job.args
        await self._note_beginning(ClaimId(int(number)))
        try:
            picture = await self.source.fetch(job.address.channel, reference)
        except PictureGoneError as gone:
            return FAULT, str(gone.fault)
        reading = await self.pictures.read(picture)
        return (CODE, reading.text) if isinstance(reading, CodeRead) else (FAULT, str(reading))

    async def _note_beginning(self, number: ClaimId) -> None:
        async with self.uow() as uow:
            claim = await uow.purchases.claims.get(number, is_locked=True)
            if claim is not None and claim.state is ClaimState.SENT:
                await uow.purchases.claims.keep(begun(claim))
                await uow.commit()
