"""Cleaning of what people type: control characters, case, the wrong keyboard layout."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS, _LATIN_KEYS)

LONGEST_MESSAGE = 16_000
"""Characters kept of one message; no platform lets a person send as much."""


def clean(text: str) -> str:
    """Drop what no database, JSON or phone can carry (NUL, lone surrogates), normalise, cut to a bound."""
    normal = unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\r\n", "\n")))
    return normal[:LONGEST_MESSAGE].strip()


def fold(text: str) -> str:
    """Make two spellings of one word equal: lower case, ё as е, single spaces."""
    return _SPACES.sub(" ", text.lower().replace("ё", "е")).strip()


def words(text: str) -> list[str]:
    """Split folded `text` into words, in order."""
    return _WORD.findall(fold(text))


def has_letters(text: str) -> bool:
    """Whether anything in `text` can be read: a letter or a digit of any script."""
    return any(character.isalnum() for character in text)


def has_cyrillic(text: str) -> bool:
    """Whether any letter of `text` is Russian."""
    return any("а" <= character <= "я" or character == "ё" for character in text.lower())


def switch_layout(text: str) -> str:
    """Retype `text` as if the other of the Russian and English keyboard layouts had been on.

    Text with Cyrillic letters becomes Latin, any other text becomes Cyrillic.
    """
    return text.translate(_TO_LATIN if has_cyrillic(text) else _TO_CYRILLIC)
