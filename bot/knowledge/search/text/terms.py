"""Terms: what a text of the pack is found by."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from sys import intern

from bot.knowledge.search.text.morphology import lemma
from bot.knowledge.search.text.parts import Part, has_digit, joins, may_join, spellings, split
from bot.knowledge.search.text.wordlists import is_question_word, is_stop

_SHORT = 50
"""Characters of texts that are remembered once read: goods have their params in common, and not their descriptions."""
_QUANTITY = re.compile(r"[\d.]+[^\W\d_]+")
"""A number with a unit, "3D" or "4K": many things have it, none is named by it."""


def terms_of(text: str) -> tuple[str, ...]:
    """Return lemmas of the content words and every spelling of models, in order, with repeats."""
    return _short_terms_of(text) if len(text) <= _SHORT else _terms_of(text)


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of letters as typed, without those that say nothing, in order, with repeats."""
    return _short_content_words(text) if len(text) <= _SHORT else _content_words(text)


def phrasing_of(text: str) -> tuple[str, ...]:
    """Return the lemmas of all words, function words included, and each model in its longest spelling, in order."""
    parts = split(text)
    phrasing: list[str] = []
    at = 0
    while at < len(parts):
        count, word = next(_joins(parts, at), (1, lemma(parts[at].text)))
        phrasing.append(intern(word))
        at += count
    return tuple(phrasing)


def phrase_of(text: str) -> tuple[str, ...]:
    """Return what `phrasing_of` does without function words: how a question is read."""
    return tuple(word for word in phrasing_of(text) if not is_stop(word))


def telling_lemmas(text: str) -> tuple[str, ...]:
    """Return the lemmas of the words of letters that say anything, question words included, in order, with repeats."""
    words = ((part.text, lemma(part.text)) for part in split(text) if part.text.isalpha())
    return tuple(own for word, own in words if is_question_word(own) or not is_stop(word))


def models_of(text: str) -> frozenset[str]:
    """Return the terms of `text` that may name a model: letters with digits, in every spelling."""
    parts = split(text)
    found: set[str] = set()
    for at, part in enumerate(parts):
        found.update(spelling for _, joined in _joins(parts, at) if has_digit(joined) for spelling in _spelled(joined))
        if part.is_mixed:
            found.update(_spelled(part.text))
    return frozenset(name for name in found if not _QUANTITY.fullmatch(name))


def _terms_of(text: str) -> tuple[str, ...]:
    """Take plain words, which most are, the short way: this is what the build of an index spends its time on."""
    parts = split(text)
    terms: list[str] = []
    for at, part in enumerate(parts):
        if part.text.isalpha() and not may_join(parts, at):
            if not is_stop(part.text):
                terms.append(intern(lemma(part.text)))
        else:
            terms.extend(_terms_at(parts, at))
    return tuple(terms)


def _content_words(text: str) -> tuple[str, ...]:
    return tuple(part.text for part in split(text) if part.text.isalpha() and not is_stop(part.text))


_short_terms_of = lru_cache(maxsize=20_000)(_terms_of)
_short_content_words = lru_cache(maxsize=20_000)(_content_words)


def forget_texts() -> None:
    """Give the memory back that many texts in a row were read faster with."""
    _short_terms_of.cache_clear()
    _short_content_words.cache_clear()


def _terms_at(parts: Sequence[Part], at: int) -> Iterator[str]:
    part = parts[at]
    if not is_stop(part.text):
        yield intern(lemma(part.text))
    if part.is_mixed:
        yield from (spelling for spelling in _spelled(part.text) if spelling != part.text)
    for _, joined in _joins(parts, at):
        yield from _spelled(joined)


def _joins(parts: Sequence[Part], at: int) -> Iterator[tuple[int, str]]:
    """In a text that we wrote, a function word before a number is no model."""
    return iter(()) if is_stop(parts[at].text) else joins(parts, at)


def _spelled(model: str) -> tuple[str, ...]:
    """As written, and by look where it was typed in Russian letters."""
    return tuple(intern(spelling) for spelling in spellings(model)[:2])
