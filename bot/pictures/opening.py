"""Opening: bytes that somebody sent, as grey levels of a bounded size."""

import io
import struct
import warnings
import zlib

from PIL import Image

from bot.pictures.bounds import MOST_BYTES, MOST_PIXELS
from bot.services.club.pictures import PictureFault

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")  # what people send; every further one is a further way in
_WORKING_SIDE = 4_000
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
            grey = _grey(image)
            grey.thumbnail((_WORKING_SIDE, _WORKING_SIDE), Image.Resampling.BOX)
            return grey
    except MemoryError:
        return PictureFault.TOO_BIG
    except _HOSTILE:
        return PictureFault.NOT_A_PICTURE


def _grey(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        solid = image.convert("LA")
        white = Image.new("L", solid.size, 255)
        white.paste(solid.getchannel("L"), mask=solid.getchannel("A"))
        return white
    return image.convert("L")
