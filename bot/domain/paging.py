"""Paging: the buttons of a message inside a platform's counts and sizes, the rest of them on further pages."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from bot.domain.actions import Action
from bot.domain.fitting import ELLIPSIS, shorten
from bot.domain.replies import OutgoingButton, OutgoingMessage, Target

SHOW = "pages.show"
"""Shows a page of a message: arguments are the event it answers, its number, the page from 0."""

PRESS = "pages.press"
"""Presses a button whose own payload is too long: the event, the number, the place among all buttons from 0."""

BACK, ONWARD = "‹", "›"
_NAVIGATION = 3

Row: TypeAlias = tuple[OutgoingButton, ...]
Width: TypeAlias = Callable[[OutgoingButton], int]


def one_place(_button: OutgoingButton) -> int:
    """Every button takes one place in its row."""
    return 1


def page(
    message: OutgoingMessage,
    *,
    rows: int,
    per_row: int,
    total: int,
    longest_payload: int,
    longest_label: int,
    width: Width = one_place,
) -> tuple[Row, ...]:
    """Return the rows of the page `message.page` (the last one when there are fewer), ready for the platform.

    At most `rows` rows (2 or more) of at most `per_row` places (3 or more), as `width` counts them, and `total` buttons
    in all (`per_row` and 3 or more). Where all buttons do not fit, the last row leads to the other pages.
    `longest_payload` is in bytes of UTF-8, `longest_label` in UTF-16 units; a longer action is called by its place, a
    longer label is cut.
    """
    fitted = _fitted(message, longest_payload=longest_payload, longest_label=longest_label)
    wrapped = [part for row in fitted for part in _wrap(row, per_row, width)]
    if len(wrapped) <= rows and sum(map(len, wrapped)) <= total:
        return tuple(wrapped)
    pages = list(_pages(wrapped, rows=rows - 1, total=total - _NAVIGATION))
    shown = min(max(message.page, 0), len(pages) - 1)
    return (*pages[shown], _navigation(message, shown, len(pages)))


def _fitted(message: OutgoingMessage, *, longest_payload: int, longest_label: int) -> Iterator[Row]:
    first = 0
    for row in message.buttons:
        yield tuple(
            OutgoingButton(
                shorten(button.label.strip() or ELLIPSIS, longest_label),
                _short(button, message, number, longest_payload),
            )
            for number, button in enumerate(row, first)
        )
        first += len(row)


def _short(button: OutgoingButton, message: OutgoingMessage, number: int, longest: int) -> Target:
    target = button.target
    if isinstance(target, Action) and len(target.encode().encode()) > longest:
        return Action(PRESS, (str(message.answers), str(message.number), str(number)))
    return target


def _wrap(row: Row, per_row: int, width: Width) -> Iterator[Row]:
    """Break a row that is too wide; a button wider than a row stands alone."""
    part: list[OutgoingButton] = []
    for button in row:
        if part and sum(map(width, part)) + width(button) > per_row:
            yield tuple(part)
            part = []
        part.append(button)
    if part:
        yield tuple(part)


def _pages(wrapped: Sequence[Row], *, rows: int, total: int) -> Iterator[tuple[Row, ...]]:
    part: list[Row] = []
    for row in wrapped:
        if part and (len(part) == rows or sum(map(len, part)) + len(row) > total):
            yield tuple(part)
            part = []
        part.append(row)
    if part:
        yield tuple(part)


def _navigation(message: OutgoingMessage, shown: int, count: int) -> Row:
    """Lead back and onward; the middle says where one is and shows the page anew."""
    steps = [(BACK, shown - 1), (f"{shown + 1}/{count}", shown), (ONWARD, shown + 1)]
    name = (str(message.answers), str(message.number))
    return tuple(
        OutgoingButton(label, Action(SHOW, (*name, str(number)))) for label, number in steps if 0 <= number < count
    )
