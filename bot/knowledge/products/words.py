"""Words: dictionary forms, stems and sounds, as the search has them."""

import re
from functools import lru_cache

from bot.knowledge.search.text.morphology import is_cyrillic, is_russian_word, lemma, stem
from bot.knowledge.search.text.wordlists import is_stop

__all__ = ["is_cyrillic", "is_russian_word", "is_stop", "lemma", "sound_of", "stem"]

_LETTERS = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufie", strict=True)),
        "ж": "j",
        "х": "h",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ъ": "",
        "ь": "",
        "ю": "u",
        "я": "a",
    }
)
_SOUNDS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("shch|sch", "sh"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("zh|dj", "j"),
        ("kh", "h"),
        ("x", "ks"),
        ("w", "v"),
        ("c(?=[eiy])", "s"),
        ("c(?!h)", "k"),
        ("oo|ou", "u"),
        ("ee|ea|ei|ey|ai|ay|iy|ij|y|ie", "i"),
        ("th|z", "s"),
        ("e$", ""),
        ("[aeiou]+(?=.)", "a"),
        (r"(.)\1+", r"\1"),
    )
)
"""What different spellings of one sound become, in this order; all vowels are one."""


@lru_cache(maxsize=20_000)
def sound_of(word: str) -> str:
    """Spell a folded word as it sounds, roughly and in Latin letters, whatever its script."""
    sound = word.translate(_LETTERS)
    for spelling, replacement in _SOUNDS:
        sound = spelling.sub(replacement, sound)
    return sound
