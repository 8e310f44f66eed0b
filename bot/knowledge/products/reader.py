"""Reader: from the words of a question to what it speaks of."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.knowledge.products.goods import Goods, Rows
from bot.knowledge.products.lexicon import Lexicon
from bot.knowledge.products.models import is_code, readings, runs, spelled
from bot.knowledge.products.phrases import Role, Span
from bot.knowledge.products.quantities import QuantityReader
from bot.knowledge.products.reading import Asked, Mention, Reading, Sorting, Valued
from bot.knowledge.products.tokens import LONGEST, Gap, Token, tokens_of
from bot.knowledge.products.words import is_stop

_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_BEFORE = 2
"""Words that may stand between a preposition and what it is about."""
_LONGEST_SERIES = 3
_LONGEST_CODE = 24
_BOUNDS = frozenset(("at-least", "at-most", "about", "between", "cheap", "dear", "price"))
_MEASURES = frozenset((Role.UNIT, Role.SCALE, Role.MONEY))
_COLUMN_ROLES = (Role.COLUMN, Role.PART, Role.ASK)


class Reader:
    """Reads questions about `goods`. `known` are other codes that the pack's texts have: they name no goods."""

    def __init__(self, goods: Goods, lexicon: Lexicon, known: frozenset[str]) -> None:
        self._goods = goods
        self._lexicon = lexicon
        self._known = known

    def read(self, text: str, *, has_shown: bool = False) -> Reading:
        """Read `text`, the beginning of a long one; `has_shown`: "it" may be something shown before."""
        tokens = tokens_of(text[:LONGEST])
        taken = [False] * len(tokens)
        mentions, missing = self._codes(tokens, taken)
        spans = self._parted(tokens, list(self._lexicon.book.read(tokens, taken)))
        reading = Reading(tokens=tokens, spans=spans, missing=missing)
        quantities = QuantityReader(tokens, spans)
        reading.quantities = quantities.read()
        self._take_mentions(reading, [*mentions, *self._aliases(spans)])
        self._take_frames(reading, quantities.used)
        means_it = has_shown and any(
            span.has(Role.SIGN, "it") and not (at and spans[at - 1].has(Role.SIGN, "for"))
            for at, span in enumerate(spans)
        )
        self._take_words(reading, quantities.used, prefers_columns=means_it or bool(reading.subjects))
        return reading

    def rows_of(self, reading: Reading) -> Rows | None:
        """Return the rows that all kinds, brands and names of `reading` leave; None where it names none."""
        return scope_of(self._lexicon, reading.kinds, reading.brands, reading.names)

    def _parted(self, tokens: Sequence[Token], spans: Sequence[Span]) -> list[Span]:
        """Part the name of a category where it is no name: "с самым большим зумом"."""
        parted: list[Span] = []
        for place, span in enumerate(spans):
            is_most = place > 0 and spans[place - 1].has(Role.SIGN, "most", "least")
            if is_most and span.end - span.start > 1 and span.has(Role.KIND):
                words = range(span.start, span.end)
                parted += [Span(at, at + 1, self._lexicon.book.meanings((tokens[at].word,))) for at in words]
            else:
                parted.append(span)
        return parted

    def _codes(self, tokens: Sequence[Token], taken: list[bool]) -> tuple[list[Mention], list[str]]:
        mentions: list[Mention] = []
        missing: list[str] = []
        at = 0
        while at < len(tokens):
            found = self._code_at(tokens, at)
            if found is None:
                at += 1
                continue
            end, code, rows = found
            if rows:
                mentions.append(Mention(tuple(rows), at, code))
            else:
                missing.append(_written(tokens[at:end]))
            taken[at:end] = [True] * (end - at)
            at = end
        return mentions, missing

    def _code_at(self, tokens: Sequence[Token], at: int) -> tuple[int, str, Sequence[int]] | None:
        length, code = spelled(tokens, at)
        if length and (rows := self._goods.models.find(code)[1]):
            return at + length, code, rows
        for end in runs(tokens, at):
            run = tokens[at:end]
            if len(run) == 1 and not self._is_bare_number(tokens, at):
                continue
            for reading in readings(run):
                rows = self._goods.models.find(reading)[1] if len(reading) <= _LONGEST_CODE else ()
                if rows:
                    return end, reading, rows
        return self._missing_at(tokens, at)

    def _is_bare_number(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether digits stand by themselves, with no unit and no relation: "хлебопечка 2500"."""
        if not tokens[at].text.isdigit() or len(tokens[at].text) <= _LONGEST_SERIES - 1:
            return False
        before = self._lexicon.book.meanings((tokens[at - 1].word,)) if at else ()
        behind = self._lexicon.book.meanings((tokens[at + 1].word,)) if at + 1 < len(tokens) else ()
        is_bound = any(meaning.role is Role.SIGN and meaning.key in _BOUNDS for meaning in before)
        return not is_bound and not any(meaning.role in _MEASURES for meaning in behind)

    def _missing_at(self, tokens: Sequence[Token], at: int) -> tuple[int, str, Sequence[int]] | None:
        """Tell a code that the catalogue does not have from other words with digits."""
        for end in runs(tokens, at):
            run = tokens[at:end]
            typed = "".join(token.text for token in run)
            is_spaced = len(run) > 1 and not typed.isascii()
            if not is_code(typed) or typed in self._known or len(typed) > _LONGEST_CODE:
                continue
            if tuple(token.word for token in run) in self._lexicon.book:
                return None
            series = [each for each in readings(run) if self._goods.models.has_series(each)]
            is_glued = all(token.gap <= 0 for token in run[1:])
            if series or (is_glued and (typed.isascii() or not is_spaced) and len(run) > 1):
                return end, "", ()
        return None

    def _take_mentions(self, reading: Reading, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            is_target = any(
                span.has(Role.SIGN, "for") and mention.start - _BEFORE <= span.end <= mention.start
                for span in reading.spans
            )
            reading.mentions.append(Mention(mention.rows, mention.start, mention.code, is_target))

    def _aliases(self, spans: Sequence[Span]) -> Iterator[Mention]:
        """Yield goods called by a nickname."""
        for span in spans:
            rows = tuple(row for code in span.keys(Role.ALIAS) for row in self._goods.models.find(code)[1])
            if rows:
                yield Mention(rows, span.start, span.keys(Role.ALIAS)[0])

    def _take_frames(self, reading: Reading, used: set[int]) -> None:
        """Find questions for a param that have other words in their middle: "how long does it work"."""
        words = [token.word for token in reading.tokens]
        for frame in self._lexicon.frames:
            start = _find(words, frame.before, 0)
            end = _find(words, frame.behind, start + len(frame.before)) if start >= 0 else -1
            if end >= 0:
                covered = {*range(start, start + len(frame.before)), *range(end, end + len(frame.behind))}
                reading.asked.append(Asked(frame.columns, (), start, end + len(frame.behind)))
                used.update(
                    at for at, span in enumerate(reading.spans) if covered.intersection(range(span.start, span.end))
                )

    def _take_words(self, reading: Reading, used: set[int], *, prefers_columns: bool) -> None:
        scope: Rows | None = None
        for place, span in enumerate(reading.spans):
            if place in used:
                continue
            before = _sign_before(reading, place)
            if not span.meanings:
                self._take_unknown(reading, span)
                continue
            if self._is_kind_of_subject(reading, span):
                continue
            if before != "for" and not (before in {"with", "without", "except"} and _is_column(span)):
                if not (prefers_columns and _is_column(span)):
                    scope = self._take_kind(reading, span, scope)
            elif before == "for" and span.has(Role.KIND):
                reading.target_kinds.append(tuple(span.keys(Role.KIND)))
                continue
            if not _is_scope(reading, span):
                _take_column(reading, span, before)
            _take_signs(reading, span)
        reading.sorting = _sorting(reading, used)

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

    def _take_unknown(self, reading: Reading, span: Span) -> None:
        token = reading.tokens[span.start]
        if token.text.isalpha() and len(token.text) > 1 and not is_stop(token.text):
            reading.unread.append(token.text)

    def _take_kind(self, reading: Reading, span: Span, scope: Rows | None) -> Rows | None:
        """Narrow the scope by a word where it leaves anything."""
        for role, kept, rows_of in (
            (Role.KIND, reading.kinds, self._lexicon.kinds.rows),
            (Role.BRAND, reading.brands, self._brand_rows),
            (Role.NAME, reading.names, self._name_rows),
        ):
            keys = tuple(dict.fromkeys(span.keys(role)))
            if not keys:
                continue
            if role is Role.NAME and (_is_column(span) or span.has(Role.VALUE) or span.has(Role.SIGN)):
                continue
            rows = _union(rows_of(key) for key in keys)
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


def any_of(lexicon: Lexicon, kinds: Sequence[Sequence[str]]) -> list[int]:
    """Return the rows that all of these words leave, goods that go with others included."""
    parts = [_union(lexicon.kinds.rows(key) for key in keys) for keys in kinds]
    return sorted(set(parts[0].tolist()).intersection(*(rows.tolist() for rows in parts[1:]))) if parts else []


def scope_of(
    lexicon: Lexicon, kinds: Sequence[Sequence[str]], brands: Sequence[str], names: Sequence[str]
) -> Rows | None:
    """Return the rows that all of these leave; None where there are none of these."""
    parts = [_union(lexicon.kinds.rows(key) for key in keys) for keys in kinds]
    parts += [lexicon.brands[key] for key in brands if key in lexicon.brands]
    parts += [lexicon.names[key] for key in names if key in lexicon.names]
    if not parts:
        return None
    scope = parts[0]
    for rows in parts[1:]:
        scope = np.intersect1d(scope, rows, assume_unique=True)
    return _without_additions(lexicon, scope) if kinds else scope


def _without_additions(lexicon: Lexicon, rows: Rows) -> Rows:
    """Leave out goods that only go with others, where there are any of those others."""
    proper = rows[~lexicon.kinds.additions[rows]]
    return proper if len(proper) else rows


def is_among(rows: Rows, row: int) -> bool:
    """Whether `row` is one of `rows`."""
    at = int(np.searchsorted(rows, row))
    return at < len(rows) and int(rows[at]) == row


def _union(all_rows: Iterator[Rows]) -> Rows:
    rows = list(all_rows)
    return rows[0] if len(rows) == 1 else np.unique(np.concatenate(rows)) if rows else np.empty(0, np.int32)


def _written(run: Sequence[Token]) -> str:
    """Write a code as it was typed."""
    hyphens = ("-" if at and token.gap is Gap.HYPHEN else "" for at, token in enumerate(run))
    return "".join(hyphen + token.text for hyphen, token in zip(hyphens, run, strict=True))


def _find(words: Sequence[str], phrase: Sequence[str], start: int) -> int:
    """Return where `phrase` stands in `words` from `start` on; -1 where it does not."""
    length = len(phrase)
    places = (at for at in range(start, len(words) - length + 1) if tuple(words[at : at + length]) == phrase)
    return next(places, -1)


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
    is_unwanted = before in {"without", "except", "not"}
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


def _sorting(reading: Reading, used: set[int]) -> Sorting | None:
    """Find what is to be most or least."""
    spans = [span for place, span in enumerate(reading.spans) if place not in used]
    is_superlative = any(span.has(Role.SIGN, "most", "least") for span in spans)
    for span in spans:
        for role, is_ascending in ((Role.LESS, True), (Role.MORE, False)):
            if span.has(role):
                keys = tuple(key for key in span.keys(role))
                return Sorting(keys, is_ascending, is_superlative or _is_superlative(reading, span))
        for sign, is_ascending in (("cheap", True), ("dear", False)):
            if span.has(Role.SIGN, sign):
                return Sorting((), is_ascending, is_superlative or _is_superlative(reading, span), is_price=True)
    return _sorting_by_size(reading, spans, is_superlative=is_superlative)


def _sorting_by_size(reading: Reading, spans: Sequence[Span], *, is_superlative: bool) -> Sorting | None:
    least = any(span.has(Role.SIGN, "least", "small", "less") for span in spans)
    most = any(span.has(Role.SIGN, "most", "large", "more") for span in spans)
    if not (least or most):
        return None
    columns = [key for asked in reading.asked[:1] for key in (*asked.columns, *asked.parts)]
    is_clear = is_superlative or any(span.has(Role.SIGN, "large", "small", "more", "less") for span in spans)
    return Sorting(tuple(columns), least, is_superlative) if is_clear else None


def _is_superlative(reading: Reading, span: Span) -> bool:
    text = reading.tokens[span.start].text
    return text.isascii() and text.endswith("est")
