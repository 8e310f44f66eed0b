"""Card: `CardPictures` drawn in a process of its own and kept as files, named by what is on them."""

import asyncio
import hashlib
import json
import logging
import os
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from bot.domain.loyalty.card import CardNumber
from bot.pictures.bounds import DRAW_SECONDS
from bot.pictures.worker import DONE, DRAW
from bot.pictures.workers import WorkerError, Workers
from bot.services.club.pictures import CardFace

logger = logging.getLogger(__name__)

DRAWING = 1
"""Which drawing it is; raise it when cards are to look different, and they are drawn anew."""

MOST_FILES = 2_000
"""Cards kept; those that nobody asked for the longest go first, and are drawn again when asked for."""


class DrawnCardPictures:
    """Keeps drawn cards in `folder`, readable by nobody else: there are names on them."""

    def __init__(self, workers: Workers, folder: Path, *, most_files: int = MOST_FILES) -> None:
        self._workers = workers
        self._folder = folder
        self._most_files = most_files

    async def picture(self, face: CardFace) -> str | None:
        """Return the path of a PNG file of the card; None where it cannot be drawn now, and words must do."""
        path = self._path(face)
        try:
            if not await asyncio.to_thread(_touched, path):
                await asyncio.to_thread(self._keep, path, await self._draw(face))
        except (WorkerError, OSError) as error:
            logger.warning("card.failed reason=%s", type(error).__name__)
            return None
        return str(path)

    async def forget(self, number: CardNumber) -> None:
        """Remove every picture of a card, whatever name and tier it shows: the person is to be erased.

        Raises:
            OSError: one is there and stays.
        """
        await asyncio.to_thread(self._remove, number)

    async def _draw(self, face: CardFace) -> bytes:
        answer = await self._workers.ask(DRAW + _content(face), seconds=DRAW_SECONDS)
        if answer[:1] != DONE:
            raise WorkerError("not drawn")
        return answer[1:]

    def _path(self, face: CardFace) -> Path:
        content = hashlib.sha256(b"%d" % DRAWING + _content(face)).hexdigest()[:32]
        return self._folder / f"{_owner(face.number)}-{content}.png"

    def _remove(self, number: CardNumber) -> None:
        for path in self._folder.glob(f"{_owner(number)}-*"):
            path.unlink(missing_ok=True)

    def _keep(self, path: Path, picture: bytes) -> None:
        """Write `picture` at once or not at all; make room."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_suffix(f".{uuid4().hex}")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(picture)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        kept = sorted(self._folder.glob("*.png"), key=_age)
        for old in kept[: -self._most_files]:
            old.unlink(missing_ok=True)


def _owner(number: CardNumber) -> str:
    return hashlib.sha256(number.encode()).hexdigest()[:16]


def _content(face: CardFace) -> bytes:
    return json.dumps(asdict(face)).encode()


def _touched(path: Path) -> bool:
    """Note that `path` is in use; False where there is none."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # removed meanwhile
        return 0.0
