"""Markup: HTML of descriptions turned into plain text, in linear time."""

import html
import re

_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_SURPLUS = 8
"""Characters of markup read for one character kept."""


def plain(text: str, limit: int) -> tuple[str, bool]:
    """Strip tags, resolve `&nbsp;` and the like, collapse spaces, cut to `limit`; also tell whether it was cut."""
    raw = text[: limit * _SURPLUS]
    if "<" in raw:
        raw = _TAG.sub(" ", _without_hidden(raw))
    if "&" in raw:
        raw = html.unescape(raw)
    result = raw.strip() if raw.isprintable() and "  " not in raw else " ".join(raw.split())
    return result[:limit].rstrip(), len(result) > limit or len(text) > limit * _SURPLUS


def _without_hidden(raw: str) -> str:
    if "<s" in raw or "<S" in raw:
        raw = _HIDDEN.sub(" ", raw)
    return _COMMENT.sub(" ", raw) if "<!--" in raw else raw


def line(text: str) -> str:
    """Make one line of a short text: entities escaped twice resolved, spaces collapsed."""
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())
