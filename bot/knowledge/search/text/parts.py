"""Parts: words, numbers and model names in a text, and the ways to write one model."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from bot.domain.text import fold

_PART = re.compile(r"\d+(?:[.,]\d+)+|\d+|[^\W\d_][^\W_]*")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_HYPHENS = frozenset("-‐‑‒–")
_MOST_JOINED = 4
_LONGEST_SERIES = 3
"""Letters of a Russian word that may stand before the number of a model."""

_ALIKE = str.maketrans("авекмнорстух", "abekmhopctyx")
_SOUND = str.maketrans("абвгдезийклмнопрстуфхцыэ", "abvgdeziiklmnoprstufhcye")
_KEYS = str.maketrans("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm")


class Gap(IntEnum):
    """What stands between a part and the one before it."""

    NONE = 0
    HYPHEN = 1
    SPACE = 2
    BREAK = 3


class Part(NamedTuple):
    """A run of letters, of digits, or of letters with digits after them, folded."""

    text: str
    gap: Gap

    @property
    def is_number(self) -> bool:
        """Digits only, perhaps with a decimal point."""
        return self.text[0].isdigit()

    @property
    def is_mixed(self) -> bool:
        """Letters first, with a digit somewhere: how models are named."""
        return not (self.text.isalpha() or self.text[0].isdigit())


@lru_cache(maxsize=64)
def split(text: str) -> tuple[Part, ...]:
    """Split `text` into parts in order; links and addresses are left out.

    The last few are remembered: a text is read for its terms, its words and its models, one after another.
    """
    folded = fold(_LINK.sub(" , ", text))
    colloquial = _colloquial()
    parts: list[Part] = []
    end = 0
    for match in _PART.finditer(folded):
        typed = match.group().replace(",", ".")
        parts.append(Part(colloquial.get(typed, typed), _gap(folded[end : match.start()])))
        end = match.end()
    return tuple(parts)


@lru_cache(maxsize=1)
def _colloquial() -> Mapping[str, str]:
    """Read how words are typed as they are said, with what is meant."""
    text = files(__package__).joinpath("colloquial.txt").read_text(encoding="utf-8")
    lines = (line.partition("=") for line in map(fold, text.splitlines()) if line and not line.startswith("#"))
    return {typed: word.strip() for word, _, forms in lines for typed in forms.split()}


def may_join(parts: Sequence[Part], start: int) -> bool:
    """Whether the part at `start` may be written in one word with the next, told in no time; `joins` tells how."""
    if start + 1 >= len(parts):
        return False
    after = parts[start + 1]
    return after.gap <= Gap.HYPHEN or (after.gap is Gap.SPACE and after.text.isdigit())


def joins(parts: Sequence[Part], start: int) -> Iterator[tuple[int, str]]:
    """Yield what the parts from `start` on may be written as in one word, longest first, with the count of parts.

    A join never begins or ends inside a word: K-200S holds no K200.
    """
    if parts[start].gap is Gap.NONE and start > 0:
        return
    longest = 2 if _is_spaced_model(parts, start) else 1
    while longest < _MOST_JOINED and start + longest < len(parts) and parts[start + longest].gap <= Gap.HYPHEN:
        longest += 1
    for count in range(longest, 1, -1):
        joined = "".join(part.text for part in parts[start : start + count])
        if _ends_word(parts, start + count) and (has_digit(joined) or joined.isascii()):
            yield count, joined


def spellings(model: str) -> tuple[str, ...]:
    """Return ways to read a model typed in Russian letters: as typed, by look, by sound, by key."""
    if model.isascii():
        return (model,)
    read = (model.translate(table) for table in (_ALIKE, _SOUND, _KEYS))
    return tuple(dict.fromkeys((model, *(spelling for spelling in read if spelling.isascii()))))


def has_digit(text: str) -> bool:
    """Whether there is a digit anywhere."""
    return not text.isalpha() and any(character.isdigit() for character in text)


def _ends_word(parts: Sequence[Part], end: int) -> bool:
    return end >= len(parts) or parts[end].gap is not Gap.NONE


def _gap(between: str) -> Gap:
    if not between:
        return Gap.NONE
    if len(between) == 1 and between in _HYPHENS:
        return Gap.HYPHEN
    return Gap.SPACE if between == " " else Gap.BREAK


def _is_spaced_model(parts: Sequence[Part], start: int) -> bool:
    """Whether a short or Latin word is followed by a number: "GH 2"."""
    if start + 1 >= len(parts) or parts[start + 1].gap is not Gap.SPACE:
        return False
    word, number = parts[start].text, parts[start + 1].text
    return number.isdigit() and word.isalpha() and (word.isascii() or len(word) <= _LONGEST_SERIES)
