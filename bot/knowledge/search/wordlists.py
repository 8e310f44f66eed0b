"""Word lists: which words carry no meaning of their own, and which ask for what a product card shows."""

from functools import lru_cache
from importlib.resources import files

from bot.domain.text import fold
from bot.knowledge.search.morphology import lemma


def is_stop(word: str) -> bool:
    """Whether a folded word says nothing about what is asked."""
    stop = _words("stopwords.txt")
    return word in stop or lemma(word) in stop


def is_card_word(lemma_of_word: str) -> bool:
    """Whether this lemma asks for what every product card shows."""
    return lemma_of_word in _lemmas("cardwords.txt")


@lru_cache(maxsize=2)
def _words(name: str) -> frozenset[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in fold(line).split())


@lru_cache(maxsize=2)
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in _words(name))
