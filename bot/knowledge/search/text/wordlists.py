"""Word lists: words without a meaning of their own, words that a product card answers, words that mean the same."""

from functools import lru_cache
from importlib.resources import files

from bot.domain.text import fold
from bot.knowledge.search.text.morphology import lemma


@lru_cache(maxsize=100_000)
def is_stop(word: str) -> bool:
    """Whether a folded word says nothing about what is asked."""
    stop = _words("stopwords.txt")
    return word in stop or f"={word}" in stop or lemma(word) in stop


@lru_cache(maxsize=10_000)
def is_question_word(lemma_of_word: str) -> bool:
    """Whether this lemma, a function word, tells what is asked for: a place, a time, a count, a reason."""
    return lemma_of_word in _lemmas("questionwords.txt")


def counts(lemma_of_word: str) -> bool:
    """Whether a function word asks for a number or a date."""
    return lemma_of_word in _lemmas("countwords.txt")


def is_card_word(lemma_of_word: str) -> bool:
    """Whether this lemma asks for what every product card shows."""
    return lemma_of_word in _lemmas("cardwords.txt")


def everyday_synonyms() -> tuple[tuple[str, ...], ...]:
    """Return groups of words and phrases that mean the same in any shop."""
    return tuple(tuple(phrase.strip() for phrase in line.split(",")) for line in _lines("everyday.txt"))


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [fold(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=4)
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in _words(name))
