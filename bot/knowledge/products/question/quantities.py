"""Quantities: numbers with their units, and what is wished of them: "до 30 тысяч", "от 50 дюймов", "20-30k"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.wishes import Relation
from bot.knowledge.products.language import loader
from bot.knowledge.products.language.phrases import Role, Span
from bot.knowledge.products.language.tokens import Gap, Token
from bot.knowledge.products.language.units import MONEY, Unit, unit_by_key, units_by_phrase
from bot.knowledge.products.question.reading import KOPECKS, LEAST_PRICE, Quantity

_LOOK_BACK = 4
_ONE_LETTER = 1
_SHORTEST_WORD = 3
_RELATIONS = {
    "at-least": Relation.AT_LEAST,
    "at-most": Relation.AT_MOST,
    "about": Relation.ABOUT,
    "cheap": Relation.AT_MOST,
    "dear": Relation.AT_LEAST,
}
_OF_PRICE = ("cheap", "dear", "price")
_GLUED_THOUSANDS = 10


class QuantityReader:
    """Reads the quantities of one question; `used` are the places of the spans that they are made of."""

    def __init__(self, tokens: Sequence[Token], spans: Sequence[Span]) -> None:
        self._tokens = tokens
        self._spans = spans
        self.used: set[int] = set()

    def read(self) -> list[Quantity]:
        """Return all quantities in order, those of a range one after another."""
        found: list[Quantity] = []
        at = 0
        while at < len(self._spans):
            before = set(self.used)
            end, quantity = self._at(at)
            if quantity is None:
                self.used = before
                at += 1
                continue
            if found and self._is_range(found[-1], at):
                found[-1] = _as_lower(found[-1], quantity)
                quantity = replace(quantity, relation=Relation.AT_MOST, columns=quantity.columns or found[-1].columns)
            found.append(quantity)
            self.used.update(range(at, end))
            at = end
        return list(_priced(found))

    def _at(self, at: int) -> tuple[int, Quantity | None]:
        if self._is_money_before(at):
            end, counted = self._at(at + 1)
            if counted is None or counted.unit is not None:
                return at, None
            return end, replace(counted, unit=Unit(MONEY, KOPECKS), number=counted.number * KOPECKS)
        number, end = self._number(at)
        if number is None:
            return at, None
        relation, columns, is_price = self._before(at)
        scale, end = self._scale(end, at, is_bound=relation is not None)
        unit, end = self._unit(end)
        is_word = not self._tokens[self._spans[at].start].is_number
        if is_word and unit is None and scale == 1 and not self._is_half(at) and not self._is_counting(end):
            return at, None
        if relation is None:
            relation, end = self._after(end)
        start, last = self._spans[at].start, self._spans[end - 1].end
        amount = number * scale
        if self._is_half(at):
            amount, unit = self._half(at)
        return end, Quantity(
            number=amount * (unit.factor if unit else 1),
            unit=unit,
            relation=relation,
            start=start,
            end=last,
            text=f"{amount:g}" if amount < LEAST_PRICE else f"{amount:,.0f}".replace(",", " "),
            columns=columns,
            is_price=is_price or (scale > 1 and unit is None),
        )

    def _is_counting(self, end: int) -> bool:
        """Whether a number in words counts what a param is called by: "с тремя лезвиями"."""
        if end >= len(self._spans):
            return False
        is_count = any(word in key for key in self._spans[end].keys(Role.PART) for word in loader.grammar()["counting"])
        return is_count or self._spans[end].has(Role.COLUMN)

    def _is_money_before(self, at: int) -> bool:
        """Whether a sign of money stands before its number: "$100"."""
        if at + 1 >= len(self._spans) or not self._spans[at].has(Role.MONEY):
            return False
        number = self._tokens[self._spans[at + 1].start]
        is_counting = at > 0 and self._tokens[self._spans[at - 1].end - 1].is_number
        return number.is_number and number.gap is not Gap.BREAK and not is_counting

    def _number(self, at: int) -> tuple[float | None, int]:
        span = self._spans[at]
        if span.end - span.start == 1 and self._tokens[span.start].is_number:
            return self._tokens[span.start].number, at + 1
        if self._is_half(at):
            return 1.0, at + 1
        number, end, last = 0.0, at, float("inf")
        while end < len(self._spans) and (keys := self._spans[end].keys(Role.NUMBER)) and float(keys[0]) < last:
            last = float(keys[0])
            number, end = number + last, end + 1
        if end == at and self._is_bare(at):
            return 1.0, at
        return (number, end) if end > at else (None, at)

    def _is_bare(self, at: int) -> bool:
        """A thousand or a unit that no number counts: "до тысячи", "не меньше часа"."""
        span = self._spans[at]
        if at == 0 or len(self._tokens[span.start].text) < _SHORTEST_WORD:
            return False
        before = self._spans[at - 1]
        is_counted = self._tokens[before.start].is_number or before.has(Role.NUMBER)
        is_bounded = before.has(Role.SIGN, *_RELATIONS) or before.has(Role.LESS) or before.has(Role.MORE)
        is_bounded = is_bounded or self._is_one(at)
        return (span.has(Role.SCALE) and not is_counted) or (span.has(Role.UNIT) and is_bounded)

    def _is_one(self, at: int) -> bool:
        """Whether a unit stands for one of it: "чайник на литр"."""
        unit, before = self._tokens[self._spans[at].start], self._tokens[self._spans[at - 1].start]
        is_counting = at > 1 and (
            self._spans[at - 2].has(Role.UNIT) or self._tokens[self._spans[at - 2].start].is_number
        )
        return unit.text == unit.word and before.text in loader.grammar()["counts"] and not is_counting

    def _scale(self, at: int, first: int, *, is_bound: bool) -> tuple[float, int]:
        if at >= len(self._spans) or not self._spans[at].has(Role.SCALE):
            return 1.0, at
        token = self._tokens[self._spans[at].start]
        scale = float(self._spans[at].keys(Role.SCALE)[0])
        if len(token.text) == _ONE_LETTER:
            number = self._tokens[self._spans[first].start]
            is_sized = not number.is_number or number.number >= _GLUED_THOUSANDS or is_bound
            if not is_sized or (token.gap is not Gap.NONE and self._spans[at].has(Role.SIGN)):
                return 1.0, at
        return scale, at + 1

    def _unit(self, at: int) -> tuple[Unit | None, int]:
        if at >= len(self._spans):
            return None, at
        span = self._spans[at]
        token = self._tokens[span.start]
        if span.has(Role.MONEY) and not (token.text == loader.grammar()["ruble"] and span.has(Role.UNIT)):
            return Unit(MONEY, KOPECKS), at + 1
        keys = span.keys(Role.UNIT)
        is_word = len(token.text) == _ONE_LETTER and span.has(Role.SIGN) and token.gap is not Gap.NONE
        if not keys or is_word:
            return None, at
        return unit_by_key(keys[0]), at + 1

    def _before(self, at: int) -> tuple[Relation | None, tuple[str, ...], bool]:
        """Look back for a relation and for what is measured, up to another number."""
        relation: Relation | None = None
        columns: tuple[str, ...] = ()
        is_price = False
        for place in range(at - 1, max(at - 1 - _LOOK_BACK, -1), -1):
            span = self._spans[place]
            is_number = self._tokens[span.start].is_number and span.end - span.start == 1
            if is_number or place in self.used:
                break
            signs = [sign for sign in _RELATIONS if span.has(Role.SIGN, sign)]
            if signs and relation is None:
                relation = _RELATIONS[signs[0]]
                self.used.add(place)
            is_price = is_price or span.has(Role.SIGN, *_OF_PRICE)
            for role, wanted in ((Role.LESS, Relation.AT_MOST), (Role.MORE, Relation.AT_LEAST)):
                if span.has(role) and place == at - 1:
                    relation, columns = relation or wanted, tuple(span.keys(role))
                    self.used.add(place)
            if not columns and span.has(Role.COLUMN):
                columns = tuple(span.keys(Role.COLUMN))
        return relation, columns, is_price

    def _after(self, at: int) -> tuple[Relation | None, int]:
        """Read "и больше" behind a number."""
        is_joined = at + 1 < len(self._spans) and self._spans[at].has(Role.SIGN, "and-what-about", "or")
        place = at + 1
        if is_joined:
            for sign, relation in (*_RELATIONS.items(), ("more", Relation.AT_LEAST), ("less", Relation.AT_MOST)):
                if self._spans[place].has(Role.SIGN, sign):
                    return relation, place + 1
        return None, at

    def _is_range(self, before: Quantity, at: int) -> bool:
        """Whether the number at `at` ends a range that `before` begins: "20-30", "от 20 до 30", "между 20 и 30"."""
        start = self._spans[at].start
        if start == before.end and self._tokens[start].gap in {Gap.HYPHEN, Gap.BREAK}:
            return self._tokens[start].gap is Gap.HYPHEN
        is_between = any(span.has(Role.SIGN, "between") for span in self._spans[:at])
        is_pair = before.relation is Relation.AT_LEAST and before.unit is None
        return is_between or (is_pair and start - before.end <= 1)

    def _is_half(self, at: int) -> bool:
        return self._tokens[self._spans[at].start].text in loader.numbers()["halves"]

    def _half(self, at: int) -> tuple[float, Unit]:
        amount, unit = loader.numbers()["halves"][self._tokens[self._spans[at].start].text]
        return float(amount), units_by_phrase()[unit,]


def _as_lower(lower: Quantity, upper: Quantity) -> Quantity:
    """The unit and the thousands of a range may be said once, at its end."""
    if lower.unit is not None or (upper.unit is None and not upper.is_price):
        return replace(lower, relation=Relation.AT_LEAST)
    factor = upper.unit.factor if upper.unit else 1
    amount = lower.number
    if upper.is_price or (upper.unit and upper.unit.kind == MONEY):
        said = upper.number / factor
        while amount < said / LEAST_PRICE * 10 and said >= LEAST_PRICE:
            amount *= LEAST_PRICE
    return replace(
        lower,
        number=amount * factor,
        unit=upper.unit,
        relation=Relation.AT_LEAST,
        is_price=upper.is_price,
        text=f"{amount:,.0f}".replace(",", " ") if amount >= LEAST_PRICE else f"{amount:g}",
    )


def _priced(quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """Large numbers without a unit are prices; prices are in kopecks."""
    for quantity in quantities:
        is_money = quantity.unit is not None and quantity.unit.kind == MONEY
        is_large = quantity.is_large and not quantity.columns
        is_price = is_money or (quantity.unit is None and (quantity.is_price or is_large))
        number = quantity.number * KOPECKS if is_price and not is_money else quantity.number
        yield replace(quantity, number=number, is_price=is_price)
