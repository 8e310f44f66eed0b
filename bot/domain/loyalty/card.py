"""Card: the number of a member's card: two digits of the programme, ten of chance, one that checks the others."""

import re
from typing import NewType

from bot.domain.errors import InputError
from bot.domain.replies import Phrase

CardNumber = NewType("CardNumber", str)
"""13 digits whose last one checks. Says nothing about whose it is."""

CARD_DIGITS = 13
PREFIX_DIGITS = 2
SERIAL_BOUND = 10**10
"""Serials are below; drawn by chance, so that nobody can guess another card."""

LONGEST_TYPED = 64
"""Characters; whoever typed more has typed something else."""

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""H. Michael Damm's quasigroup of order 10 (2004): finds every wrong digit and every swap of two neighbours."""

_PREFIX = re.compile(r"[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"[\s.\u00ad\u2010-\u2015\u2212/-]+")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "О": "0", "о": "0", "l": "1", "I": "1", "|": "1"})
_GROUPS = (2, 6, 10, 13)
_SHOWN_DIGITS = 4


def check_digit(digits: str) -> str:
    """Return the digit that goes behind `digits`.

    Raises:
        ValueError: there are other characters than digits.
    """
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return str(state)


def card_number(prefix: str, serial: int) -> CardNumber:
    """Make the number of a card; `serial` comes from chance that cannot be foretold.

    Raises:
        ValueError: `prefix` has not two digits, or `serial` is not within 0 and `SERIAL_BOUND`.
    """
    if _PREFIX.fullmatch(prefix) is None or not 0 <= serial < SERIAL_BOUND:
        raise ValueError("a prefix of two digits and a serial of at most ten")
    digits = f"{prefix}{serial:010}"
    return CardNumber(digits + check_digit(digits))


def read_card(text: str, *, prefix: str) -> CardNumber:
    """Read a number that a person typed: grouped anyhow, with letters that look like digits.

    Raises:
        InputError: of the field ``card``; ``card-length`` for too few or too many digits, ``card-mistyped`` for a
            digit that is wrong or two that are swapped, ``card-foreign`` for the card of another programme.
    """
    digits = _BETWEEN.sub("", text.strip()).translate(_LOOKALIKES) if len(text) <= LONGEST_TYPED else ""
    if _NUMBER.fullmatch(digits) is None or len(digits) != CARD_DIGITS:
        given = len(re.findall("[0-9]", digits))
        raise InputError(Phrase("card-length", {"given": given}), field="card")
    if check_digit(digits) != "0":
        raise InputError(Phrase("card-mistyped"), field="card")
    if not digits.startswith(prefix):
        raise InputError(Phrase("card-foreign"), field="card")
    return CardNumber(digits)


def grouped(number: CardNumber) -> str:
    """Divide `number` as people read it aloud: ``27 1234 5678 901``."""
    return " ".join(number[start:end] for start, end in zip((0, *_GROUPS), _GROUPS, strict=False))


def masked_card(number: CardNumber) -> str:
    """Hide all of `number` but its end: ``…8901``."""
    return f"…{number[-_SHOWN_DIGITS:]}"
