"""From a text with marks to the platform's HTML. Pure."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from bot.domain.replies import Mark, MarkKind

_OPENABLE = re.compile(r"(?:https?|tg)://|(?:mailto|tel):", re.IGNORECASE)
_TAGS = {MarkKind.BOLD: "b", MarkKind.ITALIC: "i"}


def to_html(text: str, marks: Sequence[Mark]) -> str:
    """Write `text` with tags that are closed in the order they were opened, however marks overlap."""
    opened: list[str] = []
    written: list[str] = []
    for start, end, tags in _stretches(text, marks):
        kept = _shared(opened, tags)
        written += [_closing(tag) for tag in reversed(opened[kept:])]
        written += [f"<{tag}>" for tag in tags[kept:]]
        written.append(escape(text[start:end], quote=False))
        opened = tags
    return "".join([*written, *(_closing(tag) for tag in reversed(opened))])


def _stretches(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[str]]]:
    """Divide the text at every beginning and end of a mark; with the tags of each stretch, outermost first."""
    bounded = [(max(mark.start, 0), min(mark.start + mark.length, len(text)), mark) for mark in marks]
    kept = sorted((start, -end, mark) for start, end, mark in bounded if start < end and _is_shown(mark))
    places = sorted({0, len(text), *(start for start, _, _ in kept), *(-end for _, end, _ in kept)})
    for start, end in pairwise(places):
        yield start, end, _tags([mark for first, last, mark in kept if first <= start and end <= -last])


def _tags(marks: Sequence[Mark]) -> list[str]:
    """Links cannot stand inside each other: of several the one that began last counts."""
    links = [f'a href="{escape(mark.url)}"' for mark in marks if mark.kind is MarkKind.LINK]
    kinds = {mark.kind for mark in marks}
    return links[-1:] + [tag for kind, tag in _TAGS.items() if kind in kinds]


def _shared(opened: Sequence[str], tags: Sequence[str]) -> int:
    """How many of the open tags go on."""
    pairs = zip(opened, tags, strict=False)
    return next((number for number, (old, new) in enumerate(pairs) if old != new), min(len(opened), len(tags)))


def _closing(tag: str) -> str:
    return f"</{tag.partition(' ')[0]}>"


def _is_shown(mark: Mark) -> bool:
    return mark.kind is not MarkKind.LINK or bool(_OPENABLE.match(mark.url))
