"""Frames: messages between us and a process that works on pictures; each is four bytes of length, then the content."""

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">I")
HEAD = _LENGTH.size
"""Bytes before the content."""


def pack(content: bytes) -> bytes:
    """Make a frame."""
    return _LENGTH.pack(len(content)) + content


def length(head: bytes) -> int:
    """Return how long the content is that follows `head`."""
    return int(_LENGTH.unpack(head)[0])


def read_frame(stream: BinaryIO) -> bytes | None:
    """Wait for a frame; None when the stream ended before it was whole."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    content = stream.read(length(head))
    return content if len(content) == length(head) else None
