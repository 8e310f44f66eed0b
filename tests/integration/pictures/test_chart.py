"""The week of the desk as a picture."""

import io

import pytest
from PIL import Image

from bot.pictures.chart import HEIGHT, WIDTH, Bars, draw_chart

_COLOURS = {(0x3B, 0x6F, 0xB6): "calls", (0x7C, 0xC0, 0x8B): "answers"}


def painted(*days: Bars) -> dict[str, int]:
    """Count the pixels of each kind of bar, the legend's left out."""
    image = Image.open(io.BytesIO(draw_chart(days, ("Обратились", "Ответили"))))
    assert image.size == (WIDTH, HEIGHT)
    below = image.crop((0, 60, WIDTH, HEIGHT)).convert("RGB").getcolors(1 << 20) or []
    return {_COLOURS[colour]: count for count, colour in below if colour in _COLOURS}


def test_twice_as_much_is_twice_as_high() -> None:
    seen = painted(Bars("19.11", (8, 4)))
    assert seen["calls"] / seen["answers"] == pytest.approx(2, rel=0.02)


@pytest.mark.parametrize("days", [(), (Bars("19.11", (0, 0)),), (Bars("19.11", (10**9, 1)),)])
def test_nothing_and_very_much_are_drawn_as_well(days: tuple[Bars, ...]) -> None:
    painted(*days)
