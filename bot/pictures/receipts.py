"""Receipts: `ReceiptPictures` by zxing-cpp, in processes of their own."""

import logging

from bot.domain.errors import InputError
from bot.domain.receipts.code import read_code
from bot.pictures.bounds import MOST_BYTES
from bot.pictures.worker import DONE, READ
from bot.pictures.workers import WorkerError, Workers
from bot.services.club.pictures import CodeRead, PictureFault, Reading

logger = logging.getLogger(__name__)


class ZxingReceiptPictures:
    """Reads the QR codes of receipts. What a process answers is not trusted: it looked at what a stranger sent."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    async def read(self, picture: bytes) -> Reading:
        """Find the receipt's code, within seconds. Never raises on what is in `picture`."""
        if len(picture) > MOST_BYTES:
            return PictureFault.TOO_BIG
        try:
            answer = await self._workers.ask(READ + picture)
            return _reading(answer)
        except (WorkerError, InputError, ValueError) as error:
            logger.warning("picture.failed bytes=%d reason=%s", len(picture), error)
            return PictureFault.FAILED


def _reading(answer: bytes) -> Reading:
    text = answer[1:].decode()
    return CodeRead(text, read_code(text)) if answer[:1] == DONE else PictureFault(text)
