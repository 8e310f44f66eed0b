"""Phrases: what the words of a question may mean, the longest phrase first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from bot.knowledge.products.language.loader import grammar
from bot.knowledge.products.language.tokens import Token, phrase_of
from bot.knowledge.products.language.words import is_cyrillic, is_russian_word, sound_of, stem
from bot.knowledge.search.index.ragged import Ragged, ragged_of
from bot.knowledge.search.vocabulary.spelling import Speller, build_speller

Phrase = tuple[str, ...]
_SHORTEST_SOUND = 4
_SHORTEST_MISTYPED = 5
_SHORTEST_LATIN = 6
_TWO_MISTAKES = 8
_SHORTEST_ROOT = 3
_ADJECTIVE = tuple(grammar()["adjective-endings"])
_SUFFIXES = tuple(grammar()["adjective-suffixes"])
_ENDING = 2
_PAIR = 2
_REFLEXIVE = tuple(grammar()["reflexive-endings"])
"""Endings that make another verb: to return, to come back."""
_MOST_SPELLED = 30_000
_MOST_REMEMBERED = 20_000


class Role(StrEnum):
    """What a phrase may stand for; the key says which."""

    SIGN = "sign"
    UNIT = "unit"
    SCALE = "scale"
    NUMBER = "number"
    MONEY = "money"
    MAKER = "maker"
    KIND = "kind"
    BRAND = "brand"
    NAME = "name"
    ALIAS = "alias"
    COLUMN = "column"
    PART = "part"
    VALUE = "value"
    ASK = "ask"
    MORE = "more"
    LESS = "less"


_CALLED = frozenset((Role.VALUE, Role.KIND))


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a phrase may mean."""

    role: Role
    key: str


class Span(NamedTuple):
    """Tokens from `start` up to `end`, and all that they may mean; nothing where nobody knows the word."""

    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()

    def keys(self, role: Role) -> list[str]:
        """Return what it may mean in this role."""
        return [meaning.key for meaning in self.meanings if meaning.role is role]

    def has(self, role: Role, *keys: str) -> bool:
        """Whether it may mean one of `keys`, or anything, in this role."""
        return any(meaning.role is role and (not keys or meaning.key in keys) for meaning in self.meanings)


@dataclass(frozen=True)
class StoredBook:
    """A book in lists and arrays: `rows` are numbers of `meanings` for each phrase; pairs stand in one text each."""

    phrases: Sequence[str]
    meanings: Sequence[str]
    rows: Ragged
    typed: Sequence[str]
    stems: Sequence[str]
    sounds: Sequence[str]
    nouns: Sequence[str]
    speller: Speller


class PhraseBook:
    """Meanings by phrase of dictionary forms. Complete it, then `close` it, then read.

    `ordinary` are words of the language that are never taken for mistyped ones.
    """

    def __init__(self, ordinary: frozenset[str] = frozenset()) -> None:
        self._ordinary = ordinary
        self._typed: set[str] = set()
        self._meanings: defaultdict[Phrase, dict[Meaning, None]] = defaultdict(dict)
        self._by_first: dict[str, list[int]] = {}
        self._near: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._sounds: dict[str, str] = {}
        self._nouns: dict[str, str] = {}
        self._speller = build_speller({})

    def add(self, text: str | Phrase, meanings: Iterable[Meaning]) -> None:
        """Let a phrase mean something more."""
        phrase = phrase_of(text) if isinstance(text, str) else text
        added = dict.fromkeys(meanings)
        if phrase and added:
            self._meanings[phrase].update(added)

    def add_typed(self, word: str, meanings: Iterable[Meaning]) -> None:
        """Let a word mean something just as it is typed, whatever its dictionary form means: "велик"."""
        self._typed.add(word)
        self.add((word,), meanings)

    def meanings(self, phrase: Phrase) -> tuple[Meaning, ...]:
        """Return all that exactly this phrase may mean."""
        return tuple(self._meanings.get(phrase, ()))

    def __contains__(self, phrase: object) -> bool:
        return phrase in self._meanings

    def stored(self) -> StoredBook:
        """Return all that is needed to read again, once the book is closed."""
        numbers: dict[Meaning, int] = {}
        rows = [[numbers.setdefault(each, len(numbers)) for each in found] for found in self._meanings.values()]
        return StoredBook(
            phrases=[" ".join(phrase) for phrase in self._meanings],
            meanings=[f"{meaning.role} {meaning.key}" for meaning in numbers],
            rows=ragged_of(rows),
            typed=sorted(self._typed),
            stems=_pairs(self._stems),
            sounds=_pairs(self._sounds),
            nouns=_pairs(self._nouns),
            speller=self._speller,
        )

    @classmethod
    def restored(cls, stored: StoredBook, ordinary: frozenset[str]) -> Self:
        """Open a book that was stored."""
        book = cls(ordinary)
        roles = {str(role): role for role in Role}
        pairs = (written.partition(" ") for written in stored.meanings)
        meanings = [Meaning(roles[role], key) for role, _, key in pairs]
        values, offsets = stored.rows.values.tolist(), stored.rows.offsets.tolist()
        for at, phrase in enumerate(stored.phrases):
            found = values[offsets[at] : offsets[at + 1]]
            book._meanings[tuple(phrase.split(" "))] = dict.fromkeys(meanings[number] for number in found)
        book._typed = set(stored.typed)
        book._stems, book._sounds, book._nouns = map(_by_first, (stored.stems, stored.sounds, stored.nouns))
        book._speller = stored.speller
        book._index()
        return book

    def close(self) -> None:
        """Prepare for reading."""
        words = self._index()
        for word in words:
            self._stems.setdefault(stem(word), word)
            if len(word) >= _SHORTEST_SOUND:
                self._sounds.setdefault(sound_of(word), word)
        self._nouns = {root: word for word in self._called() for root in _roots(word)}
        self._speller = build_speller(dict.fromkeys(list(words)[:_MOST_SPELLED], 1))

    def _index(self) -> dict[str, None]:
        """Note where phrases begin; return all their words."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self._meanings:
            lengths[phrase[0]].add(len(phrase))
        self._by_first = {word: sorted(each, reverse=True) for word, each in lengths.items()}
        words = dict.fromkeys(word for phrase in self._meanings for word in phrase if word.isalpha())
        self._near = {word: word for word in words}
        return words

    def knows(self, text: str) -> bool:
        """Whether a folded word, or its dictionary form, stands in any phrase."""
        return text.isalpha() and (text in self._near or phrase_of(text)[:1] in self._meanings)

    def _called(self) -> Iterator[str]:
        """Yield words by which goods or their values are called."""
        for phrase, meanings in self._meanings.items():
            if len(phrase) == 1 and is_cyrillic(phrase[0]) and any(each.role in _CALLED for each in meanings):
                yield phrase[0]

    def read(self, tokens: Sequence[Token], taken: Sequence[bool]) -> Iterator[Span]:
        """Yield the tokens that are not `taken` as spans, in order."""
        words = [token.word if done else self._known(token) for token, done in zip(tokens, taken, strict=True)]
        at = 0
        while at < len(tokens):
            if taken[at]:
                at += 1
                continue
            span = self._longest(words, tokens, taken, at)
            yield span
            at = span.end

    def _longest(self, words: Sequence[str], tokens: Sequence[Token], taken: Sequence[bool], at: int) -> Span:
        for length in self._by_first.get(words[at], ()):
            end = at + length
            if end <= len(words) and not any(taken[at:end]):
                meanings = self._meanings.get(tuple(words[at:end]))
                if meanings and not self._is_cut(words, at, end):
                    return Span(at, end, tuple(meanings))
        return Span(at, at + 1, self.meanings((tokens[at].text,)))

    def _is_cut(self, words: Sequence[str], at: int, end: int) -> bool:
        """Whether a question for a param ends inside of the name of one: "какие размеры" of "какие размеры рамы"."""
        if end - at < _PAIR or not any(meaning.role is Role.ASK for meaning in self._meanings[tuple(words[at:end])]):
            return False
        return any(
            start + length > end and any(each.role is Role.COLUMN for each in self._meanings.get(phrase, ()))
            for start in range(at + 1, end)
            for length in self._by_first.get(words[start], ())
            if len(phrase := tuple(words[start : start + length])) == length
        )

    def _known(self, token: Token) -> str:
        """Return the word of the book that `token` is, or was meant to be."""
        if token.text in self._typed:
            return token.text
        if token.word in self._near or not token.text.isalpha():
            return self._near.get(token.word, token.word)
        if token.text in self._near:
            return self._near[token.text]
        if len(self._near) > _MOST_REMEMBERED + len(self._stems):
            return self._guess(token)
        self._near[token.word] = guessed = self._guess(token)
        return guessed

    def _guess(self, token: Token) -> str:
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
        distance, found = self._speller.near(word)
        if distance > (1 if len(word) < _TWO_MISTAKES else 2):
            return None
        return next((other for other in found if other[0] == word[0] and len(other) >= _SHORTEST_MISTYPED), None)


def share(book: PhraseBook, groups: Iterable[Sequence[str]], roles: Mapping[Role, bool]) -> None:
    """Let all phrases of a group mean what any of them means in one of `roles`."""
    for group in groups:
        phrases = [phrase_of(member) for member in group]
        meanings = [meaning for phrase in phrases for meaning in book.meanings(phrase) if meaning.role in roles]
        if meanings:
            for phrase in phrases:
                book.add(phrase, meanings)


def _roots(word: str) -> Iterator[str]:
    """Yield what of a noun stays in its adjectives."""
    yield from dict.fromkeys(root for root in (word, stem(word)) if len(root) >= _SHORTEST_ROOT)


def _pairs(mapping: Mapping[str, str]) -> list[str]:
    return [f"{key} {value}" for key, value in mapping.items()]


def _by_first(pairs: Sequence[str]) -> dict[str, str]:
    return {key: value for key, _, value in (pair.partition(" ") for pair in pairs)}
