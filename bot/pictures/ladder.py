"""Ladder: what is done to a picture whose code cannot be read as it is, the cheapest first.

Measured on photos made by `tests/bench/receipt_photos.py`: enlarging rescues slight blur, smoothing before sharpening
rescues blur with noise, a flat light rescues shadows; each step rescues some that the others do not.
"""

from collections.abc import Callable, Iterator

from PIL import Image, ImageChops, ImageFilter

_WORKING_PIXELS = 1_500_000
"""About a photo as messengers send it; larger ones are taken smaller, or every step would cost ten times as much."""


def steps(picture: Image.Image) -> Iterator[Image.Image]:
    """Give `picture` as it is, then in other ways; what a step costs is paid when it is taken."""
    yield picture
    smaller = picture
    if picture.width * picture.height > 2 * _WORKING_PIXELS:
        smaller = _scaled(picture, (_WORKING_PIXELS / (picture.width * picture.height)) ** 0.5)
        yield smaller
    for step in _STEPS:
        yield step(smaller)
    if smaller is not picture:
        yield _sharpened(_smoothed(picture, 1.6), radius=3, percent=400)


def _scaled(picture: Image.Image, factor: float) -> Image.Image:
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.BICUBIC)


def _smoothed(picture: Image.Image, sigma: float) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(sigma))


def _sharpened(picture: Image.Image, *, radius: float, percent: int) -> Image.Image:
    return picture.filter(ImageFilter.UnsharpMask(radius, percent, threshold=0))


def _evenly_lit(picture: Image.Image) -> Image.Image:
    """Take the shadows out: what is brightest around a place is taken for white paper."""
    tiny = picture.resize((max(1, picture.width // 16), max(1, picture.height // 16)), Image.Resampling.BOX)
    light = tiny.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2))
    shade = ImageChops.invert(light.resize(picture.size, Image.Resampling.BILINEAR))
    return ImageChops.add(picture, shade)


_STEPS: tuple[Callable[[Image.Image], Image.Image], ...] = (
    lambda picture: _scaled(picture, 2),
    lambda picture: _sharpened(_scaled(_smoothed(picture, 0.8), 2), radius=4, percent=400),
    lambda picture: _sharpened(_scaled(_smoothed(picture, 1.2), 2), radius=4, percent=600),
    lambda picture: _sharpened(_scaled(_evenly_lit(picture), 2), radius=4, percent=300),
    lambda picture: _sharpened(_scaled(picture.filter(ImageFilter.MedianFilter(3)), 2), radius=4, percent=300),
    lambda picture: _scaled(picture, 3),
    lambda picture: _scaled(picture, 0.5),
    lambda picture: _sharpened(_smoothed(_scaled(picture, 2), 3), radius=6, percent=800),
    lambda picture: picture.rotate(45, Image.Resampling.BICUBIC, expand=True, fillcolor=255),
)
