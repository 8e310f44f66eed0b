"""Fitting: dividing and shortening texts inside a platform's limits, measured as the platform measures."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeAlias

from bot.domain.replies import Mark, MarkKind

Measure: TypeAlias = Callable[[str], int]
"""How long a text is to a platform; the length of a text is the sum of the lengths of its characters."""

ELLIPSIS = "…"

_ZWJ = "\u200d"
_MARKS = {"Mn", "Mc", "Me"}
_CUTS = (
    re.compile(r"(?=\n[^\S\n]*\n)"),  # before an empty line: the end of a paragraph
    re.compile(r"(?=\n)"),
    re.compile(r"[.!?…][»”\"')\]]*(?=\s)"),
    re.compile(r"(?=\s)"),
)
"""Where to cut, best first: at the end of a match, which is where white space begins."""

_LEAST = 3
"""A better place to cut counts as long as it leaves a part of at least one third of the limit."""


def utf16_length(text: str) -> int:
    """Measure as Telegram and VK do: characters beyond the Basic Multilingual Plane, emoji among them, count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_marks(text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Count the start and the length of `marks` in UTF-16 units; what reaches beyond `text` is cut, empty ones go."""
    places = _places(text, utf16_length)
    inside = ((mark, *_span(mark, len(text))) for mark in marks)
    return tuple(
        replace(mark, start=places[start], length=places[end] - places[start])
        for mark, start, end in inside
        if start < end
    )


def shorten(text: str, limit: int, *, measure: Measure = utf16_length) -> str:
    """Cut what is longer than `limit`, an ellipsis in place of the rest; characters of several codes stay whole."""
    if measure(text) <= limit:
        return text
    places = _places(text, measure)
    end = bisect_right(places, limit - measure(ELLIPSIS)) - 1
    return text[: _whole(text, 0, max(end, 0))].rstrip() + ELLIPSIS


def split(
    text: str, marks: Sequence[Mark], *, limit: int, measure: Measure = utf16_length
) -> Sequence[tuple[str, tuple[Mark, ...]]]:
    """Divide `text` into parts of at most `limit`, in order, at least one; each with its share of `marks`.

    Cuts fall at the end of a paragraph, else of a line, a sentence, a word, else anywhere but inside a link or a
    character of several codes, which are cut only when they alone are too long. White space at cuts is dropped.
    """
    if measure(text) <= limit:
        return [(text, tuple(marks))]
    spans = [_stripped(text, start, end) for start, end in _spans(text, marks, limit, measure)]
    spans = [(start, end) for start, end in spans if start < end] or [(0, 0)]
    shares = _shared(marks, spans, len(text))
    return [(text[start:end], tuple(share)) for (start, end), share in zip(spans, shares, strict=True)]


def _places(text: str, measure: Measure) -> list[int]:
    """How long the text is before each of its characters, and in all."""
    lengths = {character: measure(character) for character in set(text)}
    return list(accumulate((lengths[character] for character in text), initial=0))


def _span(mark: Mark, length: int) -> tuple[int, int]:
    return max(mark.start, 0), min(mark.start + mark.length, length)


def _spans(text: str, marks: Sequence[Mark], limit: int, measure: Measure) -> Iterator[tuple[int, int]]:
    places = _places(text, measure)
    is_linked = _linked(text, marks)
    cuts = [[found.end() for found in cut.finditer(text) if not is_linked[found.end()]] for cut in _CUTS]
    start = 0
    while start < len(text):
        end = max(bisect_right(places, places[start] + limit) - 1, start + 1)
        if end < len(text):
            least = bisect_right(places, places[start] + limit // _LEAST)
            end = _best(cuts, least, end) or _last(cuts, start, end) or _anywhere(text, is_linked, start, end)
        yield start, end
        start = end
        while start < len(text) and text[start].isspace():
            start += 1


def _linked(text: str, marks: Sequence[Mark]) -> bytearray:
    """Flag the places that are inside a link."""
    flags = bytearray(len(text) + 1)
    for mark in marks:
        start, end = _span(mark, len(text))
        if mark.kind is MarkKind.LINK and end - start > 1:
            flags[start + 1 : end] = b"\1" * (end - start - 1)
    return flags


def _best(cuts: Sequence[Sequence[int]], least: int, most: int) -> int:
    """Find the last place of the best kind from `least` to `most`; 0 when there is none."""
    for places in cuts:
        found = bisect_right(places, most)
        if found and places[found - 1] >= least:
            return places[found - 1]
    return 0


def _last(cuts: Sequence[Sequence[int]], start: int, most: int) -> int:
    """Find the last place of any kind after `start`; 0 when there is none."""
    return max(_best([places], start + 1, most) for places in cuts)


def _anywhere(text: str, is_linked: bytearray, start: int, end: int) -> int:
    """Find the last place outside of links, else any that splits no character, else the end."""
    outside = next((place for place in range(end, start, -1) if not is_linked[place]), start)
    return next((place for most in (outside, end) if (place := _whole(text, start, most)) > start), end)


def _whole(text: str, start: int, end: int) -> int:
    """Step back from `end` until no character of several codes is split; not beyond `start`."""
    while start < end < len(text) and _is_joined(text, start, end):
        end -= 1
    return end


def _is_joined(text: str, start: int, place: int) -> bool:
    """Whether the codes before and at `place` are shown as one character. Source: Unicode Annex 29, simplified."""
    before, at = text[place - 1], text[place]
    if _is_regional(before) and _is_regional(at):
        first = place
        while first > start and _is_regional(text[first - 1]):
            first -= 1
        return (place - first) % 2 == 1
    return _ZWJ in {before, at} or _extends(at) or before + at == "\r\n"


def _extends(character: str) -> bool:
    """Accents, variation selectors, skin tones, tags of flags, Korean vowels and finals."""
    code = ord(character)
    is_modifier = 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F  # noqa: PLR2004 -- Unicode's own
    return is_modifier or 0x1160 <= code <= 0x11FF or unicodedata.category(character) in _MARKS  # noqa: PLR2004


def _is_regional(character: str) -> bool:
    """Two of them are a flag."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _shared(marks: Sequence[Mark], spans: Sequence[tuple[int, int]], length: int) -> list[list[Mark]]:
    """Cut each mark along the spans and count it from the start of its span."""
    shares: list[list[Mark]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for mark in marks:
        first, last = _span(mark, length)
        number = max(bisect_right(starts, first) - 1, 0)
        while number < len(spans) and spans[number][0] < last:
            start, end = max(spans[number][0], first), min(spans[number][1], last)
            if start < end:
                shares[number].append(replace(mark, start=start - spans[number][0], length=end - start))
            number += 1
    return shares
