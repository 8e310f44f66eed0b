"""Chart: pairs of bars for a few days, as a PNG. Small, so it is drawn in a thread."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.pictures.drawing import typeface

WIDTH, HEIGHT = 960, 540
_MARGIN, _FOOT, _HEAD = 60, 60, 70
_INK, _LINE, _PAPER = "#222222", "#dddddd", "#ffffff"
_COLOURS = ("#3b6fb6", "#7cc08b")
_STEPS = 4
_FILLED = 0.7
"""How much of a day's width the bars take."""


@dataclass(frozen=True, slots=True)
class Bars:
    """What a day shows: how it is called, and a value for each thing of the legend."""

    name: str
    values: Sequence[int]


def draw_chart(days: Sequence[Bars], legend: Sequence[str]) -> bytes:
    """Draw `days` from left to right, each with a bar for every thing of `legend`."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    top = _top(max((value for day in days for value in day.values), default=0))
    _draw_scale(draw, top)
    step = (WIDTH - 2 * _MARGIN) / max(len(days), 1)
    for place, day in enumerate(days):
        _draw_day(draw, day, _MARGIN + place * step, step, top)
    x = _MARGIN
    for name, colour in zip(legend, _COLOURS, strict=False):
        draw.rectangle((x, 24, x + 20, 44), fill=colour)
        draw.text((x + 28, 34), name, font=typeface(20), fill=_INK, anchor="lm")
        x += 60 + int(draw.textlength(name, font=typeface(20)))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _draw_scale(draw: ImageDraw.ImageDraw, top: int) -> None:
    for mark in range(_STEPS + 1):
        value = top * mark // _STEPS
        y = _y(value, top)
        draw.line((_MARGIN, y, WIDTH - _MARGIN, y), fill=_LINE)
        draw.text((_MARGIN - 10, y), str(value), font=typeface(18), fill=_INK, anchor="rm")


def _draw_day(draw: ImageDraw.ImageDraw, day: Bars, x: float, step: float, top: int) -> None:
    width = step * _FILLED / max(len(day.values), 1)
    for place, (value, colour) in enumerate(zip(day.values, _COLOURS, strict=False)):
        left = x + step * (1 - _FILLED) / 2 + place * width
        draw.rectangle((left, _y(value, top), left + width - 4, _y(0, top)), fill=colour)
        if value:
            draw.text((left + width / 2 - 2, _y(value, top) - 4), str(value), font=typeface(18), fill=_INK, anchor="mb")
    draw.text((x + step / 2, HEIGHT - _FOOT / 2), day.name, font=typeface(18), fill=_INK, anchor="mm")


def _y(value: int, top: int) -> float:
    return HEIGHT - _FOOT - (HEIGHT - _FOOT - _HEAD) * value / top


def _top(most: int) -> int:
    """The end of the scale: a multiple of its steps, never 0."""
    return max(-(-most // _STEPS), 1) * _STEPS


class PillowCharts:
    """Draws charts in a thread."""

    async def draw(self, days: Sequence[tuple[str, int, int]], legend: tuple[str, str]) -> bytes:
        """Return a PNG: for each day its name and two values."""
        bars = [Bars(name, values) for name, *values in days]
        return await asyncio.to_thread(draw_chart, bars, legend)
