"""Vocabulary: the words of a pack, and those among them that a person may have meant by another word."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.search.text.morphology import is_cyrillic, is_russian_word, lemma
from bot.knowledge.search.vocabulary.kin import Kin
from bot.knowledge.search.vocabulary.lexicon import Lexicon
from bot.knowledge.search.vocabulary.likeness import Alike
from bot.knowledge.search.vocabulary.sounds import Sounds
from bot.knowledge.search.vocabulary.spelling import Speller

SPELLED = 0.9
SPELLED_BADLY = 0.65
"""How alike is a word that would have one mistake, or two."""
SOUNDS = 0.85
"""How alike is a word of the other script with the same sound."""
_SHORTEST_MISTYPED = 4
_MOST_CORRECTIONS = 2
_WORD_OF_ITS_OWN = 0.4
"""What is left of the likeness when the mistyped word is a word of the dictionary."""


@dataclass(frozen=True)
class Vocabulary:
    """What the pack says, in dictionary forms (`lexicon`) and as typed (`speller`)."""

    lexicon: Lexicon
    speller: Speller
    sounds: Sounds
    kin: Kin
    alike: Alike

    def __contains__(self, term: str) -> bool:
        return term in self.lexicon

    def weight(self, term: str) -> float:
        """Tell how much `term` says: the rarer, the more."""
        return self.lexicon.weight(term)

    def kin_of(self, term: str) -> Mapping[str, float]:
        """Return other terms of one root with `term`, and how alike they are."""
        return self.kin.of(term) if term.isalpha() else {}

    def corrections(self, word: str) -> Mapping[str, float]:
        """Return words, as typed, that `word`, unknown to the pack, may have been meant to be.

        Empty for a word of the dictionary that is not one letter from a word of the pack.
        """
        if len(word) < _SHORTEST_MISTYPED or not word.isalpha():
            return {}
        distance, nearest = min(
            (near for each in dict.fromkeys((word, lemma(word))) if (near := self.speller.near(each))[1]),
            key=lambda near: near[0],
            default=(0, ()),
        )  # the pack may have the word with another ending
        is_word = is_cyrillic(word) and is_russian_word(word)
        if is_word and distance > 1:
            return {}
        likeness = (SPELLED if distance <= 1 else SPELLED_BADLY) * (_WORD_OF_ITS_OWN if is_word else 1.0)
        return dict.fromkeys(nearest[:_MOST_CORRECTIONS], likeness)

    def sounding(self, word: str) -> Mapping[str, float]:
        """Return words, as typed, in the other script that sound like `word`, which the pack does not have."""
        return dict.fromkeys(self.sounds.of_other_script(word)[:_MOST_CORRECTIONS], SOUNDS)

    def alike_to(self, term: str) -> Mapping[str, float]:
        """Return terms that share most letters with `term`, a word that nobody knows."""
        return {other: min(SPELLED, likeness + 0.2) for other, likeness in self.alike.of(term).items()}
