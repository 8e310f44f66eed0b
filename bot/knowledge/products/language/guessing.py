"""Guessing: the word of a book that a word which it does not have was meant to be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.tokens import Token
from bot.knowledge.products.language.words import is_cyrillic, is_russian_word, sound_of, stem
from bot.knowledge.search.vocabulary.spelling import Speller, build_speller

_SHORTEST_SOUND = 4
_SHORTEST_MISTYPED = 5
_SHORTEST_LATIN = 6
_TWO_MISTAKES = 8
_SHORTEST_ROOT = 3
_ADJECTIVE = tuple(grammar()["adjective-endings"])
_SUFFIXES = tuple(grammar()["adjective-suffixes"])
_ENDING = 2
_REFLEXIVE = tuple(grammar()["reflexive-endings"])
"""Endings that make another verb: to return, to come back."""
_MOST_SPELLED = 30_000


@dataclass(frozen=True)
class StoredGuesses:
    """What guesses are made by; pairs stand in one text each."""

    stems: Sequence[str]
    sounds: Sequence[str]
    nouns: Sequence[str]
    speller: Speller


class Guesser:
    """Guesses by the same stem, the noun of an adjective, the same sound in other letters, a mistake in typing.

    `ordinary` are words of the language that are never taken for mistyped ones.
    """

    def __init__(self, stored: StoredGuesses, ordinary: frozenset[str]) -> None:
        self.stored = stored
        self._ordinary = ordinary
        self._stems, self._sounds, self._nouns = map(_by_first, (stored.stems, stored.sounds, stored.nouns))

    def guess(self, token: Token) -> str:
        """Return the word that was meant, the word itself where none is likely."""
        by_stem = self._stems.get(stem(token.word))
        is_one_verb = by_stem is not None and by_stem.endswith(_REFLEXIVE) == token.word.endswith(_REFLEXIVE)
        if by_stem is not None and is_one_verb and len(token.word) >= _SHORTEST_SOUND:
            return by_stem
        if is_cyrillic(token.text) and is_russian_word(token.text):
            return self._noun_of(token.word) or token.word
        if len(token.text) >= _SHORTEST_SOUND:
            by_sound = self._sounds.get(sound_of(token.text)) or self._sounds.get(sound_of(token.word))
            if by_sound is not None and by_sound.isascii() != token.text.isascii():
                return by_sound
        if token.text in self._ordinary or token.word in self._ordinary:
            return token.word
        return self._mistyped(token.text) or self._mistyped(token.word) or token.word

    def _noun_of(self, word: str) -> str | None:
        """Find the noun that an adjective is made of: "кожаный", "карбоновый"."""
        if not word.endswith(_ADJECTIVE):
            return None
        base = word[:-_ENDING]
        roots = (base.removesuffix(suffix) for suffix in _SUFFIXES if base.endswith(suffix))
        return next((self._nouns[root] for root in roots if root in self._nouns), None)

    def _mistyped(self, word: str) -> str | None:
        """Find a word that is a mistake off, or two where it is long; first letters are hardly ever mistyped."""
        if len(word) < (_SHORTEST_LATIN if word.isascii() else _SHORTEST_MISTYPED):
            return None
        distance, found = self.stored.speller.near(word)
        if distance > (1 if len(word) < _TWO_MISTAKES else 2):
            return None
        return next((other for other in found if other[0] == word[0] and len(other) >= _SHORTEST_MISTYPED), None)


def build_guesses(words: Mapping[str, None], *, called: Iterable[str] = (), heard: Iterable[str] = ()) -> StoredGuesses:
    """Prepare for guessing among `words`; `called` are those of them by which goods or their values are called, `heard`
    those that may be found by their sound."""
    stems: dict[str, str] = {}
    sounds: dict[str, str] = {}
    for word in words:
        stems.setdefault(stem(word), word)
    for word in heard:
        if len(word) >= _SHORTEST_SOUND:
            sounds.setdefault(sound_of(word), word)
    nouns = {root: word for word in called for root in _roots(word)}
    speller = build_speller(dict.fromkeys(list(words)[:_MOST_SPELLED], 1))
    return StoredGuesses(_pairs(stems), _pairs(sounds), _pairs(nouns), speller)


def _roots(word: str) -> Iterator[str]:
    """Yield what of a noun stays in its adjectives."""
    yield from dict.fromkeys(root for root in (word, stem(word)) if len(root) >= _SHORTEST_ROOT)


def _pairs(mapping: Mapping[str, str]) -> list[str]:
    return [f"{key} {value}" for key, value in mapping.items()]


def _by_first(pairs: Sequence[str]) -> dict[str, str]:
    return {key: value for key, _, value in (pair.partition(" ") for pair in pairs)}
