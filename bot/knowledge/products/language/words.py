"""Words: dictionary forms, stems and sounds, as the search has them."""

import re
from functools import lru_cache

from bot.knowledge.search.text.morphology import is_cyrillic, is_russian_word, lemma, stem
from bot.knowledge.search.text.wordlists import is_stop
from bot.knowledge.search.vocabulary.sounds import sound_of as spelled_by_sound

__all__ = ["is_cyrillic", "is_russian_word", "is_stop", "lemma", "sound_of", "stem"]

_VOWELS = re.compile("[aeiou]+(?=.)")


@lru_cache(maxsize=20_000)
def sound_of(word: str) -> str:
    """Spell a folded word as it sounds, roughly and in Latin letters, whatever its script; all vowels are one."""
    return _VOWELS.sub("a", spelled_by_sound(word))
