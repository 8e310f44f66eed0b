"""Markdown reduced to plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.pack.markdown import inline, plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**жирно** и *курсив*", "жирно и курсив"),
        ("__жирно__ и _курсив_ и ***оба***", "жирно и курсив и оба"),
        ("snake_case_name и 2 * 3 * 4", "snake_case_name и 2 * 3 * 4"),
        ("[сайт](https://x.example/a_b_c)", "сайт (https://x.example/a_b_c)"),
        ("[https://x.example](https://x.example)", "https://x.example"),
        ("[раздел](#other)", "раздел"),
        ('[сайт](https://x.example "подсказка")', "сайт (https://x.example)"),
        ("![кнопка](b.png) и <https://x.example>", "кнопка и https://x.example"),
        ("`**код**` и \\*звёзды\\*", "**код** и *звёзды*"),
        ("~~старое~~ <b>x</b> &mdash; y", "старое x — y"),
        ("5 < 6 > 4", "5 < 6 > 4"),
    ],
)
def test_marks_within_a_line_go(markdown: str, text: str) -> None:
    assert inline(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("одна\nстрока\n\nдругая", "одна строка\n\nдругая"),
        ("стих  \nдругой", "стих\nдругой"),
        ("- раз\n- два\n  дальше\n  * внутри", "• раз\n• два дальше\n  • внутри"),
        ("1. раз\n2. два", "1. раз\n2. два"),
        ("> цитата\n> дальше", "цитата дальше"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("### Шаг ###\nтекст", "Шаг\nтекст"),
        ("| A | **B** |\n|---|:-:|\n| 1 | 2 |", "A | B\n1 | 2"),
        ("```sh\n  a **b**\n- c\n```\nd", "  a **b**\n- c\nd".strip()),
        ("~~~\n```\n~~~", "```"),
    ],
)
def test_blocks_stay_readable(markdown: str, text: str) -> None:
    assert plain(markdown.split("\n")) == text


@pytest.mark.parametrize(
    "mark", ["*", "**a ", "_a", "[", "[a](", "`", "<a", "<!--", "![a](b ", "\\", "- ", "|-", "~~a "]
)
def test_a_long_line_of_marks_takes_no_time(mark: str) -> None:
    assert plain([mark * 20_000]) is not None


@given(st.text(alphabet="*_`[]()!<>#-|\\~ ab\n\ue000", max_size=80))
def test_no_marks_make_it_fail(text: str) -> None:
    assert "\ue000" not in plain(text.split("\n")) or "`" in text
