"""Models: which offers a code like "GH2" names, told apart from all that only look like it."""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.domain.catalogue import Offer
from bot.domain.text import fold
from bot.knowledge.products.language.loader import grammar, letters, units
from bot.knowledge.products.language.tokens import Gap, Token, tokens_of

WHOLE, ENDING, CUT = 3, 2, 1
"""How much of a code a key is: a part that stands by itself, the end of a part, a part without its last letters."""
_FEWEST_DIGITS = 3
"""Digits that may name a model without its letters."""
_MOST_NEAR = 300
_MOST_REMEMBERED = 4096
_MOST_READINGS = 64
_LONGEST_SERIES = 4
_LONGEST_ENDING = 2

_MEASURES = "|".join(re.escape(name) for group in units() for unit in group["units"] for name in unit["names"])
_CODE = re.compile(r"(?:[^\W_]+[-‐‑–])*[^\W_]*\d[^\W_]*(?:[-‐‑–][^\W_]+)*")
"""A run of letters, digits and hyphens that has a digit in it."""
_SPACED = re.compile(rf"(?<![^\W_])(?<!-)([A-ZА-ЯЁ]{{1,4}}) (\d{{2,}}[^\W_]*)(?!\s*(?:{_MEASURES}))(?![^\W_])")
"""Capitals and a number apart from them, no measure behind: "СМ 610"."""
_SEGMENT = re.compile(r"\d+|[^\W\d_]+|[-‐‑–]")
_READ_AS: Mapping[str, str] = grammar()["letters"]
"""Latin letters that a Russian one stands for, by sound and by look."""
_KEYS = str.maketrans(grammar()["keyboard"]["russian"], grammar()["keyboard"]["latin"])


class Models:
    """The codes of all offers by hash, checked against the offers; rows are numbers of offers."""

    def __init__(self, offers: Sequence[Offer], hashes: NDArray[np.uint32], rows: NDArray[np.int32]) -> None:
        """`hashes` are sorted; `rows` are parallel to them."""
        if len(hashes) != len(rows):
            raise ValueError("as many rows as hashes are needed")
        self.hashes = hashes
        self.rows = rows
        self._offers = offers
        self._keys: dict[int, Mapping[str, int]] = {}

    def find(self, key: str) -> tuple[int, Sequence[int]]:
        """Return the best level at which `key` is a code, and the rows of that level; 0 and none where it is not."""
        found = [(level, row) for row in self._at(key) if (level := self._keys_at(row).get(key, 0))]
        best = max((level for level, _ in found), default=0)
        return best, [row for level, row in found if level == best]

    def has_series(self, key: str) -> bool:
        """Whether any code begins with the same letters as `key`."""
        at = np.searchsorted(self.hashes, np.uint32(crc32(f"{key[: _letters_of(key)]}#".encode())))
        return bool(at < len(self.hashes) and self.hashes[at] == crc32(f"{key[: _letters_of(key)]}#".encode()))

    def near(self, key: str) -> Sequence[int]:
        """Return rows whose codes begin with the same letters as `key`, those with the likest numbers first."""
        letters_of_key = key[: _letters_of(key)]
        ranked: dict[int, tuple[int, int]] = {}
        for row in self._at(f"{letters_of_key}#"):
            codes = [code for code in self._keys_at(row) if code[: _letters_of(code)] == letters_of_key]
            ranked[row] = min(((_distance(code, key), row) for code in codes), default=(len(key), row))
        return sorted(ranked, key=lambda row: ranked[row])

    def _keys_at(self, row: int) -> Mapping[str, int]:
        if row not in self._keys:
            if len(self._keys) > _MOST_REMEMBERED:
                self._keys.clear()
            self._keys[row] = dict(_keys(self._offers[row]))
        return self._keys[row]

    def _at(self, key: str) -> list[int]:
        hashed = np.uint32(crc32(key.encode()))
        start = int(np.searchsorted(self.hashes, hashed, "left"))
        end = int(np.searchsorted(self.hashes, hashed, "right"))
        return [int(row) for row in self.rows[start : min(end, start + _MOST_NEAR)]]


def build_models(offers: Sequence[Offer]) -> Models:
    """Gather the codes of all offers."""
    hashes, rows = array("I"), array("i")  # millions of numbers: a list takes ten times the memory
    for row, offer in enumerate(offers):
        keys = dict(_keys(offer))
        series = {f"{key[: _letters_of(key)]}#" for key in keys if not key.isdigit()}
        for key in (*keys, *series):
            hashes.append(crc32(key.encode()))
            rows.append(row)
    hashed = np.array(hashes, np.uint32)
    order = np.argsort(hashed, kind="stable")
    return Models(offers, hashed[order], np.array(rows, np.int32)[order])


def readings(run: Sequence[Token]) -> list[str]:
    """Return what a run of tokens may be as a code: as typed, by sound and look, by the keys of the other layout."""
    typed = "".join(token.text for token in run)
    if typed.isascii():
        return [typed]
    choices = [_READ_AS.get(letter, letter) for letter in typed]
    read = [typed, *("".join(each) for each, _ in zip(product(*choices), range(_MOST_READINGS), strict=False))]
    return [*dict.fromkeys((*read, typed.translate(_KEYS)))]


def readings_of(text: str) -> list[str]:
    """Return what a code may be that was typed in one word."""
    return readings(tokens_of(text))


def spelled(tokens: Sequence[Token], start: int) -> tuple[int, str]:
    """Read letters said by name from `start` on, with the number after them; 0 where there are none."""
    names = _letters_by_name()
    end, code = start, ""
    while end < len(tokens) and tokens[end].text in names and tokens[end].gap is not Gap.NONE:
        code += names[tokens[end].text]
        end += 1
    if not code or end >= len(tokens) or not tokens[end].text.isdigit() or len(code) > _LONGEST_SERIES:
        return 0, ""
    return end + 1 - start, code + tokens[end].text


def runs(tokens: Sequence[Token], start: int) -> Iterator[int]:
    """Yield ends of what may be one code from `start` on, longest first: glued, hyphened, or letters, space, digits."""
    if tokens[start].gap is Gap.NONE and start:
        return
    end = start + 1
    while end < len(tokens) and tokens[end].gap <= Gap.HYPHEN and tokens[end].text.isalnum():
        end += 1
    ends = [at for at in range(end, start, -1) if at == end or tokens[at].gap is Gap.HYPHEN]
    if _is_spaced(tokens, start):
        following = start + 2
        while following < len(tokens) and tokens[following].gap is Gap.NONE and tokens[following].text.isalpha():
            following += 1
        ends.insert(0, following)
    yield from ends


def is_code(text: str) -> bool:
    """Whether `text` has letters first and a digit somewhere."""
    return text[:1].isalpha() and any(letter.isdigit() for letter in text)


def _keys(offer: Offer) -> Iterator[tuple[str, int]]:
    found: dict[str, int] = {}
    for written in dict.fromkeys(codes_of(offer)):
        for run in _code_runs(_segments(written)):
            for key, level in _keys_of_run(run):
                for reading in (key, *(() if key.isascii() else (_by_sound(key),))):
                    found[reading] = max(level, found.get(reading, 0))
    for barcode in offer.barcodes:
        found[barcode] = WHOLE
    yield from found.items()


def codes_of(offer: Offer) -> Iterator[str]:
    for text in (offer.vendor_code, offer.model, _own_name(offer.name)):
        yield from _CODE.findall(text)
        yield from (f"{letters}{number}" for letters, number in _SPACED.findall(text))


def _by_sound(code: str) -> str:
    """People type a Russian code in Latin letters, too."""
    return "".join(_READ_AS.get(letter, letter)[:1] for letter in code)


def _own_name(name: str) -> str:
    """What stands after "for" is what the thing fits, not what it is."""
    padded = f" {name} "
    for word in grammar()["own-name-ends"]:
        padded = padded.split(f" {word} ", 1)[0]
    return padded


def _segments(code: str) -> list[Token]:
    """Read a code as `tokens_of` would, without looking for words in it."""
    found: list[Token] = []
    gap = Gap.BREAK
    for segment in _SEGMENT.findall(fold(code)):
        if segment.isalnum():
            found.append(Token(segment, segment, gap))
            gap = Gap.NONE
        else:
            gap = Gap.HYPHEN
    return found


def _code_runs(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    while start < len(tokens):
        end = start + 1
        while end < len(tokens) and tokens[end].gap <= Gap.HYPHEN:
            end += 1
        run = tokens[start:end]
        if any(token.text.isdigit() for token in run) and any(token.text.isalpha() for token in run):
            yield run
        start = end


def _keys_of_run(run: Sequence[Token]) -> Iterator[tuple[str, int]]:
    starts = [at for at, token in enumerate(run) if at == 0 or token.gap is Gap.HYPHEN]
    for start in starts:
        yield from _keys_of_part(run[start:])
        end = next((at for at in starts if at > start), len(run))
        if end < len(run):
            yield from _keys_of_part(run[start:end])


def _keys_of_part(part: Sequence[Token]) -> Iterator[tuple[str, int]]:
    whole = "".join(token.text for token in part)
    if not is_code(whole):
        if whole.isdigit() and len(whole) >= _FEWEST_DIGITS:
            yield whole, CUT
        return
    yield whole, WHOLE
    for start in range(1, len(part)):
        ending = "".join(token.text for token in part[start:])
        has_letters = any(letter.isalpha() for letter in ending) and any(letter.isdigit() for letter in ending)
        if has_letters and len(ending) > _LONGEST_ENDING and not ending[-1].isalpha():
            yield ending, ENDING
    last = part[-1].text
    if last.isalpha() and len(last) <= _LONGEST_ENDING:
        for start in range(len(part) - 1):
            cut = "".join(token.text for token in part[start:-1])
            if is_code(cut):
                yield cut, CUT


def _letters_of(key: str) -> int:
    return next((at for at, letter in enumerate(key) if letter.isdigit()), len(key))


def _is_spaced(tokens: Sequence[Token], start: int) -> bool:
    if start + 1 >= len(tokens) or not tokens[start].text.isalpha() or len(tokens[start].text) > _LONGEST_SERIES:
        return False
    return tokens[start + 1].gap is Gap.SPACE and tokens[start + 1].text.isdigit()


def _distance(one: str, other: str) -> int:
    """Count the letters to change, add or leave out."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != wanted))
    return row[-1]


@lru_cache(maxsize=1)
def _letters_by_name() -> Mapping[str, str]:
    return {name: letter for letter, names in letters().items() for name in names}
