"""Markup: HTML in the texts that `offers` and `reader` take, turned into plain text in linear time."""

import html
import re

_MARKUP = re.compile(
    r"<(?:(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|!--.*?(?:-->|\Z)|/?[A-Za-z!][^<>]*>)", re.IGNORECASE | re.DOTALL
)
"""Scripts and styles with what is in them, comments, tags: in one pass, since most texts have few of them."""

_SURPLUS = 8
"""Characters of markup read for one character kept."""


def plain(text: str, limit: int) -> tuple[str, bool]:
    """Strip tags, resolve `&nbsp;` and the like, collapse spaces, cut to `limit`; also tell whether it was cut."""
    raw = text[: limit * _SURPLUS]
    if "<" in raw:
        raw = _MARKUP.sub(" ", raw)
    if "&" in raw:
        raw = html.unescape(raw)
    result = raw.strip()
    if "  " in result or not result.isprintable():  # a space is the only blank that is printable
        result = " ".join(result.split())
    return result[:limit].rstrip(), len(result) > limit or len(text) > limit * _SURPLUS


def line(text: str) -> str:
    """Make one line of a short text: entities escaped twice resolved, spaces collapsed."""
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())
