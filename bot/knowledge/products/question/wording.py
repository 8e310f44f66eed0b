"""Wording: what the words of a question mean beside each other."""

import numpy as np

from bot.knowledge.products.choosing.scopes import is_among, union
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.language.lexicon import Lexicon
from bot.knowledge.products.language.names import TARGET
from bot.knowledge.products.language.phrases import Role, Span
from bot.knowledge.products.language.words import is_cyrillic, is_stop
from bot.knowledge.products.question.reading import Asked, Reading, Valued
from bot.knowledge.products.question.sorting import sorting_of

_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_BEFORE = 2
"""Words that may stand between a preposition and what it is about."""
_LONGEST_SERIES = 4
_UNWANTED = frozenset(("without", "except", "not"))
_PREPOSITIONS = ("without", "except", "not", "with", "for")
_COLUMN_ROLES = (Role.COLUMN, Role.PART, Role.ASK)


class WordReader:
    """Reads the words that are no codes and no quantities."""

    def __init__(self, goods: Goods, lexicon: Lexicon) -> None:
        self._goods = goods
        self._lexicon = lexicon

    def read(self, reading: Reading, used: set[int], *, prefers_columns: bool) -> None:
        """Complete `reading`; spans at `used` were read. `prefers_columns`: "battery" is that of a thing spoken of."""
        scope: Rows | None = None
        for place, span in enumerate(reading.spans):
            if place in used or self._is_kind_of_subject(reading, span) or not _is_said(reading, place):
                continue
            if not span.meanings:
                _take_unknown(reading, span)
                continue
            before = _sign_before(reading, place)
            if before == "for" and (names := [key for key in span.keys(Role.NAME) if key.startswith(TARGET)]):
                reading.names.append(names[0])
                continue
            if before == "for" and span.has(Role.KIND):
                reading.target_kinds.append(tuple(span.keys(Role.KIND)))
                continue
            if before != "for" and not _is_attribute(reading, span, before, prefers_columns=prefers_columns):
                scope = self._take_kind(reading, span, scope)
            if not _is_scope(reading, span):
                _take_column(reading, span, before)
            _take_signs(reading, span)
        reading.sorting = sorting_of(reading, used)

    def _is_kind_of_subject(self, reading: Reading, span: Span) -> bool:
        """Whether a word only says what the thing is that is named by its code: "видоискатель LVF2"."""
        kinds = span.keys(Role.KIND)
        rows = {mention.rows[0] for mention in reading.subjects}
        if not kinds or not rows:
            return False
        columns = (*span.keys(Role.COLUMN), *span.keys(Role.ASK))
        if any(self._goods.param(row, key) for row in rows for key in columns):
            return False
        return any(is_among(self._lexicon.kinds.rows(key), row) for key in kinds for row in rows)

    def _take_kind(self, reading: Reading, span: Span, scope: Rows | None) -> Rows | None:
        """Narrow the scope by a word where it leaves anything."""
        for role, kept, rows_of in (
            (Role.KIND, reading.kinds, self._lexicon.kinds.rows),
            (Role.BRAND, reading.brands, self._brand_rows),
            (Role.NAME, reading.names, self._name_rows),
        ):
            keys = tuple(key for key in dict.fromkeys(span.keys(role)) if not key.startswith(TARGET))
            if not keys:
                continue
            if role is Role.NAME and (_is_column(span) or span.has(Role.VALUE) or span.has(Role.SIGN)):
                continue
            rows = union(rows_of(key) for key in keys)
            narrowed = rows if scope is None else np.intersect1d(scope, rows, assume_unique=True)
            if len(narrowed):
                if role is Role.KIND:
                    reading.kinds.append(keys)
                else:
                    kept.extend(keys[:1])  # type: ignore[arg-type]
                return narrowed
        return scope

    def _brand_rows(self, key: str) -> Rows:
        return self._lexicon.brands[key]

    def _name_rows(self, key: str) -> Rows:
        return self._lexicon.names[key]


def _is_attribute(reading: Reading, span: Span, before: str, *, prefers_columns: bool) -> bool:
    """Whether a word that may name goods says rather what they are like."""
    if _is_column(span):
        return prefers_columns or before == "with" or before in _UNWANTED
    is_alternative = any(other.has(Role.SIGN, "or") for other in reading.spans)
    return span.has(Role.VALUE) and (before in _UNWANTED or is_alternative)


def _is_said(reading: Reading, place: int) -> bool:
    """Whether a letter stands for a value: in Russian words around it, or beside the name of its param."""
    span = reading.spans[place]
    if span.end - span.start > 1 or len(reading.tokens[span.start].text) > 1 or not span.has(Role.VALUE):
        return True
    beside = [other for at in (place - 1, place + 1) if 0 <= at < len(reading.spans) for other in (reading.spans[at],)]
    is_latin = reading.tokens[span.start].text.isascii()
    is_russian = is_latin and any(is_cyrillic(token.text) for token in reading.tokens)
    return is_russian or any(_is_column(other) for other in beside)


def _take_unknown(reading: Reading, span: Span) -> None:
    token = reading.tokens[span.start]
    if len(token.text) <= _LONGEST_SERIES and any(mention.start == span.end for mention in reading.mentions):
        return  # the series of a code, written apart from it
    if token.text.isalpha() and len(token.text) > 1 and not is_stop(token.text):
        reading.unread.append(token.text)


def _is_column(span: Span) -> bool:
    return any(span.has(role) for role in _COLUMN_ROLES)


def _is_scope(reading: Reading, span: Span) -> bool:
    """Whether the span was taken to say which goods are meant."""
    keys = tuple(dict.fromkeys(span.keys(Role.KIND)))
    if keys and reading.kinds and reading.kinds[-1] == keys:
        return True
    return any(key in reading.brands for key in span.keys(Role.BRAND)) or any(
        key in reading.names for key in span.keys(Role.NAME)
    )


def _sign_before(reading: Reading, place: int) -> str:
    """Return the preposition that stands before a span, words that say nothing left out."""
    for at in range(place - 1, max(place - 1 - _BEFORE, -1), -1):
        span = reading.spans[at]
        if span.end != reading.spans[at + 1].start:
            return ""
        for sign in ("without", "except", "not", "with", "for"):
            if span.has(Role.SIGN, sign):
                return sign
        if not (span.has(Role.SIGN, "filler") or span.has(Role.SIGN, "most") or span.has(Role.SIGN, "large")):
            return ""
    return ""


def _take_column(reading: Reading, span: Span, before: str) -> None:
    is_unwanted = before in _UNWANTED
    columns = tuple(dict.fromkeys((*span.keys(Role.COLUMN), *span.keys(Role.ASK))))
    parts = tuple(dict.fromkeys(span.keys(Role.PART)))
    values = tuple(span.keys(Role.VALUE))
    if columns or (parts and not values):
        asked = Asked(columns, parts, span.start, span.end, before == "with", is_unwanted)
        last = reading.asked[-1] if reading.asked else None
        merged = _merged(last, asked) if last is not None and span.start - last.end <= 1 else None
        if merged is not None:
            reading.asked[-1] = merged
        else:
            reading.asked.append(asked)
    elif values:
        reading.values.append(Valued(values, span.start, is_unwanted))
    elif span.has(Role.MAKER):
        reading.makers.append(reading.tokens[span.start].text)


def _merged(one: Asked, other: Asked) -> Asked | None:
    """Two words of one name of a param are one."""
    if one.columns or other.columns or not one.parts:
        return None
    shared = tuple(key for key in one.parts if key in other.parts)
    wanted = (one.is_wanted or other.is_wanted, one.is_unwanted or other.is_unwanted)
    return Asked((), shared, one.start, other.end, *wanted) if shared else None


def _take_signs(reading: Reading, span: Span) -> None:
    signs = span.keys(Role.SIGN)
    reading.signs.update(signs)
    reading.places.extend(_PLACES[sign] for sign in signs if sign in _PLACES)
