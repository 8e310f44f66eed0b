"""Gathering: rows of a store's file put together to orders and returns; what is told twice counts once."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.purchases.order import Order, OrderKey, OrderLine, OrderReturn
from bot.domain.receipts.receipt import ReceiptKey
from bot.imports.values import MOST_KOPECKS
from bot.services.purchases.intake import Told

_DIGITS_OF_A_NAME = 16
_MOST_LINES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One row, understood. `paid` is None for a return of which no amount is told: all of the goods that it names.

    Two rows that say the same are equal, wherever they stand: `at` is the line of the file.
    """

    at: int = field(compare=False)
    key: OrderKey
    moment: datetime
    paid: int | None
    number: int
    product: str = ""
    name: str = ""
    serial: str = ""
    card: str = ""
    receipt: ReceiptKey | None = None
    is_return: bool = False
    return_number: str = ""

    @property
    def is_one_of_a_kind(self) -> bool:
        """Whether the same row once more cannot be another piece of the same goods."""
        return bool(self.number or self.serial)


class DoubtfulError(ValueError):
    """An order cannot be as it is told; the message says why."""


@dataclass(slots=True)
class _Pile:
    """The tellings of one order or return: rows that stand together, or the lines of one JSON object (`is_whole`)."""

    tellings: list[list[ReadLine]] = field(default_factory=list)
    is_whole: bool = False


@dataclass(slots=True)
class Gathered:
    """Rows by the order or the return that they are of."""

    _sales: dict[OrderKey, _Pile] = field(default_factory=dict)
    _returns: dict[tuple[OrderKey, str], _Pile] = field(default_factory=dict)
    _spoilt: set[OrderKey] = field(default_factory=set)
    _last: tuple[object, ...] = ()

    def add(self, line: ReadLine, *, telling: str = "") -> None:
        """Put a row where it belongs. `telling` names the JSON object that it stands in, empty for a row of its own."""
        if line.is_return:
            pile = self._returns.setdefault((line.key, line.return_number or line.moment.isoformat()), _Pile())
        else:
            pile = self._sales.setdefault(line.key, _Pile())
        place = (line.key, line.is_return, line.return_number, telling)
        if place != self._last or not pile.tellings:
            pile.tellings.append([])
        self._last = place
        pile.tellings[-1].append(line)
        pile.is_whole = pile.is_whole or bool(telling)

    def spoil(self, key: OrderKey) -> None:
        """Leave an order out: with a row that cannot be read it is not the order that was sold."""
        self._spoilt.add(key)

    def told(self) -> tuple[tuple[tuple[int, Told], ...], Sequence[tuple[int, str]]]:
        """Return orders, then returns, each with its line; and the orders that cannot be as they are told."""
        found: list[tuple[int, Told]] = []
        amiss: list[tuple[int, str]] = []
        for key, pile in self._sales.items():
            try:
                found += [(lines[0].at, _order(lines)) for lines in _orders_of(pile) if key not in self._spoilt]
            except DoubtfulError as problem:
                amiss.append((pile.tellings[0][0].at, str(problem)))
        for pile in self._returns.values():
            lines = [line for telling in _once(pile.tellings) for line in telling]
            found += [(part[0].at, _return(part, name)) for name, part in _returns_of(lines)]
        return tuple(found), amiss


def _once(tellings: Sequence[list[ReadLine]]) -> list[list[ReadLine]]:
    """Leave out what was told before word for word."""
    return [list(telling) for telling in dict.fromkeys(map(tuple, tellings))]


def _orders_of(pile: _Pile) -> Iterator[list[ReadLine]]:
    """Each JSON object is an order by itself; scattered rows of one order are put together."""
    kept = _once(pile.tellings)
    for lines in kept if pile.is_whole else [[line for telling in kept for line in telling]]:
        yield _without_repeats(lines)


def _without_repeats(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Take every line once; rows without a number or a serial may be alike and are as many pieces.

    Raises:
        DoubtfulError: two rows have one number and differ, or there are more than anybody buys at once.
    """
    if len(lines) > _MOST_LINES:
        raise DoubtfulError(f"order {lines[0].key.number} has {len(lines)} lines; is its column the order's number?")
    kept: list[ReadLine] = []
    told, numbers = set[ReadLine](), set[int]()
    for line in lines:
        if line in told and line.is_one_of_a_kind:
            continue
        if line.number and line.number in numbers:
            raise DoubtfulError(f"line {line.number} of order {line.key.number} is told twice, and not alike")
        told.add(line)
        numbers.add(line.number)
        kept.append(line)
    return kept


def _order(lines: Sequence[ReadLine]) -> Order:
    is_numbered = all(line.number for line in lines)
    return Order(
        key=lines[0].key,
        bought_at=lines[0].moment,
        lines=tuple(
            OrderLine(
                number=line.number if is_numbered else place,
                product=line.product,
                name=line.name,
                serial=line.serial,
                paid_kopecks=line.paid or 0,
            )
            for place, line in enumerate(lines, start=1)
        ),
        card=next((line.card for line in lines if line.card), ""),
        receipt=next((line.receipt for line in lines if line.receipt), None),
    )


def _returns_of(lines: Sequence[ReadLine]) -> Iterator[tuple[str, Sequence[ReadLine]]]:
    """Name what came back; where the store does not, every row is a return by itself.

    So a file that has grown since names what it told before as it did before. Two rows alike are two pieces.
    """
    if lines[0].return_number:
        yield lines[0].return_number, lines
        return
    told = Counter[ReadLine]()
    for line in lines:
        told[line] += 1
        yield _name(line, told[line]), [line]


def _return(lines: Sequence[ReadLine], name: str) -> OrderReturn:
    """Put a return together; a row that names neither goods nor an amount is of everything."""
    by_line, by_product = Counter[int](), Counter[str]()
    is_everything = any(line.paid is None and not line.number and not line.product for line in lines)
    for line in () if is_everything else lines:
        kopecks = MOST_KOPECKS if line.paid is None else line.paid
        if line.number:
            by_line[line.number] += kopecks
        else:
            by_product[line.product] += kopecks
    return OrderReturn(
        key=lines[0].key,
        number=name,
        returned_at=lines[0].moment,
        lines=by_line,
        products=by_product,
    )


def _name(line: ReadLine, place: int) -> str:
    words = f"{line.moment.isoformat()};{line.number};{line.product};{line.paid}" + (f";{place}" if place > 1 else "")
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS_OF_A_NAME]
