"""Archives: plain, gzip and zip files opened as capped streams of bytes; nothing is written to disk."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from bot.domain.errors import PackError
from bot.domain.problems import error

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MOST_MEMBERS = 1000
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_OF_DIRECTORY_SIZE = 22
_LOCATOR_OF_ZIP64 = b"PK\x06\x07"
_LONGEST_COMMENT = 65_535
_BROKEN = (OSError, zlib.error, zipfile.BadZipFile, RuntimeError, ValueError, EOFError)
"""What a damaged file makes its reader raise: `zipfile` meets an unknown compression with a RuntimeError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackLimits:
    """What a file may unpack to, in bytes; a file of more than `free_bytes` may grow `max_ratio` times at most."""

    max_bytes: int = 1 << 30
    max_ratio: int = 200
    free_bytes: int = 10_000_000


USUAL_LIMITS = UnpackLimits()


class Readable(Protocol):
    """Whatever gives bytes."""

    def read(self, size: int, /) -> bytes: ...


class Source(Protocol):
    """One XML text to read; `label` is what people see in problems."""

    label: str

    def read(self, size: int) -> bytes: ...
    def position(self) -> tuple[int, int]: ...


class Budget:
    """Bytes that one file may still unpack to, over all its members."""

    def __init__(self, packed_bytes: int, limits: UnpackLimits, label: str) -> None:
        self._packed_bytes = packed_bytes
        self._limits = limits
        self._label = label
        self._spent = 0

    def spend(self, count: int) -> None:
        """Account for `count` bytes unpacked.

        Raises:
            PackError: the file unpacks to more than the limits allow.
        """
        self._spent += count
        limits = self._limits
        if self._spent > limits.max_bytes:
            raise refusal("too-large", f"more than {limits.max_bytes} bytes; reading stopped", self._label)
        if self._spent > limits.free_bytes and self._spent > self._packed_bytes * limits.max_ratio:
            raise refusal("zip-bomb", f"unpacks to more than {limits.max_ratio} times its size; refused", self._label)


class CappedStream:
    """A stream of one member. An archive that ends too early reads as a file that ends there."""

    def __init__(self, stream: Readable, *, label: str, budget: Budget, raw: IO[bytes], total: int) -> None:
        self.label = label
        self._stream = stream
        self._budget = budget
        self._raw = raw
        self._total = total

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes, empty at the end.

        Raises:
            PackError: the archive is broken, or unpacks to too much.
        """
        try:
            piece = self._stream.read(size)
        except EOFError:
            return b""
        except _BROKEN as fault:
            raise refusal("broken-archive", "the archive is broken; pack or upload it again", self.label) from fault
        self._budget.spend(len(piece))
        return piece

    def position(self) -> tuple[int, int]:
        """Return how much of the file on disk was read, and its size, in bytes."""
        return self._raw.tell(), self._total


def refusal(kind: str, text: str, label: str) -> PackError:
    """Make the error that says why a file is not read."""
    return PackError(f"{label}: {text}", [error(kind, text, file=label)])


@contextmanager
def opened(path: Path, *, label: str, limits: UnpackLimits = USUAL_LIMITS) -> Iterator[Iterator[Source]]:
    """Open a file by its content, whatever its name, as one source or, for a zip, one per .xml or .yml member.

    The sources are to be read one after another, inside the context.

    Raises:
        PackError: (also while iterating) unreadable, encrypted, nested, or a zip without a feed.
    """
    try:
        raw = path.open("rb")
    except OSError as fault:
        raise refusal("no-file", f"cannot be opened ({fault.strerror}); check its path and rights", label) from fault
    with raw:
        total = path.stat().st_size
        yield _sources(raw, label, Budget(total, limits, label), total)


def _sources(raw: IO[bytes], label: str, budget: Budget, total: int) -> Iterator[Source]:
    magic = raw.read(4)
    raw.seek(0)
    if magic.startswith(_ZIP):
        yield from _members(raw, label, budget, total)
    elif magic.startswith(_GZIP):
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield _unnested(CappedStream(unpacked, label=label, budget=budget, raw=raw, total=total))
    else:
        yield CappedStream(raw, label=label, budget=budget, raw=raw, total=total)


def _members(raw: IO[bytes], label: str, budget: Budget, total: int) -> Iterator[Source]:
    _check_directory(raw, label, total)
    try:
        archive = zipfile.ZipFile(raw)
    except _BROKEN as fault:
        raise refusal("broken-archive", "the zip is broken; pack or upload it again", label) from fault
    with archive:
        feeds = [member for member in archive.infolist() if _is_feed(member.filename)]
        if not feeds:
            raise refusal("not-a-feed", "the zip has no .xml or .yml file", label)
        for member in feeds:
            name = f"{label}/{_printable(member.filename)}"
            with _open_member(archive, member, name) as stream:
                yield _unnested(CappedStream(stream, label=name, budget=budget, raw=raw, total=total))


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> IO[bytes]:
    if member.flag_bits & 1:
        raise refusal("encrypted-archive", "is encrypted; pack it without a password", name)
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise refusal("broken-archive", "is packed by a rare method; use ordinary zip", name)
    try:
        return archive.open(member)
    except _BROKEN as fault:
        raise refusal("broken-archive", "the zip is broken; pack or upload it again", name) from fault


def _check_directory(raw: IO[bytes], label: str, total: int) -> None:
    """Refuse a zip with a vast directory before `zipfile` reads all of it into memory."""
    tail_size = min(total, _LONGEST_COMMENT + _END_OF_DIRECTORY_SIZE + 20)
    raw.seek(total - tail_size)
    tail = raw.read(tail_size)
    raw.seek(0)
    end = tail.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(tail) < end + _END_OF_DIRECTORY_SIZE:
        raise refusal("broken-archive", "the zip is cut or broken; pack or upload it again", label)
    members = int.from_bytes(tail[end + 10 : end + 12], "little")
    directory_bytes = int.from_bytes(tail[end + 12 : end + 16], "little")
    if members > _MOST_MEMBERS or directory_bytes > _MOST_MEMBERS * 1024 or _LOCATOR_OF_ZIP64 in tail:
        raise refusal("too-large", f"the zip has more than {_MOST_MEMBERS} files or is a zip64; refused", label)


def _is_feed(name: str) -> bool:
    return name.lower().endswith((".xml", ".yml")) and not name.startswith("__MACOSX/")


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)[:100]


class _Unread:
    """A stream whose first bytes were looked at and put back."""

    def __init__(self, stream: CappedStream, first: bytes) -> None:
        self.label = stream.label
        self._stream = stream
        self._first = first

    def read(self, size: int) -> bytes:
        first, self._first = self._first, b""
        return first or self._stream.read(size)

    def position(self) -> tuple[int, int]:
        return self._stream.position()


def _unnested(stream: CappedStream) -> Source:
    first = stream.read(4096)
    if first.startswith((_GZIP, *_ZIP)):
        raise refusal("nested-archive", "an archive inside an archive; pack the feed once", stream.label)
    return _Unread(stream, first)
