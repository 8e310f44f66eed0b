"""Message entities: lengths in UTF-16 units, what the server finds by itself, limits of texts."""

import re
from collections.abc import Iterator, Sequence

from tests.fakes.telegram.html_text import parse_html
from tests.fakes.telegram.shapes import ApiError, Json, bad_request, violation
from tests.fakes.telegram.utf16 import utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
SPACE = " \t\r\n"

FOUND: Sequence[tuple[str, re.Pattern[str]]] = (
    ("url", re.compile(r"(?<!\w)(?:https?://|t\.me/)[^\s<>\"]*[^\s<>\".,;:!?)»]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[a-zA-Z]{2,}")),
    ("bot_command", re.compile(r"(?<![\w/<>@.])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@.])@[a-zA-Z0-9_]{3,32}\b")),
    ("hashtag", re.compile(r"(?<![\w#/])#\w*[^\W\d]\w*")),
)


def find_entities(text: str, known: Sequence[Json] = ()) -> list[Json]:
    """Add commands, mentions, links, addresses and hashtags to the known entities; ordered by offset."""
    entities = list(known)
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]
    for entity in _candidates(text):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if all(end <= left or start >= right for left, right in taken):
            entities.append(entity)
            taken.append((start, end))
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _candidates(text: str) -> Iterator[Json]:
    for kind, pattern in FOUND:
        for found in pattern.finditer(text):
            yield {"type": kind, "offset": utf16_length(text[: found.start()]), "length": utf16_length(found[0])}


def formatted(text: str, *, parse_mode: str = "", entities: Sequence[Json] = ()) -> tuple[str, list[Json]]:
    """Parse a text of the bot, trim it, and find what the server finds.

    Raises: ApiError when the markup cannot be parsed or an entity lies outside the text.
    """
    if parse_mode and parse_mode.lower() != "html":
        raise ApiError(400, f"Bad Request: parse_mode {parse_mode} is not implemented in the fake", is_violation=True)
    parsed, found = parse_html(text) if parse_mode else (text, _checked(text, entities))
    trimmed, known = _trim(parsed, found)
    return trimmed, find_entities(trimmed, known)


def _checked(text: str, entities: Sequence[Json]) -> list[Json]:
    size = utf16_length(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > size:
            raise violation(f"entity {entity['type']} begins or ends outside of the text")
    return [dict(entity) for entity in entities]


def _trim(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    cut = utf16_length(text) - utf16_length(text.lstrip(SPACE))
    trimmed = text.strip(SPACE)
    size = utf16_length(trimmed)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return trimmed, kept


def check_text(text: str) -> None:
    """Refuse an empty or too long text.

    Raises: ApiError
    """
    if not text:
        raise violation("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise violation("message is too long")


def check_caption(text: str) -> None:
    """Refuse a too long caption.

    Raises: ApiError
    """
    if utf16_length(text) > CAPTION_LIMIT:
        raise violation("message caption is too long")


def check_quote(quote: str, original: str) -> None:
    """Refuse a quote that is not in the quoted text.

    Raises: ApiError
    """
    if quote and quote not in original:
        raise bad_request("QUOTE_TEXT_INVALID")
