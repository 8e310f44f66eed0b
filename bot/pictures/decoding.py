"""Decoding: the receipt's code in a picture, or why there is none."""

from collections.abc import Callable, Sequence

import zxingcpp
from PIL import Image, ImageFilter

from bot.domain.receipts.code import is_receipt_code, read_code
from bot.pictures.bounds import LADDER_SECONDS
from bot.pictures.ladder import steps
from bot.pictures.opening import open_grey
from bot.services.club.pictures import PictureFault

_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)  # noise is easily taken for a Micro QR code
_SHARP_EDGES = 45
"""Grey levels of the strongest hundredth of edges, noise smoothed away: 50-125 on photos that can be read, 127 on a
sharp slip without a code, 14-32 on photos that are blurred too much."""

_JUDGED_SIDE = 800
_SMALLEST_SIDE = 100
"""Pixels; a code of 41 modules in a picture of less has hardly two for a module."""


def decode(data: bytes, *, ticks: Callable[[], float], seconds: float = LADDER_SECONDS) -> str | PictureFault:
    """Return the one receipt's code in a picture. Gives up after about `seconds` by `ticks`, between two tries."""
    until = ticks() + seconds
    picture = open_grey(data)
    if isinstance(picture, PictureFault):
        return picture
    has_foreign = has_broken = False
    for tried in steps(picture):
        found = zxingcpp.read_barcodes(tried, formats=_FORMATS, return_errors=True)
        texts = [code.text.strip() for code in found if code.valid and is_receipt_code(code.text)]
        if texts:
            return texts[0] if len({read_code(text) for text in texts}) == 1 else PictureFault.SEVERAL
        has_broken |= not has_foreign and any(not code.valid for code in found)  # later steps may break what was whole
        has_foreign |= any(code.valid for code in found)
        if ticks() > until:
            break
    if has_broken or (not has_foreign and _is_unclear(picture)):
        return PictureFault.UNCLEAR
    return PictureFault.FOREIGN_CODE if has_foreign else PictureFault.NO_CODE


def _is_unclear(picture: Image.Image) -> bool:
    if min(picture.size) < _SMALLEST_SIDE:
        return True
    small = picture.copy()
    small.thumbnail((_JUDGED_SIDE, _JUDGED_SIDE))
    edges = small.filter(ImageFilter.GaussianBlur(1)).filter(ImageFilter.FIND_EDGES)
    return _level_of(edges.histogram(), share=0.01) < _SHARP_EDGES


def _level_of(histogram: Sequence[int], *, share: float) -> int:
    """Return the grey level that the strongest `share` of pixels reach."""
    wanted, counted = share * sum(histogram), 0
    for level in range(len(histogram) - 1, 0, -1):
        counted += histogram[level]
        if counted >= wanted:
            return level
    return 0
