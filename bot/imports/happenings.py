"""Happenings from a file of the brand: reviews, quizzes and polls, one a line."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.errors import InputError
from bot.domain.loyalty.card import read_card
from bot.domain.loyalty.program import RuleKind
from bot.imports.values import FieldError, delimiter_of, read_name, text_of
from bot.services.club.happenings import TOLD_KINDS, Happening

COLUMNS = ("card", "kind", "occasion", "product")
_NEEDED = COLUMNS[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHappenings:
    """What a file has, each with its line; and what is wrong in which line."""

    told: Sequence[tuple[int, Happening]]
    problems: Sequence[tuple[int, str]]


def read_happenings(content: bytes) -> ReadHappenings:
    """Read CSV with a head: ``card``, ``kind``, ``occasion`` are needed, ``product`` where a rule is of some goods."""
    told: list[tuple[int, Happening]] = []
    problems: list[tuple[int, str]] = []
    text = text_of(content)
    delimiter = delimiter_of(text.split("\n", 1)[0])
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        if missing := [name for name in _NEEDED if name not in names]:
            return ReadHappenings(told=(), problems=[(1, f"there is no column {', '.join(missing)}")])
        for row in reader:
            named = {name.strip().lower(): value or "" for name, value in row.items() if isinstance(name, str)}
            try:
                told.append((reader.line_num, _happening(named)))
            except FieldError as problem:
                problems.append((reader.line_num, str(problem)))
    except csv.Error as error:
        problems.append((reader.line_num, f"this is no CSV ({error})"))
    return ReadHappenings(told=told, problems=problems)


def _happening(row: Mapping[str, str]) -> Happening:
    try:
        card = read_card(row["card"], prefix="")
    except InputError:
        raise FieldError(f"expected the number of a card, not {row['card'][:40]!r}") from None
    kind = row["kind"].strip().lower()
    if kind not in TOLD_KINDS:
        raise FieldError(f"the kind is one of {', '.join(TOLD_KINDS)}, not {kind[:40]!r}")
    occasion = read_name(row["occasion"], what="the occasion")
    if not occasion:
        raise FieldError("the occasion is missing: name the review or the quiz, so that it counts once")
    return Happening(card=card, kind=RuleKind(kind), occasion=occasion, product=row.get("product", "").strip())
