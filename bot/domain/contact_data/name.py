"""Name: what a person wants to be called."""

import re
import unicodedata

from bot.domain.errors import InputError
from bot.domain.replies import Phrase
from bot.domain.text import fold

LONGEST_NAME = 60

_LETTER = "[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿЀ-ҁҊ-ԯ]"  # Latin and Cyrillic with all their neighbours
_WORD = rf"{_LETTER}+(?:['’-]{_LETTER}+)*['’]?"
_NAME = re.compile(rf"{_WORD}(?:(?:\. ?| ){_WORD})*\.?")
_LINK = re.compile(rf"{_LETTER}{{2,}}\.{_LETTER}{{2,}}")
_SPACES = re.compile(r"\s+")
_SAME = str.maketrans({"`": "'", "ʼ": "’", "‘": "’", "‐": "-", "‑": "-", "–": "-", "—": "-"})


def read_name(text: str) -> str:
    """Read a name: one letter or more, Cyrillic or Latin, with hyphens, apostrophes, spaces and dots. Case stays.

    Raises:
        InputError: of the field ``name``.
    """
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_SAME)).strip()
    if len(name) > LONGEST_NAME:
        raise InputError(Phrase("contact-name-too-long", {"limit": LONGEST_NAME}), field="name")
    if _NAME.fullmatch(name) is None or _LINK.search(name):
        raise InputError(Phrase("contact-name-letters"), field="name")
    return name


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: case and the dots of one letter do not count."""
    return fold(name.casefold().replace("’", "'"))
