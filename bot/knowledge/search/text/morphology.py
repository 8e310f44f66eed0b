"""Morphology: dictionary forms of Russian words, stems of words in Latin letters."""

from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import NamedTuple

import pymorphy3
import Stemmer

_LONGEST_WORD = 40
_VERBS = frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND"})
"""Parts of speech, as the dictionary names them, whose lemma is an infinitive."""
_lock = Lock()


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """Return the dictionary form of a folded Russian word, the stem of a Latin one, any other word unchanged."""
    if is_cyrillic(word):
        return _read(word[:_LONGEST_WORD]).lemma
    if word.isascii() and word.isalpha():
        return _stem("english", word[:_LONGEST_WORD])
    return word


@lru_cache(maxsize=100_000)
def stem(lemma_of_word: str) -> str:
    """Cut the ending off a lemma, so that a verb and its noun come closer; digits and foreign scripts stay."""
    return _stem("russian", lemma_of_word) if is_cyrillic(lemma_of_word) else lemma_of_word


@lru_cache(maxsize=10_000)
def is_russian_word(word: str) -> bool:
    """Whether the dictionary has this folded form: such a word is no typing mistake."""
    return bool(_analyzer().word_is_known(word))


@lru_cache(maxsize=10_000)
def is_place(lemma_of_word: str) -> bool:
    """Whether this Russian lemma is most likely a town, a country or the like."""
    return is_cyrillic(lemma_of_word) and _read(lemma_of_word).is_place


@lru_cache(maxsize=10_000)
def is_verb(lemma_of_word: str) -> bool:
    """Whether this Russian lemma is most likely a verb."""
    return is_cyrillic(lemma_of_word) and _read(lemma_of_word).is_verb


def is_cyrillic(word: str) -> bool:
    """Whether the word is of Russian letters only; digits and mixtures are not."""
    return bool(word) and all("а" <= letter <= "я" for letter in word)


class _Reading(NamedTuple):
    """The likeliest dictionary form of a word, and what kind of word it is."""

    lemma: str
    is_place: bool
    is_verb: bool


def _read(word: str) -> _Reading:
    with _lock:
        parses = _analyzer().parse(word)
    commoner = _commoner().get(parses[0].normal_form)
    likeliest = next((each for each in parses if each.normal_form == commoner), parses[0])
    own = str(likeliest.normal_form).replace("ё", "е")
    return _Reading(own, "Geox" in likeliest.tag, likeliest.tag.POS in _VERBS)


def _stem(language: str, word: str) -> str:
    with _lock:  # a stemmer keeps state and must not be shared by two threads at once
        return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=1)
def _commoner() -> dict[str, str]:
    """Return what is meant far oftener by forms of two words, by the lemma that the dictionary names first."""
    text = files(__package__).joinpath("commoner.txt").read_text(encoding="utf-8")
    pairs = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {pair[0]: pair[1] for pair in pairs}


@lru_cache(maxsize=1)
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language)
