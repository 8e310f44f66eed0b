"""Names: goods called in a question by words of their names, alone, with numbers, or beside a code."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.domain.text import fold
from bot.knowledge.products.choosing.scopes import union
from bot.knowledge.products.goods.goods import Goods, Rows
from bot.knowledge.products.goods.models import codes_of, is_code
from bot.knowledge.products.language.lexicon import Lexicon, read_value_key
from bot.knowledge.products.language.names import TARGET
from bot.knowledge.products.language.phrases import Role, Span
from bot.knowledge.products.language.tokens import Gap, Token, phrase_of
from bot.knowledge.products.question.reading import Mention

_LONGEST_ENDING = 2
_PAIR = 2
_MOST_PRODUCTS = 40
"""A word that more products are called by names a series."""
_NO_NAMES = (Role.UNIT, Role.SCALE, Role.NUMBER, Role.MONEY, Role.MAKER)
_WEAK = (Role.SIGN, Role.COLUMN, Role.PART, Role.ASK, Role.VALUE, Role.MORE, Role.LESS, Role.KIND, Role.BRAND)
"""What a word says rather than a name, unless it stands beside one."""
_MEASURES = (Role.UNIT, Role.SCALE, Role.MONEY)


@dataclass(slots=True)
class _Run:
    """Words and codes side by side that some goods are called by, all of them. `is_mark`: a word of speech, too: "max".

    `is_broken`: a word follows that other goods are called by, none of these: "Note 12 Max".
    """

    rows: Rows
    start: int
    end: int
    keys: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    is_strong: bool = False
    mention: Mention | None = None
    is_mark: bool = False
    is_broken: bool = False

    @property
    def words(self) -> set[str]:
        """The words and numbers that are named, each by itself."""
        return {word for key in self.keys for word in key.split(" ")}


@dataclass(slots=True)
class Named:
    """`places` are the spans that the mentions are made of."""

    mentions: list[Mention] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    near: list[int] = field(default_factory=list)
    places: set[int] = field(default_factory=set)


class NameReader:
    """Reads names: of the goods that a word leaves, those meant that are called by nothing else."""

    def __init__(self, goods: Goods, lexicon: Lexicon) -> None:
        self._goods = goods
        self._lexicon = lexicon

    def read(self, tokens: Sequence[Token], spans: Sequence[Span], codes: Sequence[Mention]) -> Named:
        """Return the goods of `codes`, told apart by the words beside them, and those that words alone call."""
        named = Named()
        kinds = [union(map(self._lexicon.kinds.rows, span.keys(Role.KIND))) for span in spans if span.has(Role.KIND)]
        for run in self._runs(tokens, spans, codes):
            number = self._unknown_number(tokens, spans, run)
            if number or run.is_broken:
                typed = [token.text for token in tokens[run.start : run.end]]
                named.missing.append(" ".join([*typed, number]).strip())
                named.near += run.rows[:_MOST_PRODUCTS].tolist()
                named.places.update(run.places)
                continue
            if not len(run.rows):
                named.places.update(run.places)
                continue
            rows = self._meant(run, kinds)
            if len(rows):
                code = run.mention.code if run.mention else run.keys[0]
                named.mentions.append(Mention(rows, run.start, code, run.end))
                named.places.update(run.places)
        named.mentions.sort(key=lambda mention: mention.start)
        return named

    def _runs(self, tokens: Sequence[Token], spans: Sequence[Span], codes: Sequence[Mention]) -> Iterator[_Run]:
        runs = [*self._words(spans), *(self._of_code(tokens, mention) for mention in codes)]
        open_run: _Run | None = None
        for run in sorted(runs, key=lambda each: each.start):
            if open_run is None:
                open_run = run
                continue
            if run.start != open_run.end or tokens[run.start].gap >= Gap.BREAK:
                yield open_run
                open_run = run
                continue
            joined = _joined(open_run, run)
            is_bound = run.end < len(tokens) and tokens[run.end].is_number
            if joined is None and self._is_fragment(run) and not (run.is_mark and is_bound):
                joined = replace(open_run, end=run.end, is_broken=open_run.is_strong and open_run.mention is None)
            elif joined is None:
                yield open_run
            open_run = joined or run
        if open_run is not None:
            yield open_run

    def _is_fragment(self, run: _Run) -> bool:
        """Whether it takes more than these words to call any of the goods that are called by them."""
        if run.mention is not None or len(run.rows) > _MOST_PRODUCTS:
            return False
        return (run.is_strong or run.is_mark) and all(self._left(row, run) for row in run.rows.tolist())

    def _of_code(self, tokens: Sequence[Token], mention: Mention) -> _Run:
        """A code, with the letter or two behind it where some model has them, too: "ХМ 4521 S"."""
        rows, end = sorted(set(mention.rows)), mention.end or mention.start + 1
        if end < len(tokens) and tokens[end].gap is Gap.SPACE and len(tokens[end].text) <= _LONGEST_ENDING:
            called = [row for row in rows if tokens[end].text in phrase_of(self._goods.offers[row].model)]
            is_ending = bool(called) and len(called) < len(rows)
            rows, end = (called, end + 1) if is_ending else (rows, end)
        return _Run(np.array(rows, np.int32), mention.start, end, is_strong=True, mention=mention)

    def _words(self, spans: Sequence[Span]) -> Iterator[_Run]:
        for place, span in enumerate(spans):
            keys = [key for key in span.keys(Role.NAME) if not key.startswith(TARGET)]
            if not keys or any(span.has(role) for role in _NO_NAMES):
                continue
            rows = union(self._lexicon.names[key] for key in keys if key in self._lexicon.names)
            is_strong = not any(span.has(role) for role in _WEAK) or self._is_own_value(span, rows)
            is_mark = span.has(Role.SIGN) and not span.has(Role.VALUE)
            yield _Run(rows, span.start, span.end, keys, [place], is_strong, is_mark=is_mark)

    def _is_own_value(self, span: Span, rows: Rows) -> bool:
        """Whether a value is that of the goods alone that are called so: a coffee called by its origin."""
        if not span.has(Role.VALUE) or any(span.has(role) for role in _WEAK if role is not Role.VALUE):
            return False
        products = set(self._goods.products[rows].tolist())
        if len(products) > 1:
            return False
        return all(self._having(key) <= products for key in span.keys(Role.VALUE))

    def _having(self, key: str) -> set[int]:
        name, _ = read_value_key(key)
        column = self._goods.columns[name]
        return set(self._goods.products[column.rows[np.isin(column.codes, self._lexicon.pieces[key])]].tolist())

    def _meant(self, run: _Run, kinds: Iterable[Rows]) -> tuple[int, ...]:
        """Return the rows of the only product that can be meant, those of a code however many; none for a series."""
        rows = run.rows
        if run.mention is not None:
            return tuple(self._plainest(rows, run) or rows.tolist())
        if not run.is_strong and (len(run.places) < _PAIR or any(self._left(row, run) for row in rows.tolist())):
            return ()
        rows = self._proper(rows)
        for of_kind in kinds:
            narrowed = np.intersect1d(rows, of_kind, assume_unique=True)
            rows = narrowed if len(narrowed) else rows
        return tuple(self._plainest(rows, run))

    def _plainest(self, rows: Rows, run: _Run) -> list[int]:
        """Return the rows of the product that is called by less than each of the others; none where that is none."""
        by_product: dict[int, list[int]] = {}
        for row in rows.tolist():
            by_product.setdefault(int(self._goods.products[row]), []).append(row)
        if len(by_product) <= 1:
            return list(map(int, rows))
        if len(by_product) > _MOST_PRODUCTS:
            return []
        left = {product: self._left(each[0], run) for product, each in by_product.items()}
        least = min(left, key=lambda product: len(left[product]))
        is_plain = all(left[least] < words for product, words in left.items() if product != least)
        is_plain = is_plain and (run.mention is not None or not left[least])
        return by_product[least] if is_plain else []

    def _left(self, row: int, run: _Run) -> set[str]:
        """Return what else the offer is called by; the values of its params do not count."""
        offer = self._goods.offers[row]
        values = {word for param in offer.params for word in phrase_of(param.value)}
        codes = set() if run.mention is not None else {code for code in map(fold, codes_of(offer)) if is_code(code)}
        words = {word for name in self._lexicon.own_names.of(offer) for word in name.split(" ")}
        return (words | codes) - run.words - values

    def _proper(self, rows: Rows) -> Rows:
        """Leave out what only goes with the goods of this name, where there are any."""
        proper = rows[~self._lexicon.kinds.additions[rows]]
        return proper if len(proper) else rows

    def _unknown_number(self, tokens: Sequence[Token], spans: Sequence[Span], run: _Run) -> str:
        """Return the number behind a name that no model of this series has."""
        if run.mention is not None or not run.is_strong or run.end >= len(tokens) or len(run.keys[-1].split(" ")) > 1:
            return ""
        number, behind = tokens[run.end], next((span for span in spans if span.start == run.end + 1), None)
        if not number.text.isdigit() or number.gap is not Gap.SPACE or (behind and any(map(behind.has, _MEASURES))):
            return ""
        series = {word for row in run.rows[:_MOST_PRODUCTS].tolist() for word in self._names_of(row)}
        numbers = {word.removeprefix(f"{run.keys[-1]} ") for word in series if word.startswith(f"{run.keys[-1]} ")}
        is_like = len(number.text) in set(map(len, numbers)) and number.text not in numbers
        return number.text if is_like and not self._is_value(run.rows, number.number) else ""

    def _names_of(self, row: int) -> set[str]:
        return self._lexicon.own_names.of(self._goods.offers[row])

    def _is_value(self, rows: Rows, number: float) -> bool:
        """Whether a param of any of the goods has this number, so that it may be a size."""
        texts = {str(int(number))}
        offers = (self._goods.offers[row] for row in rows[:_MOST_PRODUCTS].tolist())
        return any(param.value.strip() in texts for offer in offers for param in offer.params)


def _joined(one: _Run, other: _Run) -> _Run | None:
    """Join two neighbours; None where nothing is called by both."""
    if one.mention is not None and other.mention is not None:
        return None
    for missing, beside in ((one, other), (other, one)):
        if missing.mention is not None and not missing.mention.rows:
            places = [*one.places, *other.places]
            return replace(missing, start=one.start, end=other.end, keys=beside.keys, places=places)
    rows = np.intersect1d(one.rows, other.rows)
    if not len(rows):
        return None
    return replace(
        one,
        rows=rows,
        end=other.end,
        keys=[*one.keys, *other.keys],
        places=[*one.places, *other.places],
        is_strong=one.is_strong or other.is_strong,
        mention=one.mention or other.mention,
    )
