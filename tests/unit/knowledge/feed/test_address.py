"""An address is shown without its secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.feed.address import BROKEN, shown


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://shop.example/feed.xml", "https://shop.example/feed.xml"),
        ("https://login:word@shop.example:8443/feed.xml?key=secret", "https://shop.example:8443/feed.xml?…"),
        ("https://shop.example/feed.xml#secret", "https://shop.example/feed.xml"),
        ("https://shop.example/feed.xml?email=me@shop.example", "https://…"),
        ("https://login:12/word@shop.example/feed.xml", "https://…"),
        ("login:word@shop.example/feed.xml", BROKEN),
        ("https://[broken", BROKEN),
    ],
)
def test_only_what_is_surely_no_secret_is_shown(url: str, expected: str) -> None:
    assert shown(url) == expected


@given(st.text(alphabet="/?#:@[]\\%&;= aя1", max_size=12), st.text(alphabet="/?#:@[]\\%&;= aя1", max_size=12))
def test_no_spelling_of_a_password_is_shown(before: str, after: str) -> None:
    assert "secret" not in shown(f"https://login:{before}secret{after}@shop.example/feed.xml")
