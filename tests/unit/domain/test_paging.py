"""Buttons inside the counts and sizes of a platform."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actions import Action
from bot.domain.ids import ChannelName, TranscriptId
from bot.domain.messages import Address
from bot.domain.paging import Row, page
from bot.domain.replies import Link, OutgoingButton, OutgoingMessage, Private, Target


def button(number: int, target: Target | None = None) -> OutgoingButton:
    return OutgoingButton(f"b{number}", target or Action("a.do", (str(number),)))


def message(*widths: int, shown: int = 0) -> OutgoingMessage:
    """A message with rows of so many buttons."""
    numbers = iter(range(1000))
    rows = tuple(tuple(button(next(numbers)) for _ in range(width)) for width in widths)
    to = Address(ChannelName("vk"), "1", "1")
    return OutgoingMessage(to=to, answers=TranscriptId(7), number=2, text="?", buttons=rows, page=shown)


def paged(
    message: OutgoingMessage, *, rows: int = 6, per_row: int = 5, total: int = 10, payload: int = 64, label: int = 40
) -> tuple[Row, ...]:
    return page(message, rows=rows, per_row=per_row, total=total, longest_payload=payload, longest_label=label)


def labels(rows: tuple[Row, ...]) -> list[str]:
    return [" ".join(button.label for button in row) for row in rows]


def test_buttons_that_fit_stay_as_they_are() -> None:
    given = message(1, 2, 5)
    assert paged(given) == given.buttons
    assert paged(message()) == ()


def test_row_that_is_too_wide_goes_on_below() -> None:
    assert labels(paged(message(7))) == ["b0 b1 b2 b3 b4", "b5 b6"]


def test_too_many_buttons_go_to_pages() -> None:
    given = message(*[1] * 12)
    assert labels(paged(given)) == ["b0", "b1", "b2", "b3", "b4", "1/3 ›"]
    assert labels(paged(replace(given, page=1))) == ["b5", "b6", "b7", "b8", "b9", "‹ 2/3 ›"]
    assert labels(paged(replace(given, page=2))) == ["b10", "b11", "‹ 3/3"]


def test_navigation_names_the_message_and_the_page() -> None:
    steps = [button.target for button in paged(message(*[1] * 12, shown=1))[-1]]
    assert steps == [Action("pages.show", ("7", "2", number)) for number in "012"]


@pytest.mark.parametrize(("shown", "label"), [(99, "‹ 3/3"), (-1, "1/3 ›")])
def test_page_that_is_no_more_shows_the_nearest(shown: int, label: str) -> None:
    assert labels(paged(message(*[1] * 12, shown=shown)))[-1] == label


def test_long_payload_is_pressed_by_its_place() -> None:
    long = Action("catalogue.show", ("я" * 40,))
    given = replace(message(), buttons=((button(0), button(1)), (button(2, long), button(3, Link("https://e.org")))))
    assert [button.target for button in paged(given)[1]] == [
        Action("pages.press", ("7", "2", "2")),
        Link("https://e.org"),
    ]
    assert paged(given, payload=255)[1][0].target == long


def test_payload_of_a_later_page_keeps_its_place_among_all() -> None:
    rows = tuple((button(number, Action("a.do", ("x" * 99, str(number)))),) for number in range(12))
    shown = paged(replace(message(shown=2), buttons=rows))
    assert shown[0][0].target == Action("pages.press", ("7", "2", "10"))


def test_label_is_cut_to_its_limit_and_never_empty() -> None:
    given = replace(message(), buttons=((OutgoingButton("очень длинная", Private()), OutgoingButton(" ", Private())),))
    assert labels(paged(given, label=6)) == ["очень… …"]


def test_wide_buttons_take_more_places() -> None:
    given = replace(message(), buttons=(tuple(button(n, Link("https://e.org")) for n in range(4)),))
    rows = page(given, rows=6, per_row=5, total=10, longest_payload=64, longest_label=40, width=lambda _button: 2)
    assert labels(rows) == ["b0 b1", "b2 b3"]


@given(
    widths=st.lists(st.integers(1, 9), max_size=30),
    rows=st.integers(2, 8),
    per_row=st.integers(3, 6),
    total=st.integers(9, 40),
)
def test_every_button_is_on_one_page_and_every_page_fits(
    widths: list[int], rows: int, per_row: int, total: int
) -> None:
    seen: list[str] = []
    for shown in range(sum(widths) + 1):
        current = paged(message(*widths, shown=shown), rows=rows, per_row=per_row, total=total)
        assert len(current) <= rows
        assert all(0 < len(row) <= per_row for row in current)
        assert sum(map(len, current)) <= total
        own = [button.label for row in current for button in row if button.label.startswith("b")]
        if seen[-len(own) :] != own:
            seen += own
    assert seen == [f"b{number}" for number in range(sum(widths))]
