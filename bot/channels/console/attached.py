"""What is attached in the console: files of this machine."""

import asyncio
from pathlib import Path

from bot.services.club.pictures import PictureFault
from bot.services.purchases.reading import PictureGoneError

MOST_BYTES = 20_000_000


async def fetch(path: str) -> bytes:
    """Read a file.

    Raises:
        PictureGoneError: it is not there, or too big.
    """
    return await asyncio.to_thread(_read, Path(path))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PictureGoneError(PictureFault.TOO_BIG)
        return path.read_bytes()
    except (OSError, ValueError):
        raise PictureGoneError(PictureFault.FAILED) from None
