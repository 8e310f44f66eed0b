"""Seal: checksums of a saved folder, by which a damaged file is told from a whole one."""

from pathlib import Path
from zlib import crc32

_SEAL = "seal"
_CHUNK = 1 << 20


def seal(folder: Path) -> None:
    """Write the checksums of all files of `folder`; until then it counts as damaged.

    Raises:
        OSError: it cannot be written.
    """
    beside = folder / f".{_SEAL}"
    beside.write_text(_sums(folder), encoding="utf-8")
    beside.rename(folder / _SEAL)


def check_seal(folder: Path) -> None:
    """Compare the files with their checksums.

    Raises:
        ValueError: a file is damaged, missing or new.
        OSError: a file cannot be read, or nothing was sealed.
    """
    if (folder / _SEAL).read_text(encoding="utf-8") != _sums(folder):
        raise ValueError("a file is damaged")


def _sums(folder: Path) -> str:
    files = sorted(file for file in folder.iterdir() if not file.name.endswith(_SEAL))
    return "".join(f"{file.name} {_sum(file):08x}\n" for file in files)


def _sum(file: Path) -> int:
    total = 0
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            total = crc32(chunk, total)
    return total
