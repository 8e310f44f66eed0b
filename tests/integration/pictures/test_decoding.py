"""What is read in pictures, and what is said about those that cannot be."""

from collections.abc import Iterator
from itertools import chain, repeat

import pytest
from PIL import Image, ImageFilter

from bot.pictures.bounds import MOST_BYTES, MOST_PIXELS
from bot.pictures.decoding import decode
from bot.services.club.pictures import PictureFault, next_step
from tests.bench.receipt_photos import BLURRED, EASY, MEDIUM, Level, photo
from tests.integration.pictures.photos import claimed_png, code, of_codes, saved, seeded

PROMO = "https://shop.example/promo"


def look(picture: bytes, ticks: Iterator[float] | None = None) -> str | PictureFault:
    """Decode with a clock that stands still, or with the given times."""
    times = ticks if ticks is not None else repeat(0.0)
    return decode(picture, ticks=lambda: next(times))


@pytest.mark.parametrize("level", [EASY, MEDIUM, BLURRED], ids=lambda level: level.name)
def test_photos_are_read(level: Level) -> None:
    text = code()
    assert look(photo(text, level, seeded(7))) == text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_every_usual_kind_of_picture_is_read(kind: str) -> None:
    assert look(saved(of_codes(code()), kind)) == code()


def test_a_transparent_picture_is_on_white() -> None:
    grey = of_codes(code())
    ink = Image.new("RGBA", grey.size, (0, 0, 0, 0))
    ink.putalpha(grey.point(lambda value: 255 - value))
    assert look(saved(ink)) == code()


def test_a_big_photo_is_read() -> None:
    big = of_codes(code()).resize((3000, 4000)).filter(ImageFilter.GaussianBlur(6))
    assert look(saved(big, "JPEG")) == code()


def test_a_receipt_is_found_beside_an_advertisement() -> None:
    assert look(saved(of_codes(PROMO, code()))) == code()


def test_one_receipt_in_two_codes_is_one() -> None:
    assert look(saved(of_codes(code(), f"https://ofd.example/?{code()}"))) in {code(), f"https://ofd.example/?{code()}"}


@pytest.mark.parametrize("count", [2, 10])
def test_several_receipts_are_told_from_one(count: int) -> None:
    assert look(saved(of_codes(*(code(seed) for seed in range(count))))) == PictureFault.SEVERAL


@pytest.mark.parametrize("count", [1, 10])
def test_codes_that_are_no_receipts_are_called_so(count: int) -> None:
    assert look(saved(of_codes(*(f"{PROMO}/{number}" for number in range(count))))) == PictureFault.FOREIGN_CODE


def test_a_sharp_picture_without_a_code_is_told_from_a_blurred_one() -> None:
    empty = of_codes()
    assert look(saved(empty)) == PictureFault.NO_CODE
    assert look(saved(empty.filter(ImageFilter.GaussianBlur(6)))) == PictureFault.UNCLEAR


def test_a_code_that_is_too_blurred_is_called_so() -> None:
    assert look(saved(of_codes(code()).filter(ImageFilter.GaussianBlur(7)))) == PictureFault.UNCLEAR


def test_a_tiny_picture_is_unclear() -> None:
    assert look(saved(of_codes(code()).resize((60, 80)))) == PictureFault.UNCLEAR


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        saved(Image.new("L", (300, 300), 255), "JPEG")[:200],
        saved(Image.new("L", (300, 300), 255), "PNG")[:60],
        b"GIF89a" + b"\xff" * 100,
        b"BM" + b"\x00" * 60,
        b"II*\x00" + b"\xff" * 64,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_no_whole_picture_is_called_so(data: bytes) -> None:
    assert look(data) == PictureFault.NOT_A_PICTURE


def test_broken_files_never_raise() -> None:
    random = seeded(5)
    whole = [saved(of_codes(code()).resize((240, 320)), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP")]
    for _ in range(120):
        broken = bytearray(random.choice(whole))
        for _ in range(random.randint(1, 12)):
            broken[random.randrange(min(len(broken), random.choice((64, len(broken)))))] = random.randrange(256)
        assert isinstance(look(bytes(broken), chain([0.0], repeat(10.0))), str)


def test_a_picture_that_claims_too_many_pixels_is_not_opened() -> None:
    assert look(claimed_png(MOST_PIXELS // 1_000 + 1, 1_000)) == PictureFault.TOO_BIG


def test_a_file_that_is_too_long_is_not_opened() -> None:
    assert look(bytes(MOST_BYTES + 1)) == PictureFault.TOO_BIG


def test_the_ladder_is_left_when_the_time_is_over() -> None:
    rungs = iter([0.0, 0.5, 5.0])
    assert look(saved(of_codes()), rungs) == PictureFault.NO_CODE
    assert next(rungs, None) is None


def test_every_fault_has_its_own_next_step() -> None:
    assert len({next_step(fault).key for fault in PictureFault}) == len(PictureFault)
