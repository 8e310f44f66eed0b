"""Photos of receipts, made up: a slip with its code, photographed as badly as asked. Equal seeds, equal photos."""

import io
from dataclasses import dataclass
from random import Random

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

PHOTO_SIZE = (960, 1280)
"""What Telegram makes of a photo that is not sent as a file."""

_PAPER, _INK = 236, 40
_LINES = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How bad a photo is. `side` is the code's in pixels, `tilt` the share of it that perspective moves a corner by,
    `blur` and `noise` are standard deviations in pixels and in grey levels, `shadow` the share of light it takes.
    """

    name: str
    side: int
    blur: float
    noise: float
    quality: int
    tilt: float = 0.0
    turn: float = 8.0
    shadow: float = 0.0


EASY = Level(name="easy", side=260, blur=0.6, noise=5, quality=85)
MEDIUM = Level(name="medium", side=220, blur=1.2, noise=10, quality=70, tilt=0.12, turn=180, shadow=0.5)
BLURRED = Level(name="blurred", side=220, blur=1.6, noise=10, quality=70, tilt=0.12, turn=180, shadow=0.5)
STEEP = Level(name="steep", side=320, blur=2.0, noise=14, quality=70, tilt=0.18, turn=180, shadow=0.5)
HARD = Level(name="hard", side=180, blur=1.6, noise=14, quality=60, tilt=0.12, turn=180, shadow=0.6)


def receipt_code(random: Random) -> str:
    """Make a code up, as tills print it."""
    moment = (
        f"2026{random.randint(1, 12):02}{random.randint(1, 28):02}T{random.randint(8, 22):02}{random.randint(0, 59):02}"
    )
    total = f"{random.randint(1, 99_999)}.{random.randint(0, 99):02}"
    drive = f"99604403{random.randint(0, 99_999_999):08}"
    document, sign = random.randint(1, 999_999), random.randint(10**8, 2**32 - 1)
    return f"t={moment}&s={total}&fn={drive}&i={document}&fp={sign}&n=1"


def code_image(text: str, side: int) -> Image.Image:
    """Draw a code with its quiet zone, about `side` pixels wide."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = Image.fromarray(np.array(barcode.to_image(scale=4)))
    return image.convert("L").resize((side, side), Image.Resampling.LANCZOS)


def slip(codes: list[Image.Image], random: Random) -> Image.Image:
    """Print a slip: lines of goods, then the codes, one under the other or in a grid where they are many."""
    paper = Image.new("L", PHOTO_SIZE, _PAPER)
    draw = ImageDraw.Draw(paper)
    for line in range(_LINES):
        text = f"{random.randint(100, 999)} ITEM {random.randint(10**5, 10**6)} x{random.randint(1, 9)}"
        draw.text((180, 40 + line * 30), text, fill=_INK, font=ImageFont.load_default(24))
        draw.text((640, 40 + line * 30), f"={random.randint(10, 9999)}.00", fill=_INK, font=ImageFont.load_default(24))
    columns = 1 if len(codes) == 1 else 3
    for place, code in enumerate(codes):
        across, down = place % columns, place // columns
        left = (PHOTO_SIZE[0] - code.width) // 2 if columns == 1 else 20 + across * (code.width + 20)
        dark = code.point(lambda value: _INK + value * (_PAPER - _INK) // 255)
        paper.paste(dark, (left, (760 if columns == 1 else 20) + down * (code.height + 20)))
    return paper


def photo(code: str, level: Level, random: Random) -> bytes:
    """Take a JPEG photo of a slip with `code`."""
    image = _tilted(slip([code_image(code, level.side)], random), level, random)
    return _jpeg(_shot(image, level, random), level.quality)


def _tilted(image: Image.Image, level: Level, random: Random) -> Image.Image:
    """Turn and tilt the slip around its code."""
    middle = np.array([PHOTO_SIZE[0] / 2, 760 + level.side / 2])
    half, angle = level.side / 2, np.radians(random.uniform(-level.turn, level.turn))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    moved = corners @ turn.T
    moved += np.array([[random.uniform(-1, 1), random.uniform(-1, 1)] for _ in range(4)]) * level.tilt * level.side
    target = np.array(PHOTO_SIZE) / 2 + np.array([random.uniform(-150, 150), random.uniform(-200, 200)])
    coefficients = _homography(moved + target, corners + middle)
    return image.transform(
        PHOTO_SIZE, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=120
    )


def _homography(source: NDArray[np.float64], target: NDArray[np.float64]) -> list[float]:
    """Return the eight coefficients that lead the corners of `source` to those of `target`."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(values))]


def _shot(image: Image.Image, level: Level, random: Random) -> NDArray[np.uint8]:
    """Let light, lens and sensor do their worst."""
    noise = np.random.default_rng(random.getrandbits(32))
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(level.blur)), dtype=np.float64)
    if level.shadow:
        angle = random.uniform(0, 2 * np.pi)
        down, across = np.mgrid[-1 : 1 : pixels.shape[0] * 1j, -1 : 1 : pixels.shape[1] * 1j]
        edge = across * np.cos(angle) + down * np.sin(angle) + random.uniform(-0.4, 0.4)
        pixels = pixels * (1 - level.shadow / (1 + np.exp(-edge * 6)))
    pixels = pixels + noise.normal(0, level.noise, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def _jpeg(pixels: NDArray[np.uint8], quality: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()
