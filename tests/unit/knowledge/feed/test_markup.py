"""Descriptions become plain text of a bounded length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.feed.markup import line, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Тёплый&nbsp;свет</p><br/><ul><li>да</li></ul>", "Тёплый свет да"),
        ("5 < 6 и 7 > 6", "5 < 6 и 7 > 6"),
        ("до<script>alert(1)</script>после", "до после"),
        ("до<script>alert(1)", "до"),
        ("а<!-- <b>скрыто</b> -->б", "а б"),
        ("  много \n\t пробелов  ", "много пробелов"),
        ("AT&amp;T &laquo;да&raquo;", "AT&T «да»"),
    ],
)
def test_markup_is_stripped(text: str, expected: str) -> None:
    assert plain(text, 100) == (expected, False)


def test_a_long_text_is_cut_and_tells_so() -> None:
    assert plain("слово " * 100, 20) == ("слово слово слово сл", True)


@given(st.text(alphabet="<>/&;!-scriptp \n", max_size=300), st.integers(min_value=1, max_value=50))
def test_no_markup_breaks_the_bound(text: str, limit: int) -> None:
    assert len(plain(text, limit)[0]) <= limit


@pytest.mark.parametrize("piece", ["<", "<script", "<!--", "</", "<a ", "&", "&amp"])
def test_hostile_markup_is_read_in_linear_time(piece: str) -> None:
    assert len(plain(piece * 200_000, 6000)[0]) <= 6000


def test_an_entity_escaped_twice_is_resolved_in_a_name() -> None:
    assert line("Tom &amp;quot;X&amp;quot;\n  100") == "Tom &quot;X&quot; 100"
    assert line("Tom &amp; Jerry") == "Tom & Jerry"
