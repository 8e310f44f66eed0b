"""Ids of a pack: short ASCII names that go into buttons, logs and links."""

import re

from bot.domain.text import fold

LONGEST_ID = 40
"""Bytes; with the name of an action and two colons it fits the 64 bytes of a Telegram button."""

ID_RULE = f"Latin letters, digits, - and _ only, at most {LONGEST_ID}"

_ID = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9_-]{{0,{LONGEST_ID - 1}}}")
_GAPS = re.compile(r"[^a-z0-9_]+")
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_LATIN = "a|b|v|g|d|e|zh|z|i|y|k|l|m|n|o|p|r|s|t|u|f|h|c|ch|sh|sch||y||e|yu|ya"
_LETTERS = str.maketrans(dict(zip(_CYRILLIC, _LATIN.split("|"), strict=True)))


def is_id(text: str) -> bool:
    """Whether `text` may be an id."""
    return _ID.fullmatch(text) is not None


def slug(text: str) -> str:
    """Make an id of a heading or a file name: transliterated, lower case; empty when nothing can be read of it."""
    latin = fold(text).translate(_LETTERS)
    return _GAPS.sub("-", latin).strip("-")[:LONGEST_ID].strip("-")


class Names:
    """Ids given out so far, so that the next one differs."""

    def __init__(self) -> None:
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
            candidate = name[: LONGEST_ID - len(tail)] + tail
        self._taken.add(candidate)
        return candidate
