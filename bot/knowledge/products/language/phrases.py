"""Phrases: what the words of a question may mean, the longest phrase first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from bot.knowledge.products.language.guessing import Guesser, StoredGuesses, build_guesses
from bot.knowledge.products.language.tokens import Token, phrase_of
from bot.knowledge.products.language.words import is_cyrillic
from bot.knowledge.search.index.ragged import Ragged, ragged_of

Phrase = tuple[str, ...]
_PAIR = 2
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
_SAID = frozenset((Role.SIGN, Role.VALUE, Role.KIND, Role.COLUMN, Role.UNIT, Role.NUMBER))


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
    """A book in lists and arrays: `rows` are numbers of `meanings` for each phrase."""

    phrases: Sequence[str]
    meanings: Sequence[str]
    rows: Ragged
    typed: Sequence[str]
    guesses: StoredGuesses


class PhraseBook:
    """Meanings by phrase of dictionary forms. Complete it, then `close` it, then read.

    `ordinary` are words of the language that are never taken for mistyped ones.
    """

    def __init__(self, ordinary: frozenset[str] = frozenset()) -> None:
        self._ordinary = ordinary
        self._typed: dict[str, str] = {}
        self._meanings: defaultdict[Phrase, dict[Meaning, None]] = defaultdict(dict)
        self._by_first: dict[str, list[int]] = {}
        self._near: dict[str, str] = {}
        self._behind: dict[str, str] = {}
        self._guesser = Guesser(build_guesses({}), ordinary)

    def add(self, text: str | Phrase, meanings: Iterable[Meaning]) -> None:
        """Let a phrase mean something more."""
        phrase = phrase_of(text) if isinstance(text, str) else text
        added = dict.fromkeys(meanings)
        if phrase and added:
            self._meanings[phrase].update(added)

    def add_typed(self, word: str, meanings: Iterable[Meaning]) -> None:
        """Let a word mean something just as it is typed, whatever its dictionary form means: "велик"."""
        self._typed[word] = word
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
            guesses=self._guesser.stored,
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
        book._typed = {word: word for word in stored.typed}
        book._guesser = Guesser(stored.guesses, ordinary)
        book._index()
        return book

    def close(self) -> None:
        """Prepare for reading."""
        words = self._index()
        heard = [word for word in words if not self._is_faint(word)]
        self._guesser = Guesser(build_guesses(words, called=self._called(), heard=heard), self._ordinary)

    def _is_faint(self, word: str) -> bool:
        """Whether a word means nothing by itself or only more and less: names of others may sound like it."""
        meanings = self._meanings.get((word,), {})
        return bool(meanings) and all(
            each.role in {Role.MORE, Role.LESS} or each == Meaning(Role.SIGN, "filler") for each in meanings
        )

    def _index(self) -> dict[str, None]:
        """Note where phrases begin; return all their words."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self._meanings:
            lengths[phrase[0]].add(len(phrase))
        self._by_first = {word: sorted(each, reverse=True) for word, each in lengths.items()}
        words = dict.fromkeys(word for phrase in self._meanings for word in phrase if word.isalpha())
        self._near = {word: word for word in words}
        return words

    def spell(self, spelling: str, word: str) -> None:
        """Let a closed book read `spelling` as `word`, if it has that; a word itself only behind a name."""
        meant = phrase_of(word)[0]
        is_said = any(each.role in _SAID for each in self.meanings((spelling,)))
        if meant in self._near:
            (self._behind if is_said else self._typed)[spelling] = meant

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
        for place in range(1, len(words)):
            if tokens[place].text in self._behind and _is_of_model(words[place - 1]):
                words[place] = self._behind[tokens[place].text]
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
            return self._typed[token.text]
        if token.word in self._near or not token.text.isalpha():
            return self._near.get(token.word, token.word)
        if token.text in self._near:
            return self._near[token.text]
        if len(self._near) > _MOST_REMEMBERED + len(self._by_first):
            return self._guesser.guess(token)
        self._near[token.word] = guessed = self._guesser.guess(token)
        return guessed


def share(book: PhraseBook, groups: Iterable[Sequence[str]], roles: Mapping[Role, bool]) -> None:
    """Let all phrases of a group mean what any of them means in one of `roles`."""
    for group in groups:
        phrases = [phrase_of(member) for member in group]
        meanings = [meaning for phrase in phrases for meaning in book.meanings(phrase) if meaning.role in roles]
        if meanings:
            for phrase in phrases:
                book.add(phrase, meanings)


def _is_of_model(word: str) -> bool:
    """Whether a word may stand before "Pro": a number, or a word in Latin letters."""
    return word.isascii() and word.isalnum()
