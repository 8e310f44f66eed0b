"""Texts inside the limits of a platform."""

import re
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.fitting import shorten, split, utf16_length, utf16_marks
from bot.domain.replies import Mark, MarkKind

FAMILY = "👩‍👩‍👧"
FLAG = "🇷🇺"
THUMB = "👍🏽"

PIECES = st.sampled_from(
    ["а", "b", " ", "\n", "\n\n", ". ", "…» ", "😀", FAMILY, FLAG, THUMB, "е\u0308", "<", "&", "\t"]
)
TEXTS = st.lists(PIECES, max_size=120).map("".join)
MARKS = st.lists(
    st.builds(
        Mark,
        start=st.integers(0, 90),
        length=st.integers(1, 40),
        kind=st.sampled_from(list(MarkKind)),
        url=st.just("https://example.org"),
    ),
    max_size=5,
)


def parts(text: str, limit: int) -> list[str]:
    return [part for part, _ in split(text, (), limit=limit)]


def test_short_text_stays_as_it_is() -> None:
    mark = Mark(0, 2, MarkKind.BOLD)
    assert split(" да ", [mark], limit=4) == [(" да ", (mark,))]
    assert split("", (), limit=4) == [("", ())]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Первый абзац.\nЕщё.\n\nВторой абзац. И ещё", 26, ["Первый абзац.\nЕщё.", "Второй абзац. И ещё"]),
        ("Первая строка. Да\nвторая строка. Да", 26, ["Первая строка. Да", "вторая строка. Да"]),
        ("Одно. Другое дело! Третье дело", 26, ["Одно. Другое дело!", "Третье дело"]),
        ("«Одно и другое». третье слово", 20, ["«Одно и другое».", "третье слово"]),
        ("одно другое третье слово", 13, ["одно другое", "третье слово"]),
        ("словодлиноювдесять", 10, ["словодлино", "ювдесять"]),
        ("один     два     ", 4, ["один", "два"]),
        ("😀😀😀", 3, ["😀", "😀", "😀"]),
        (FAMILY * 2, 9, [FAMILY, FAMILY]),
        (FLAG * 3, 6, [FLAG, FLAG, FLAG]),
        (THUMB * 2, 7, [THUMB, THUMB]),
        ("ё" * 2 + "е\u0308" * 2, 3, ["ёё", "е\u0308", "е\u0308"]),
        ("   \n\n   " * 10, 5, [""]),
    ],
)
def test_cuts_fall_where_a_reader_would_pause(text: str, limit: int, expected: list[str]) -> None:
    assert parts(text, limit) == expected


def test_better_place_does_not_count_when_it_leaves_next_to_nothing() -> None:
    assert parts("Да.\n\n" + "слово " * 10, 40)[0] == "Да.\n\n" + "слово " * 5 + "слово"
    assert parts("Да.\n\n" + "с" * 60, 40)[0] == "Да."


def test_link_is_not_cut() -> None:
    text = "читайте нашу большую статью здесь"
    link = Mark(13, 14, MarkKind.LINK, "https://example.org")
    first, second = split(text, [link], limit=25)
    assert first == ("читайте нашу", ())
    assert second == ("большую статью здесь", (Mark(0, 14, MarkKind.LINK, "https://example.org"),))


def test_link_longer_than_the_limit_goes_on_in_the_next_part() -> None:
    link = Mark(0, 30, MarkKind.LINK, "https://example.org")
    assert [[mark.length for mark in marks] for _, marks in split("я" * 30, [link], limit=20)] == [[20], [10]]


def test_mark_is_cut_and_counted_from_its_part() -> None:
    bold = Mark(5, 12, MarkKind.BOLD)
    assert split("один другой третий", [bold], limit=12) == [
        ("один другой", (Mark(5, 6, MarkKind.BOLD),)),
        ("третий", (Mark(0, 5, MarkKind.BOLD),)),
    ]


@given(text=TEXTS, marks=MARKS, limit=st.integers(12, 60))
@example(text="а" * 13 + " ", marks=[], limit=12)
def test_parts_fit_and_nothing_but_white_space_is_lost(text: str, marks: list[Mark], limit: int) -> None:
    shares = split(text, marks, limit=limit)
    assert shares
    assert all(utf16_length(part) <= limit for part, _ in shares)
    assert re.sub(r"\s", "", "".join(part for part, _ in shares)) == re.sub(r"\s", "", text)
    if utf16_length(text) > limit:
        assert all(0 <= mark.start < mark.start + mark.length <= len(part) for part, own in shares for mark in own)


@given(text=TEXTS, limit=st.integers(12, 60))
def test_no_part_begins_inside_a_character(text: str, limit: int) -> None:
    for part in parts(text, limit)[1:]:
        assert part[0] not in "\u200d\U0001f3fd"
        assert not unicodedata.combining(part[0])


@given(text=TEXTS, marks=MARKS, limit=st.integers(12, 60))
def test_marked_characters_stay_marked(text: str, marks: list[Mark], limit: int) -> None:
    def marked(shares: list[tuple[str, tuple[Mark, ...]]]) -> str:
        found = (part[mark.start : mark.start + mark.length] for part, own in shares for mark in sorted(own))
        return "".join(sorted(character for piece in found for character in piece if not character.isspace()))

    assert marked(list(split(text, marks, limit=limit))) == marked([(text, tuple(marks))])


@pytest.mark.parametrize(
    "piece", ["а", " ", "\n", "слово ", ".", "!)", FLAG, "\u0308", "\u200d", "\n \n", "a\n\nbcdefgh"]
)
def test_hundred_thousand_characters_take_a_moment(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    marks = [Mark(start, 50, MarkKind.LINK, "https://example.org") for start in range(0, 100_000, 60)]
    started = time.perf_counter()
    shares = split(text, marks, limit=64)
    assert all(utf16_length(part) <= 64 for part, _ in shares)
    assert time.perf_counter() - started < 3


def test_utf16_counts_emoji_twice() -> None:
    assert (utf16_length("да"), utf16_length("😀"), utf16_length("\ud800")) == (2, 2, 1)
    marks = [Mark(1, 2, MarkKind.BOLD), Mark(3, 99, MarkKind.ITALIC), Mark(50, 1, MarkKind.BOLD)]
    assert utf16_marks("😀а😀б", marks) == (Mark(2, 3, MarkKind.BOLD), Mark(5, 1, MarkKind.ITALIC))


def test_shortened_text_says_so() -> None:
    assert shorten("коротко", 7) == "коротко"
    assert shorten("длинное название", 9) == "длинное…"
    assert shorten(f"да {FAMILY}", 8) == "да…"
