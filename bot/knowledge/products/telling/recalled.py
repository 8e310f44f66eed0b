"""Recalled: something shown before that is called by the number in its model alone: "а у 220?"."""

import re

from bot.domain.wishes import Shown
from bot.knowledge.products.goods.models import codes_of
from bot.knowledge.products.knowing import Knowing
from bot.knowledge.products.question.reading import Mention, Quantity, Reading

_DIGITS = re.compile(r"\d+")
_FEWEST_DIGITS = 2
"""A single digit rather counts something."""


def recall_numbers(known: Knowing, reading: Reading, shown: Shown) -> None:
    """Let bare numbers of `reading` name what was shown, where the model of one thing alone has them."""
    rows = known.goods.rows((*shown.offers, *((shown.before,) if shown.before else ())))
    for quantity in [each for each in reading.quantities if _is_bare(each)]:
        meant = [row for row in rows if quantity.text in _numbers_of(known, row)]
        if len({int(known.goods.products[row]) for row in meant}) == 1:
            reading.quantities.remove(quantity)
            reading.mentions.append(Mention((meant[0],), quantity.start, quantity.text, quantity.end))


def _is_bare(quantity: Quantity) -> bool:
    is_alone = quantity.unit is None and quantity.relation is None and not quantity.columns
    return is_alone and quantity.text.isdigit() and len(quantity.text) >= _FEWEST_DIGITS


def _numbers_of(known: Knowing, row: int) -> set[str]:
    return {number for code in codes_of(known.offer(row)) for number in _DIGITS.findall(code)}
