"""Ids of a pack: short ASCII names that go into buttons, logs and links."""

import re

from bot.domain.actions import LONGEST_PAYLOAD
from bot.domain.text import fold

LONGEST_ID = 40
"""Characters, each a byte, of an id that no rule below is for."""

LONGEST_FAQ_ID = LONGEST_PAYLOAD - 14
"""A button carries ``ask.faq:<id>``; 14 bytes leave room for the name of the action."""

LONGEST_ARTICLE_ID = 24
LONGEST_SECTION_ID = LONGEST_PAYLOAD - len("ask.article::") - LONGEST_ARTICLE_ID
"""A button carries ``ask.article:<article id>:<section id>``."""

LONGEST_REWARD_ID = LONGEST_PAYLOAD - len("rewards.redeem::") - 8 - len("-") - 8
"""A button carries ``rewards.redeem:<id>:<8 characters>-<the price, in hexadecimal>``."""

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_GAPS = re.compile(r"[^a-z0-9_]+")
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_LATIN = "a|b|v|g|d|e|zh|z|i|y|k|l|m|n|o|p|r|s|t|u|f|h|c|ch|sh|sch||y||e|yu|ya"
_LETTERS = str.maketrans(dict(zip(_CYRILLIC, _LATIN.split("|"), strict=True)))


def id_rule(longest: int) -> str:
    """Say what an id may be."""
    return f"Latin letters, digits, - and _ only, at most {longest}"


def is_id(text: str, *, longest: int) -> bool:
    """Whether `text` may be an id of at most `longest` characters."""
    return len(text) <= longest and _ID.fullmatch(text) is not None


def slug(text: str, *, longest: int) -> str:
    """Make an id of a heading or a file name: transliterated, lower case; empty when nothing can be read of it."""
    latin = fold(text).translate(_LETTERS)
    return _GAPS.sub("-", latin).strip("-")[:longest].strip("-")


class Names:
    """Ids of at most `longest` characters given out so far, so that the next one differs."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def take(self, name: str) -> str:
        """Give out `name`, or `name` with the first free number after it."""
        candidate = name
        while candidate in self._taken:
            number = self._next.get(name, 2)
            self._next[name] = number + 1
            tail = f"-{number}"
            candidate = name[: self._longest - len(tail)] + tail
        self._taken.add(candidate)
        return candidate
