"""Sounds: one word in Latin and in Russian letters, told to be the same by how it sounds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.search.text.morphology import is_cyrillic
from bot.knowledge.search.vocabulary.spelling import Speller, build_speller

_SHORTEST = 3
_SHORTEST_INEXACT = 5
_VOWELS = re.compile("[aeiou]")
_SOFT_BEFORE_VOWEL = re.compile("ь(?=[аеиоуыэюя])")
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
_SOUNDS = (
    (re.compile("shch|sch"), "sh"),
    (re.compile("tch"), "ch"),
    (re.compile("ph"), "f"),
    (re.compile("ck|q"), "k"),
    (re.compile("zh|dj"), "j"),
    (re.compile("kh|h"), "h"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("c(?!h)"), "k"),
    (re.compile("oo|ou"), "u"),
    (re.compile("ee|ea|ei|ey|ai|ay|iy|ij|y"), "i"),
    (re.compile("y[aeou]|i[aou]"), "a"),
    (re.compile("th|z"), "s"),
    (re.compile("e$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""What different spellings of one sound become, in this order."""


@dataclass(frozen=True)
class Sounding:
    """`sounds` finds the sounds of the words of one script; `names` has, for each, the words with it in one string."""

    sounds: Speller
    names: Sequence[str]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {sound: number for number, sound in enumerate(self.sounds.words)}

    def like(self, word: str) -> tuple[str, ...]:
        """Return the words that sound like `word`, at most one vowel apart, the commonest first."""
        own = sound_of(word)
        distance, sounds = self.sounds.near(own)
        near = [sound for sound in sounds if not distance or (distance == 1 and _differ_in_vowels(own, sound))]
        return tuple(name for sound in near for name in self.names[self._numbers[sound]].split())


@dataclass(frozen=True)
class Sounds:
    """The words of a pack by sound, each script by itself."""

    latin: Sounding
    cyrillic: Sounding

    def of_other_script(self, word: str) -> tuple[str, ...]:
        """Return the words of the pack in the other script that sound like `word`."""
        if len(word) < _SHORTEST or not word.isalpha():
            return ()
        return self.latin.like(word) if is_cyrillic(word) else self.cyrillic.like(word)


def build_sounds(counts: Mapping[str, int]) -> Sounds:
    """Index words by their sound."""
    return Sounds(
        latin=_by_sound({word: count for word, count in counts.items() if word.isascii() and word.isalpha()}),
        cyrillic=_by_sound({word: count for word, count in counts.items() if is_cyrillic(word)}),
    )


def sound_of(word: str) -> str:
    """Spell a folded word as it sounds, roughly and in Latin letters."""
    sound = _SOFT_BEFORE_VOWEL.sub("i", word).translate(_LETTERS)
    for spelling, replacement in _SOUNDS:
        sound = spelling.sub(replacement, sound)
    return sound


def _differ_in_vowels(one: str, other: str) -> bool:
    """Whether two sounds long enough have the same consonants."""
    return min(len(one), len(other)) >= _SHORTEST_INEXACT and _VOWELS.sub("", one) == _VOWELS.sub("", other)


def _by_sound(counts: Mapping[str, int]) -> Sounding:
    names: dict[str, list[str]] = {}
    for word in sorted(counts, key=lambda word: -counts[word]):
        sound = sound_of(word)
        if len(word) >= _SHORTEST and len(sound) >= _SHORTEST and sound.isalpha():
            names.setdefault(sound, []).append(word)
    sounds = build_speller({sound: sum(counts[word] for word in words) for sound, words in names.items()})
    return Sounding(sounds=sounds, names=[" ".join(names[sound]) for sound in sounds.words])
