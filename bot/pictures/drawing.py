"""Drawing: a member's card as a picture, of the shape of a bank card."""

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import zxingcpp
from PIL import Image, ImageColor, ImageDraw, ImageFont

from bot.domain.loyalty.card import grouped
from bot.services.club.pictures import CardFace

SIZE = (1012, 638)
"""85.6 mm by 54 mm (ISO/IEC 7810 ID-1) at 300 dots an inch."""

_FONTS = files("bot.pictures") / "fonts"
_MARGIN, _BAND, _QR_SIDE = 56, 268, 320
_BARS = (16, 330, 640, 170)  # left, top, width, height
_SMALLEST = 26
_LIGHT = 140  # of 255: on lighter colours letters are dark
_INK, _PAPER = (24, 24, 28), (255, 255, 255)
_ELLIPSIS = "…"


def draw_card(face: CardFace) -> bytes:
    """Return the PNG file of a card."""
    card = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(card)
    accent = ImageColor.getrgb(face.accent)
    ink = _INK if _lightness(accent) > _LIGHT else _PAPER
    draw.rectangle((0, 0, SIZE[0], _BAND), fill=accent)
    width = SIZE[0] - 2 * _MARGIN
    _write(draw, face.club, at=(_MARGIN, 44), width=width, size=46, weight="Bold", ink=ink)
    _write(draw, face.name, at=(_MARGIN, 128), width=width, size=60, weight="Bold", ink=ink)
    _write(draw, face.tier, at=(_MARGIN, 208), width=width, size=36, weight="Regular", ink=ink)
    left, top, bars_width, height = _BARS
    card.paste(_bars(face.number, bars_width, height), (left, top))
    card.paste(_qr(face.number), (SIZE[0] - _MARGIN - _QR_SIDE, _BAND + (SIZE[1] - _BAND - _QR_SIDE) // 2))
    _write(
        draw,
        grouped(face.number),
        at=(_MARGIN, top + height + 22),
        width=bars_width,
        size=50,
        weight="Regular",
        ink=_INK,
    )
    file = io.BytesIO()
    card.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    *,
    at: tuple[int, int],
    width: int,
    size: int,
    weight: str,
    ink: tuple[int, ...],
) -> None:
    """Write one line; one that is too long is written smaller, then cut."""
    while size > _SMALLEST and typeface(size, weight).getlength(text) > width:
        size -= 2
    font = typeface(size, weight)
    if font.getlength(text) > width:
        while text and font.getlength(text + _ELLIPSIS) > width:
            text = text[:-1]
        text = text.rstrip() + _ELLIPSIS
    draw.text(at, text, fill=ink, font=font, anchor="lt")


@cache
def typeface(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Return letters of a size in pixels, Latin and Cyrillic."""
    return ImageFont.truetype(io.BytesIO((_FONTS / f"Roboto-{weight}.ttf").read_bytes()), size)


def _lightness(colour: Sequence[int]) -> float:
    red, green, blue = colour[:3]
    return 0.299 * red + 0.587 * green + 0.114 * blue  # ITU-R BT.601


def _bars(number: str, width: int, height: int) -> Image.Image:
    """Draw Code 128: tills read it, and digits take half the room there."""
    bars = _drawn(number, zxingcpp.BarcodeFormat.Code128)
    line = bars.crop((0, 0, bars.width, 1))
    scale = width // line.width
    return line.resize((line.width * scale, height), Image.Resampling.NEAREST)


def _qr(number: str) -> Image.Image:
    code = _drawn(number, zxingcpp.BarcodeFormat.QRCode)
    scale = _QR_SIDE // code.width
    return code.resize((code.width * scale, code.width * scale), Image.Resampling.NEAREST)


def _drawn(number: str, kind: zxingcpp.BarcodeFormat) -> Image.Image:
    return Image.fromarray(zxingcpp.create_barcode(number, kind).to_image(scale=1, add_quiet_zones=True))
