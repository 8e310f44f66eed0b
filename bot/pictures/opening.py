"""Opening: bytes that somebody sent, as grey levels of a bounded size."""

import io
import struct
import warnings
import zlib

from PIL import Image

from bot.pictures.bounds import MOST_BYTES, MOST_PIXELS
from bot.services.club.pictures import PictureFault

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")  # what people send; every further one is a further way in
_WORKING_SIDE = 3_000
"""Pixels; a code that is a tenth of it is read with room to spare."""
_REDUCIBLE = ("L", "RGB", "RGBA", "LA")
_HOSTILE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    struct.error,
    zlib.error,
)
"""What the readers of picture formats raise on files that are broken on purpose."""

Image.MAX_IMAGE_PIXELS = None  # the size is checked here, before a pixel is read


def open_grey(data: bytes) -> Image.Image | PictureFault:
    """Open a picture, the first of several, on white where it is transparent."""
    if len(data) > MOST_BYTES:
        return PictureFault.TOO_BIG
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return PictureFault.TOO_BIG
            image.draft("L", (_WORKING_SIDE, _WORKING_SIDE))  # a JPEG of a big camera is read at half its size
            return _bounded(_grey(_bounded(image)))
    except MemoryError:
        return PictureFault.TOO_BIG
    except _HOSTILE:
        return PictureFault.NOT_A_PICTURE


def _bounded(image: Image.Image) -> Image.Image:
    """Make a large picture smaller before anything costly; one with a palette cannot be, before it is grey."""
    factor = -(-max(image.size) // _WORKING_SIDE)
    return image.reduce(factor) if factor > 1 and image.mode in _REDUCIBLE else image


def _grey(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        solid = image.convert("LA")
        white = Image.new("L", solid.size, 255)
        white.paste(solid.getchannel("L"), mask=solid.getchannel("A"))
        return white
    return image.convert("L")
