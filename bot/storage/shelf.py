"""FileShelf: files on their way from one platform to another, in a folder."""

import asyncio
import shutil
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

KEPT_FOR = timedelta(days=2)
"""A message that could not be sent for so long is given up anyway."""


class FileShelf:
    """A `Shelf` in `folder`, readable by nobody else. Every file has a folder of its own, so that it keeps its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes) -> str:
        """Store a file; return its path. What lay there for days is thrown away.

        Raises:
            OSError: the disk is full, or the folder may not be written.
        """
        return await asyncio.to_thread(self._put, name, content)

    def _put(self, name: str, content: bytes) -> str:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._clear()
        place = self._folder / uuid4().hex
        place.mkdir(mode=0o700)
        path = place / (Path(name).name or "file")
        path.write_bytes(content)
        path.chmod(0o600)
        return str(path)

    def _clear(self) -> None:
        oldest = time.time() - KEPT_FOR.total_seconds()
        for place in self._folder.iterdir():
            if place.is_dir() and place.stat().st_mtime < oldest:
                shutil.rmtree(place, ignore_errors=True)
