"""Pictures that people send, and those they should not."""

import io
import struct
import zlib
from random import Random

from PIL import Image

from tests.bench.receipt_photos import code_image, receipt_code, slip


def seeded(seed: int) -> Random:
    """Return chance that repeats itself."""
    return Random(seed)  # noqa: S311 - no secrets


def code(seed: int = 1) -> str:
    """Make up a receipt's code."""
    return receipt_code(seeded(seed))


def of_codes(*texts: str) -> Image.Image:
    """Photograph a slip with these codes, perfectly."""
    return slip([code_image(text, 260 if len(texts) == 1 else 230) for text in texts], seeded(1))


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    """Return the file of `image`."""
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def claimed_png(width: int, height: int, lines: int = 0) -> bytes:
    """Return a PNG that claims a size and has only `lines` of white in it: a few kilobytes of a bomb."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\xff" * width) * lines, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
