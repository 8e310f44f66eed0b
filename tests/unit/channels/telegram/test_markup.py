"""Marks as the platform's HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.markup import to_html
from bot.domain.fitting import utf16_marks
from bot.domain.replies import Mark, MarkKind
from tests.fakes.telegram.html_text import parse_html

BOLD, ITALIC, LINK = MarkKind.BOLD, MarkKind.ITALIC, MarkKind.LINK
URL = 'https://e.org/?a=1&b="<2>"'


@pytest.mark.parametrize(
    ("text", "marks", "written"),
    [
        ('1 < 2 & 3 > "2" \'', [], '1 &lt; 2 &amp; 3 &gt; "2" \''),
        ("да нет", [Mark(0, 2, BOLD)], "<b>да</b> нет"),
        ("да нет", [Mark(0, 2, BOLD), Mark(0, 6, ITALIC)], "<b><i>да</i></b><i> нет</i>"),
        ("абвг", [Mark(0, 3, BOLD), Mark(1, 3, ITALIC)], "<b>а<i>бв</i></b><i>г</i>"),
        ("😀а", [Mark(1, 1, BOLD)], "😀<b>а</b>"),
        ("тут", [Mark(0, 3, LINK, URL)], '<a href="https://e.org/?a=1&amp;b=&quot;&lt;2&gt;&quot;">тут</a>'),
        ("тут", [Mark(0, 3, LINK, "javascript:x")], "тут"),
        ("аб", [Mark(0, 2, LINK, "tel:1"), Mark(1, 1, LINK, "tg://2")], '<a href="tel:1">а</a><a href="tg://2">б</a>'),
        ("да", [Mark(-1, 2, BOLD), Mark(1, 99, ITALIC), Mark(5, 1, BOLD), Mark(0, 0, BOLD)], "<b>д</b><i>а</i>"),
        ("", [Mark(0, 1, BOLD)], ""),
    ],
)
def test_marks_are_tags(text: str, marks: list[Mark], written: str) -> None:
    assert to_html(text, marks) == written


MARKS = st.builds(
    Mark,
    start=st.integers(0, 30),
    length=st.integers(1, 20),
    kind=st.sampled_from([BOLD, ITALIC, LINK]),
    url=st.sampled_from(["https://e.org/?a=1&b=2", "https://e.org/\"<>'"]),
)


@given(text=st.text("аb <>&\"'/;😀\n", max_size=30), marks=st.lists(MARKS, max_size=6))
def test_platform_reads_the_text_and_every_marked_place(text: str, marks: list[Mark]) -> None:
    read, entities = parse_html(to_html(text, marks))
    assert read == text

    def covered(kind: MarkKind, name: str) -> None:
        own = [mark for mark in utf16_marks(text, marks) if mark.kind is kind]
        wanted = {place for mark in own for place in range(mark.start, mark.start + mark.length)}
        found = [item for item in entities if item["type"] == name]
        assert {place for item in found for place in range(item["offset"], item["offset"] + item["length"])} == wanted

    covered(BOLD, "bold")
    covered(ITALIC, "italic")
    covered(LINK, "text_link")
