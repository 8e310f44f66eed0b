"""Tokens: words, numbers and signs of a text, and how near they stand to each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.domain.text import fold
from bot.knowledge.products.language.words import lemma

LONGEST = 600
"""Characters of a question that are read; nobody needs more to ask about goods."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[\"″”₽$€%°+]|''|[^\w\s]")
_HYPHENS = frozenset("-‐‑‒–—")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_THOUSANDS = 3
_MEMORY = frozenset(("128", "256", "512"))
"""Numbers that go with a model before them, "12 128 GB", rather than with thousands."""
_ABBREVIATION = 2


class Gap(IntEnum):
    """What stands between a token and the one before it."""

    NONE = 0
    HYPHEN = 1
    SPACE = 2
    BREAK = 3


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is folded as typed, `word` its dictionary form."""

    text: str
    word: str
    gap: Gap

    @property
    def is_number(self) -> bool:
        """Digits, perhaps with a decimal part."""
        return self.text[0].isdecimal()

    @property
    def number(self) -> float:
        """The number that it writes."""
        return float(self.text.replace(",", "."))


@lru_cache(maxsize=64)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Read `text`; punctuation counts as a gap, and digits in groups of three are one number."""
    folded = fold(_LINK.sub(" , ", text))
    found: list[Token] = []
    end, gap = 0, Gap.BREAK
    for match in _TOKEN.finditer(folded):
        written = match.group()
        if match.start() > end:
            gap = max(gap, Gap.SPACE)
        end = match.end()
        if written in _HYPHENS:
            gap = Gap.HYPHEN if gap is Gap.NONE else Gap.BREAK
            continue
        if not (written[0].isalnum() or written in "\"″”₽$€%°+''"):
            gap = Gap.BREAK
            continue
        found.append(Token(written, _word(written), gap))
        gap = Gap.NONE
    return tuple(_joined_thousands(found))


def phrase_of(text: str) -> tuple[str, ...]:
    """Return the dictionary forms of all tokens of `text`: what a phrase is looked up by."""
    return tuple(token.word for token in tokens_of(text))


def _joined_thousands(tokens: Sequence[Token]) -> list[Token]:
    joined: list[Token] = []
    is_open = False
    for token in tokens:
        is_group = token.text.isdigit() and len(token.text) == _THOUSANDS and token.gap is Gap.SPACE
        if is_group and is_open and token.text not in _MEMORY:
            text = joined[-1].text + token.text
            joined[-1] = Token(text, text, joined[-1].gap)
            continue
        is_open = token.text.isdigit() and len(token.text) <= _THOUSANDS and not token.text.startswith("0")
        joined.append(token)
    return joined


def _word(written: str) -> str:
    """Abbreviations of a letter or two have no other form, whatever a dictionary makes of them."""
    return written if len(written) <= _ABBREVIATION else lemma(written)
